"""The export dialog: what is offered for whom, and what is asked for in the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QFileDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import ExportPart
from tests.ui.fake_store import make_session
from ui.dialogs.password_dialog import PasswordDialog
from ui.export.export_dialog import ExportDialog, ExportRequest

STUDENT = StudentSummary(7, "Ann Lee", "Ann Lee", 0, 9, 10, 10, 10, 10, None, 0)


Opener = Callable[..., ExportDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Iterator[Opener]:
    """Opens the dialog over a window, which outlives it as the real one does."""
    window = QWidget()

    def open_over_window(
        session: SessionSummary, student: StudentSummary | None = None, *, part: ExportPart = "all"
    ) -> ExportDialog:
        dialog = ExportDialog(window, session, student, part=part)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    yield open_over_window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))
    window.close()


def titles(dialog: ExportDialog) -> list[str]:
    return [button.text() for button in dialog.findChildren(QRadioButton) if "Parquet" not in button.text()]


def choose(dialog: ExportDialog, title: str) -> None:
    next(button for button in dialog.findChildren(QRadioButton) if button.text() == title).setChecked(True)


def name_file(dialog: ExportDialog, path: Path) -> tuple[str, ExportRequest]:
    """Goes on to the file, and names one; what name was suggested and what was asked for."""
    asked: list[ExportRequest] = []
    dialog.requested.connect(asked.append)
    dialog.accept_button.click()
    file_dialog = dialog.findChild(QFileDialog)
    assert isinstance(file_dialog, QFileDialog)
    suggested = file_dialog.selectedFiles()[0]
    assert not asked
    file_dialog.fileSelected.emit(str(path))
    return Path(suggested).name, asked[0]


def test_a_report_is_the_first_choice(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3))
    assert titles(dialog) == ["Report (PDF)", "Report (HTML)", "Attendance (CSV)", "Table (CSV)", "Data (JSON)"]
    suggested, request = name_file(dialog, tmp_path / "a.pdf")
    assert suggested == "Physics-101-2026-11-26-1405.pdf"
    assert request == ExportRequest(3, "pdf", tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("course", "name"),
    [("", "lesson"), ("Bio: 2/b?", "Bio-2-b"), ("..", "lesson"), ("रसायन विज्ञान", "रसायन-विज्ञान")],
)
def test_the_suggested_name_is_one_for_any_system(open_dialog: Opener, tmp_path: Path, course: str, name: str) -> None:
    dialog = open_dialog(make_session(3, course=course))
    assert name_file(dialog, tmp_path / "a.pdf")[0] == f"{name}-2026-11-26-1405.pdf"


def test_without_individual_students(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3))
    choose(dialog, "Table (CSV)")
    dialog.without_individuals.click()
    suggested, request = name_file(dialog, tmp_path / "a.csv")
    assert suggested == "lesson-2026-11-26-1405-class.csv", "the course may be a student's name"
    assert request == ExportRequest(3, "csv", tmp_path / "a.csv", individuals=False)


def test_the_attendance_is_of_individuals(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3))
    dialog.without_individuals.click()
    choose(dialog, "Attendance (CSV)")
    assert not dialog.without_individuals.isEnabled()
    assert not dialog.without_individuals.isChecked()
    suggested, request = name_file(dialog, tmp_path / "a.csv")
    assert suggested == "Physics-101-2026-11-26-1405-attendance.csv"
    assert request == ExportRequest(3, "csv", tmp_path / "a.csv", part="attendance")


def test_the_attendance_may_be_what_is_asked_for_first(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3), part="attendance")
    assert name_file(dialog, tmp_path / "a.csv")[1].part == "attendance"


def test_of_one_student_there_is_data_and_no_report(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3), STUDENT)
    assert dialog.windowTitle() == "Export data of Ann Lee"
    assert titles(dialog) == ["Table (CSV)", "Data (JSON)"]
    assert not dialog.without_individuals.isVisible()
    suggested, request = name_file(dialog, tmp_path / "a.csv")
    assert suggested == "Physics-101-2026-11-26-1405-student-7.csv"
    assert request == ExportRequest(3, "csv", tmp_path / "a.csv", student=7)


def test_a_lesson_with_class_totals_stays_without_individual_students(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3, aggregate_only=True))
    assert "Attendance (CSV)" not in titles(dialog)
    assert dialog.without_individuals.isChecked()
    assert not dialog.without_individuals.isEnabled()
    assert "already contains class totals only" in dialog.without_individuals.accessibleDescription()
    assert not name_file(dialog, tmp_path / "a.pdf")[1].individuals


def test_who_names_no_file_is_asked_again(qtbot: QtBot, open_dialog: Opener) -> None:
    dialog = open_dialog(make_session(3))
    asked: list[ExportRequest] = []
    dialog.requested.connect(asked.append)
    dialog.accept_button.click()
    for file_dialog in dialog.findChildren(QFileDialog):
        file_dialog.reject()
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is None)
    assert dialog.isVisible()
    assert asked == []


def test_every_choice_says_what_it_is(open_dialog: Opener) -> None:
    dialog = open_dialog(make_session(3))
    for button in dialog.findChildren(QRadioButton):
        assert button.accessibleName()
        assert button.accessibleDescription().endswith(".")


@pytest.mark.parametrize("part", ["all", "attendance"])
def test_a_request_carries_itself_out(part: ExportPart) -> None:
    made: list[object] = []

    def export(session_id: int, **asked: object) -> None:
        made.append((session_id, asked))

    ExportRequest(3, "csv", Path("a.csv"), part=part).carry_out(export)
    asked = {"format": "csv", "path": Path("a.csv"), "student": None, "part": part, "individuals": True}
    asked |= {"password": None}
    assert made == [(3, asked)]


def test_an_encrypted_file_gets_a_password_first_and_another_ending(open_dialog: Opener, tmp_path: Path) -> None:
    dialog = open_dialog(make_session(3))
    dialog.encrypted.click()
    asked: list[ExportRequest] = []
    dialog.requested.connect(asked.append)
    dialog.accept_button.click()
    assert dialog.findChild(QFileDialog) is None
    passwords = dialog.findChild(PasswordDialog)
    assert passwords is not None
    assert not passwords.accept_button.isEnabled()
    for line in (passwords.fields.first, passwords.fields.second):
        line.setText("four words and more")
    passwords.accept_button.click()
    file_dialog = dialog.findChild(QFileDialog)
    assert file_dialog is not None
    suggested = Path(file_dialog.selectedFiles()[0]).name
    assert suggested == "lesson-2026-11-26-1405.pdf.zip", "the name of an encrypted file can be read by everybody"
    file_dialog.fileSelected.emit(str(tmp_path / "a.pdf.zip"))
    assert [(request.password, request.path.name) for request in asked] == [("four words and more", "a.pdf.zip")]


def test_without_a_password_nothing_is_written(open_dialog: Opener) -> None:
    dialog = open_dialog(make_session(3))
    dialog.encrypted.click()
    dialog.accept_button.click()
    passwords = dialog.findChild(PasswordDialog)
    assert passwords is not None
    passwords.reject_button.click()
    assert dialog.findChild(QFileDialog) is None
    assert dialog.isVisible()


def test_where_the_screen_is_too_low_what_is_asked_scrolls_and_the_buttons_stay(
    open_dialog: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with twice the usual text on a laptop."""
    monkeypatch.setattr("PySide6.QtGui.QScreen.availableGeometry", lambda screen: QRect(0, 0, 1366, 420))
    dialog = open_dialog(make_session(1))
    assert dialog.height() <= 420
    assert dialog.rect().contains(dialog.accept_button.geometry())
    last = dialog.findChildren(QRadioButton)[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
