"""An analysis is summed up also where its database has gone away meanwhile."""

from pathlib import Path

import pytest

from fer_desktop.capture.open_source import open_source
from fer_desktop.cli.analysis_runs import Run, run_source
from fer_desktop.errors import StorageError
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.settings import Settings
from fer_desktop.storage.store import Store, open_store


def test_a_database_that_is_gone_by_the_end_leaves_the_number_of_students_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: Store, _session: int) -> None:
        raise StorageError("the server is gone")

    monkeypatch.setattr(Store, "session", fail)
    with open_store(f"sqlite:///{tmp_path / 'a.sqlite'}") as store:
        source = open_source("simulated:students=3,seconds=2,seed=1", fps=2, clock=MonotonicClock())
        summary = run_source(source, decide_expressions(simulated=True), Run(Settings(), store, None, []))
    assert summary["students"] is None
    assert summary["frames"] > 0
    assert summary["seconds"] == summary["kept_seconds"] > 0
