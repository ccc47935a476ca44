"""Who was there: by number, with the roster where the course has one."""

from fer_desktop.report.attendance import list_attendance
from fer_desktop.storage.values import StudentSummary


def student(number: int, name: str | None = None, *, seconds: int = 60, camera: int = 40) -> StudentSummary:
    return StudentSummary(
        student=number,
        name=name,
        label=name or f"Student {number}",
        first_second=5,
        last_second=300,
        face_seconds=30,
        camera_on_seconds=camera,
        tile_seconds=seconds,
        mean_probabilities=None,
        flags=0,
    )


def test_without_a_roster_everybody_who_was_seen_is_listed() -> None:
    (row,) = list_attendance([student(4)], [])
    assert (row.student, row.label, row.first_second, row.last_second) == (4, "Student 4", 5, 300)
    assert (row.view_seconds, row.camera_on_seconds, row.on_roster) == (60, 40, None)


def test_with_a_roster_strangers_are_marked_and_the_missing_come_last() -> None:
    rows = list_attendance([student(1, "Zoe Kim"), student(2), student(3, "Guest")], ["Adil", "Zoë Kim", "Bea"])
    assert [(row.student, row.label, row.on_roster) for row in rows] == [
        (1, "Zoe Kim", True),
        (2, "Student 2", False),
        (3, "Guest", False),
        (None, "Adil", True),
        (None, "Bea", True),
    ]
    assert (rows[3].first_second, rows[3].view_seconds) == (None, 0)
