"""The review's benchmark runs on the real window and reports every figure."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from fer_desktop.bench.review.term import TermPlan, make_term
from fer_desktop.storage.store import open_store
from ui.bench.review_measures import Measured, measure_review


def test_every_figure_is_measured(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "term.sqlite"
    make_term(str(path), TermPlan(lessons=2, students=3, seconds=1800), on_progress=lambda *_: None)
    progress: list[str] = []
    with open_store(str(path)) as store:
        rows = measure_review(store, repeats=1, on_progress=progress.append, panned_s=0.2)
    assert [(each.bar, each.rate) for each in rows] == [
        (500, False),
        (1000, False),
        (None, False),
        (30, True),
        (1000, False),
        (None, False),
    ]
    assert all(each.value > 0 for each in rows)
    assert len(progress) == 4


@pytest.mark.parametrize(
    ("value", "bar", "rate", "met"), [(900, 1000, False, True), (29, 30, True, False), (5, None, False, None)]
)
def test_a_bar_is_met_by_less_time_or_by_more_frames(
    value: float, bar: float | None, rate: bool, met: bool | None
) -> None:
    assert Measured("it", value, bar, rate).met is met
