"""Who was seen, against the report of the call: matched by name, whatever name they had in the call."""

from datetime import datetime

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.analysis.call_attendance import Found, check_attendance, complete_names
from fer_desktop.roster.call_report import Participant, Visit

NINE = datetime(2026, 11, 3, 9, 0)


def row(student: int | None, label: str) -> AttendanceRow:
    return AttendanceRow(student, label, 0, 60, 60, 60, None)


def person(name: str, shown: str = "") -> Participant:
    return Participant(name, shown or name, (Visit(NINE, None),), 60)


def test_everybody_is_listed_by_where_they_were_found() -> None:
    rows = [row(1, "Zoë Kim"), row(2, "Student 2"), row(3, "Mia Berg"), row(None, "Adil O'Neil"), row(None, "Eva Roth")]
    check = check_attendance(rows, [person("Kim, Zoe"), person("Adil O'Neil")])
    assert [(each.name, each.found) for each in check.people] == [
        ("Kim, Zoe", Found.BOTH),
        ("Adil O'Neil", Found.CALL),
        ("Mia Berg", Found.SEEN),
        ("Eva Roth", Found.ROSTER),
    ]
    assert check.unnamed == 1


def test_the_name_in_the_call_counts_where_the_accounts_does_not_match() -> None:
    (both,) = check_attendance([row(1, "Zoë")], [person("Katharina Zoe Kim-Berger", "Zoë")]).people
    assert both.found is Found.BOTH


def test_the_report_completes_names_that_the_lesson_has_in_part() -> None:
    check = check_attendance([row(1, "Priya R."), row(2, "Zoë Kim")], [person("Priya Rao"), person("Zoe Kim")])
    assert complete_names(check) == {1: "Priya Rao"}
