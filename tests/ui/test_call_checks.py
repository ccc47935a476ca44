"""In the review: the attendance is checked with the report of the call, and written for Moodle and Canvas."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fer_desktop.report.gradebook import Service
from tests.ui.fake_store import FakeStore, make_session
from tests.ui.reviews import open_review
from tests.unit.roster import call_reports
from ui.dialogs.base import Dialog
from ui.review.call_checks import GradebookDialog
from ui.review.review_window import ReviewWindow


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore([make_session(1)])
    store.names = {1: "Zoë Kim", 2: "Adil O…"}
    store.rosters["Physics 101"] = ["Zoë Kim", "Mia Berg"]
    return store


@pytest.fixture
def window(qtbot: QtBot, store: FakeStore) -> Iterator[ReviewWindow]:
    with open_review(qtbot, store) as window:
        yield window


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.csv"
    path.write_text(call_reports.TEAMS, encoding="utf-16")
    return path


def test_the_check_names_people_by_where_they_were_found_and_completes_names(
    qtbot: QtBot, window: ReviewWindow, store: FakeStore, report: Path
) -> None:
    window.call_checks.check_with(report)
    qtbot.waitUntil(lambda: window.findChild(QLabel, "check") is not None)
    texts = [label.text() for label in window.findChildren(QLabel, "check")]
    assert texts == [
        "In the call and seen (2): Zoë Kim (40 min), Adil O'Neil (33 min)",
        "On the roster, neither in the call nor seen (1): Mia Berg",
        "3 students of the lesson have no name and cannot be compared. Rename students (F2), or let names be saved "
        "from the next lesson on (Settings, Class and privacy).",
        "These names can be completed: Adil O… → Adil O'Neil",
    ]
    dialog = window.findChildren(Dialog)[0]
    assert dialog.accept_button.text() == "Complete 1 name"
    dialog.accept()
    qtbot.waitUntil(lambda: store.names[2] == "Adil O'Neil")


def test_a_file_that_is_no_report_is_a_sentence(qtbot: QtBot, window: ReviewWindow, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    window.call_checks.check_with(path)
    qtbot.waitUntil(window.problem.isVisible)


def test_the_dialog_needs_the_list_of_students_only(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = GradebookDialog(None)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.choose(tmp_path / "list.csv", report=False)
    assert dialog.accept_button.isEnabled()


def test_the_file_is_written_and_what_is_not_known_is_named(
    qtbot: QtBot, window: ReviewWindow, report: Path, tmp_path: Path
) -> None:
    students, path = tmp_path / "list.csv", tmp_path / "moodle.csv"
    students.write_text("Full name,Email\nZoë Kim,z@s.example\nMia Berg,m@s.example\n", encoding="utf-8")
    window.call_checks.write(1, Service.MOODLE, students, None, path)
    qtbot.waitUntil(window.done.isVisible)
    assert window.done.text == ("Saved as moodle.csv: 1 present. Not in the file, as nothing is known: Mia Berg.")
    assert path.read_text(encoding="utf-8").splitlines()[1] == "Zoë Kim,z@s.example,P"
    window.call_checks.write(1, Service.MOODLE, students, report, path)
    qtbot.waitUntil(lambda: "In the call" in window.done.text)
    assert window.done.text.endswith("In the call, but not on the list, so nobody is marked as absent: Adil O'Neil.")


def test_without_a_course_only_the_roster_is_out_of_reach(qtbot: QtBot, window: ReviewWindow, store: FakeStore) -> None:
    store.sessions[1] = make_session(1, course="")
    window.refresh(select=1)
    qtbot.waitUntil(lambda: window.page.summary is not None and not window.page.summary.course)
    card = window.page.students
    assert card.roster_button.isEnabled()
    assert card.check_action.isEnabled()
    assert card.gradebook_action.isEnabled()
