"""Asks before a student of a recorded session is joined or split, and tells what was done."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from fer_desktop.labels import pseudonym
from fer_desktop.storage.values import StudentSummary
from ui.dialogs.base import has_open_dialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, SplitDialog
from ui.ports import StorePort
from ui.review.session_page import SessionPage
from ui.words import format_clock, format_duration

T = TypeVar("T")
_NO_DOUBT: Final = "They were never seen at the same time."


class Runner(Protocol):
    """Runs a call on a background thread; `on_done` is called on the Qt thread, unless it failed: that is told."""

    def __call__(self, call: Callable[[], T], on_done: Callable[[T], None], *, kind: str = "") -> None: ...


class Corrections:
    """The teacher's corrections of the open session. `after(words, student)`: it is done, and whom to show now."""

    def __init__(
        self,
        window: QWidget,
        page: SessionPage,
        store: StorePort,
        *,
        run: Runner,
        after: Callable[[str, int], None],
    ) -> None:
        self._window = window
        self._page = page
        self._store = store
        self._run = run
        self._after = after
        page.rename_wanted.connect(self._rename)
        page.join_wanted.connect(self._ask_who)
        page.split_wanted.connect(self._ask_when)

    def _rename(self, student: StudentSummary, name: str) -> None:
        summary = self._page.summary
        if summary is None:
            return
        words = f"{student.label} is now called {name}." if name else f"The name {student.label} was removed."
        rename = partial(self._store.rename_student, summary.id, student.student, name or None)
        self._run(rename, lambda _: self._after(words, student.student))

    def _ask_who(self, student: StudentSummary) -> None:
        summary = self._page.summary
        if summary is None:
            return
        read = partial(self._store.seconds_together, summary.id, student.student)
        self._run(read, lambda together: self._open_join(student, summary.id, together), kind="together")

    def _open_join(self, student: StudentSummary, session: int, together: dict[int, int]) -> None:
        students = [each for each in self._page.students_shown() if each.student != student.student]
        others = [OtherStudent(each.student, each.label, _doubt(together.get(each.student, 0))) for each in students]
        chosen = self._page.student
        same = self._page.summary is not None and self._page.summary.id == session
        if (
            not others
            or not same
            or chosen is None
            or chosen.student != student.student
            or has_open_dialog(self._window)
        ):
            return  # the teacher went on to something else meanwhile
        labels = {each.student: each.label for each in students}
        dialog = JoinDialog(self._window, label=student.label, others=others, no_doubt=_NO_DOUBT)

        def join() -> None:
            into = dialog.student()
            words = f"{student.label} and {labels[into]} are one student now."
            merge = partial(self._store.merge_students, session, student.student, into)
            self._run(merge, lambda _: self._after(words, into))

        dialog.accepted.connect(join)
        dialog.open()

    def _ask_when(self, student: StudentSummary, marked: int | None) -> None:
        summary, first, last = self._page.summary, student.first_second, student.last_second
        if summary is None or first is None or last is None:
            return
        at_second = marked if marked is not None and first < marked <= last else None
        dialog = SplitDialog(self._window, label=student.label, first=first, last=last, at_second=at_second)

        def split() -> None:
            second = dialog.second()
            words = f"What was seen of {student.label} from {format_clock(second)} on belongs to"
            call = partial(self._store.split_student, summary.id, student.student, second)
            self._run(call, lambda new: self._after(f"{words} {pseudonym(new)} now.", new))

        dialog.accepted.connect(split)
        dialog.open()


def _doubt(seconds: int) -> str:
    if not seconds:
        return ""
    return (
        f"They were seen at the same time for {format_duration(seconds)}: two tiles at once are mostly two students. "
        "That time would count once, and could not be parted again."
    )
