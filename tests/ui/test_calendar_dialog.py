"""A calendar file fills in the course of a lesson by the time."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.timetable import CourseTimes
from ui.start.calendar_dialog import CalendarDialog, describe_times, read_file

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
CALENDARS = Path(__file__).resolve().parents[1] / "unit" / "timetable" / "calendars"


def at(day: int, minutes: int = 0) -> tuple[datetime, datetime]:
    start = MONDAY + timedelta(days=day, minutes=minutes)
    return start, start + timedelta(minutes=45)


MATHS = CourseTimes(course="Maths", lessons=(at(0), at(7)))
DENTIST = CourseTimes(course="Dentist", lessons=(at(3),))
PHYSICS = CourseTimes(course="Physics", lessons=(at(1), at(2, 30), at(8)))


def open_dialog(
    qtbot: QtBot,
    timetable: Sequence[CourseTimes] = (),
    found: Sequence[CourseTimes] = (MATHS, PHYSICS, DENTIST),
    courses: Sequence[str] = (),
) -> CalendarDialog:
    dialog = CalendarDialog(None, timetable, courses=courses, read=lambda _: found)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose_file(qtbot: QtBot, dialog: CalendarDialog) -> None:
    dialog.choose(Path("school.ics"))
    qtbot.waitUntil(dialog.file_button.isEnabled)


def tick(dialog: CalendarDialog, row: int) -> None:
    dialog.table.setFocus()
    dialog.table.setCurrentCell(row, 0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)


def test_without_a_calendar_it_says_where_to_get_one(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    assert dialog.empty.isVisible()
    assert not dialog.table.isVisible()
    assert dialog.timetable() == ()
    assert dialog.focusWidget() is dialog.file_button, "the one thing to do"
    assert not dialog.accept_button.isEnabled()


def test_only_what_is_ticked_is_kept(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    choose_file(qtbot, dialog)
    assert dialog.table.isVisible()
    assert dialog.timetable() == ()
    tick(dialog, 1)
    assert dialog.timetable() == (PHYSICS,)


def test_nothing_is_saved_before_something_is_ticked(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    choose_file(qtbot, dialog)
    assert not dialog.accept_button.isEnabled()
    tick(dialog, 1)
    assert dialog.accept_button.isEnabled()
    tick(dialog, 1)
    assert not dialog.accept_button.isEnabled()


def test_all_that_was_kept_can_be_taken_away(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot, [MATHS])
    tick(dialog, 0)
    assert dialog.timetable() == ()
    assert dialog.accept_button.isEnabled()


def test_known_courses_are_ticked_at_once(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot, courses=["maths"])
    choose_file(qtbot, dialog)
    assert dialog.timetable() == (MATHS,)


def test_a_title_can_be_given_the_name_of_the_course(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot)
    choose_file(qtbot, dialog)
    for row in (0, 1):
        tick(dialog, row)
        item = dialog.table.item(row, 0)
        assert item is not None
        item.setText("  Science\t7b ")
    (science,) = dialog.timetable()
    assert science == CourseTimes(course="Science 7b", lessons=(at(0), at(1), at(2, 30), at(7), at(8)))


def test_a_new_file_replaces_the_times_of_a_kept_course_and_leaves_the_others(qtbot: QtBot) -> None:
    old = CourseTimes(course="Maths", lessons=(at(-200),))
    other = CourseTimes(course="Art", lessons=(at(4),))
    dialog = open_dialog(qtbot, [old, other])
    assert dialog.timetable() == (old, other)
    choose_file(qtbot, dialog)
    assert dialog.timetable() == (MATHS, other)
    tick(dialog, 0)
    assert dialog.timetable() == (other,), "what is no longer ticked is forgotten"


def test_a_bad_file_says_so_and_another_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    def fail(path: Path) -> Sequence[CourseTimes]:
        raise DataError(Message(MessageKey.CALENDAR_UNKNOWN, path=str(path)))

    dialog = CalendarDialog(None, [MATHS], courses=(), read=fail)
    qtbot.addWidget(dialog)
    dialog.show()
    choose_file(qtbot, dialog)
    assert dialog.problem.text == "school.ics is no calendar; save your calendar as .ics and choose that file."
    assert dialog.timetable() == (MATHS,)


def test_the_file_dialog_leads_to_a_real_calendar(qtbot: QtBot) -> None:
    dialog = CalendarDialog(None, (), courses=["Mathe 7b"], read=read_file)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.file_button, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(CALENDARS / "outlook.ics"))
    chooser.close()
    qtbot.waitUntil(dialog.table.isVisible)
    assert [each.course for each in dialog.timetable()] == ["Mathe 7b"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [((0, 7), "Mon 08:00"), ((0, 1, 7, 8), "Mon 08:00, Tue 08:00"), ((0, 1, 2, 3), "Mon 08:00, Tue 08:00, Wed 08:00…")],
)
def test_the_times_of_the_week_stand_beside_the_title(days: tuple[int, ...], expected: str) -> None:
    start, _ = at(0)
    local = start.astimezone()
    shown = describe_times(CourseTimes(course="Maths", lessons=tuple(at(day) for day in days)))
    assert shown == expected.replace("08:00", f"{local:%H:%M}")


@pytest.mark.parametrize("close", [CalendarDialog.reject, CalendarDialog.accept, CalendarDialog.close])
def test_a_file_that_is_read_while_the_dialog_closes_is_read_to_its_end(
    qtbot: QtBot, close: Callable[[CalendarDialog], object]
) -> None:
    read: list[Path] = []

    def read_slowly(path: Path) -> Sequence[CourseTimes]:
        time.sleep(0.2)
        read.append(path)
        return ()

    dialog = CalendarDialog(None, (MATHS,), courses=(), read=read_slowly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose(Path("school.ics"))
    close(dialog)
    assert read == [Path("school.ics")]


def test_saving_waits_for_the_file_that_is_read(qtbot: QtBot) -> None:
    dialog = open_dialog(qtbot, timetable=(MATHS,))
    assert dialog.accept_button.isEnabled()
    dialog.choose(Path("school.ics"))
    assert not dialog.accept_button.isEnabled()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert dialog.table.rowCount() == 3
