"""The dialogs of the live window and of the review."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtWidgets import QScrollArea, QWidget

from fer_desktop import RELEASED
from fer_desktop.encryption.key import DatabaseKey, format_recovery_key
from fer_desktop.expression.figures import read_model_summary
from fer_desktop.messages import Message, MessageKey
from fer_desktop.settings import Settings
from fer_desktop.timetable import CourseTimes
from fer_desktop.types import Event, EventKind
from tests.ui.fake_store import make_session, make_summary
from tests.ui.looks.stage import Scene, on_stage, settle, still
from ui.dialogs.about_dialog import make_about_dialog
from ui.dialogs.accuracy_dialog import AccuracyDialog
from ui.dialogs.password_dialog import PasswordDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, RenameDialog, SplitDialog
from ui.export.export_dialog import ExportDialog
from ui.language import tr
from ui.protection.key_dialog import KeyDialog
from ui.protection.recovery_dialog import RecoveryDialog
from ui.protection.unlock_dialog import UnlockDialog
from ui.review.annotation_dialog import AnnotationDialog
from ui.start.calendar_dialog import CalendarDialog
from ui.words import label_student

_LENGTH_S: Final = 3120
_SETTINGS: Final = Settings(place="IN", course="Physics 101")
_KEY: Final = DatabaseKey(bytes(range(32)), bytes(16))
_STUDENTS: Final = [make_summary(number, _LENGTH_S) for number in range(1, 28)]


def _scrolled(make: Callable[[], QWidget], share: float) -> Scene:
    """A dialog whose one list or text, inside it, is in view from the part `share` on."""

    @contextmanager
    def scene() -> Iterator[QWidget]:
        with on_stage(make()) as dialog:
            settle()
            bar = dialog.findChildren(QScrollArea)[-1].verticalScrollBar()
            bar.setValue(round(share * bar.maximum()))
            yield dialog

    return Scene(scene)


def _settings(section: int, settings: Settings = _SETTINGS) -> SettingsDialog:
    dialog = SettingsDialog(None, settings)
    dialog.sections.setCurrentIndex(section)
    return dialog


def _join() -> JoinDialog:
    doubt = tr("Both are in the call window now. Two tiles at the same time usually mean two students.")
    others = [OtherStudent(3, "Anna Schmidt", doubt)]
    return JoinDialog(None, label=label_student(7, None), others=others)


def _calendar() -> CalendarDialog:
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    def times(course: str, *days: int) -> CourseTimes:
        starts = [monday + timedelta(days=day, minutes=45 * day) for day in days]
        return CourseTimes(course=course, lessons=tuple((start, start + timedelta(minutes=45)) for start in starts))

    return CalendarDialog(None, [times("Physics 101", 0, 2, 7), times("Chemistry 10B", 1)], courses=())


def _ask_for_password() -> PasswordDialog:
    dialog = PasswordDialog(None, title="A password for the file", about="Whoever reads it needs it.", accept="Next")
    dialog.fields.first.setText("four words and more")
    return dialog


def _mark(kind: EventKind, text: str = "", *, id: int | None = None) -> AnnotationDialog:
    return AnnotationDialog(None, Event(kind, 1500, text, id=id), length_s=_LENGTH_S, students=_STUDENTS)


DIALOG_SCENES: Final[dict[str, Scene]] = {
    "settings": still(lambda: _settings(0)),
    "settings-class": still(lambda: _settings(1)),
    "settings-flags": still(lambda: _settings(2)),
    "settings-numbers": still(lambda: _settings(2, _SETTINGS.model_copy(update={"away_after_s": 90}))),
    "settings-lesson": still(lambda: _settings(3)),
    "calendar": still(_calendar),
    "rename": still(lambda: RenameDialog(None, label=label_student(7, None), name="")),
    "join": still(_join),
    "split": still(lambda: SplitDialog(None, label=label_student(7, None), first=0, last=2999, at_second=700)),
    "mark-bookmark": still(lambda: _mark(EventKind.BOOKMARK)),
    "mark-note": still(lambda: _mark(EventKind.NOTE, "ask about the essay")),
    "mark-change": still(lambda: _mark(EventKind.NOTE, "ask about the essay", id=4)),
    "export": still(lambda: ExportDialog(None, make_session())),
    "export-attendance": still(lambda: ExportDialog(None, make_session(), part="attendance")),
    "export-student": still(lambda: ExportDialog(None, make_session(), _STUDENTS[6])),
    "export-whole-class": still(lambda: ExportDialog(None, make_session(aggregate_only=True))),
    "export-password": still(_ask_for_password),
    "encrypt": still(lambda: KeyDialog(None, keyring_problem=None, change=False)),
    "encrypt-no-keyring": still(
        lambda: KeyDialog(None, keyring_problem=Message(MessageKey.KEYRING_MISSING), change=False)
    ),
    "recovery-key": still(lambda: RecoveryDialog(None, format_recovery_key(_KEY))),
    "unlock": still(lambda: UnlockDialog(None, Message(MessageKey.DATABASE_KEY_NEEDED, database="/home/ann/lessons"))),
    "accuracy": still(lambda: AccuracyDialog(None, read_model_summary())),
    "accuracy-limits": _scrolled(lambda: AccuracyDialog(None, read_model_summary()), 1.0),
    "about": still(lambda: make_about_dialog(None, today=RELEASED)),
}
