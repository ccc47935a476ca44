"""The main job on a real (virtual) screen: the simulated class in a window, captured, read, stored."""

from pathlib import Path

import pytest

from fer_desktop.storage.store import open_store
from tests.e2e.program import run_json


@pytest.mark.real_time
@pytest.mark.timeout(300)
def test_the_demo_sees_the_class_that_its_script_shows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/demo.sqlite"
    figures = run_json("demo", "--seconds", "45", "--students", "25", "--db", url)
    assert figures["students"] == 25
    assert figures["face_seconds_share"] >= 0.95
    assert figures["expression_agreement"] >= 0.6
    assert figures["frames"] >= 15
    assert set(figures["latency_ms"]) == {"p50", "p95"}
    with open_store(url) as store:
        session = store.session(figures["session"])
        assert session.simulated
        assert session.seconds >= 14
        assert len(store.mood_series(session.id).seconds) >= 13
