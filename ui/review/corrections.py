"""Asks before a student of a recorded session is joined or split, and tells what was done."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from fer_desktop.messages.wording import format_clock
from fer_desktop.storage.values import StudentSummary
from ui.dialogs.base import has_open_dialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, SplitDialog
from ui.language import tr
from ui.ports import StorePort
from ui.review.session_page import SessionPage
from ui.words import format_duration, label_student

T = TypeVar("T")


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
        page.rename_requested.connect(self._rename)
        page.join_requested.connect(self._ask_join)
        page.split_requested.connect(self._ask_split)

    def _rename(self, student: StudentSummary, name: str) -> None:
        summary = self._page.summary
        if summary is None:
            return
        label = label_student(student.student, student.label)
        words = (
            tr("{who} is now called {name}.").format(who=label, name=name)
            if name
            else tr("The name {name} was removed.").format(name=label)
        )
        rename = partial(self._store.rename_student, summary.id, student.student, name or None)
        self._run(rename, lambda _: self._after(words, student.student))

    def _ask_join(self, student: StudentSummary) -> None:
        summary = self._page.summary
        if summary is None:
            return
        read = partial(self._store.seconds_together, summary.id, student.student)
        self._run(read, lambda together: self._open_join(student, summary.id, together), kind="together")

    def _open_join(self, student: StudentSummary, session: int, together: dict[int, int]) -> None:
        students = [each for each in self._page.students_shown() if each.student != student.student]
        labels = {each.student: label_student(each.student, each.label) for each in (student, *students)}
        others = [
            OtherStudent(each.student, labels[each.student], _doubt(together.get(each.student, 0))) for each in students
        ]
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
        no_doubt = tr("They were never seen at the same time.")
        dialog = JoinDialog(self._window, label=labels[student.student], others=others, no_doubt=no_doubt)

        def join() -> None:
            into = dialog.student()
            words = tr("{who} and {other} are one student now.").format(who=labels[student.student], other=labels[into])
            merge = partial(self._store.merge_students, session, student.student, into)
            self._run(merge, lambda _: self._after(words, into))

        dialog.accepted.connect(join)
        dialog.open()

    def _ask_split(self, student: StudentSummary, marked: int | None) -> None:
        summary, first, last = self._page.summary, student.first_second, student.last_second
        if summary is None or first is None or last is None:
            return
        at_second = marked if marked is not None and first < marked <= last else None
        label = label_student(student.student, student.label)
        dialog = SplitDialog(self._window, label=label, first=first, last=last, at_second=at_second)

        def split() -> None:
            second = dialog.second()
            words = tr("What was seen of {who} from {time} on belongs to {other} now.")
            call = partial(self._store.split_student, summary.id, student.student, second)
            when = format_clock(second)
            self._run(
                call, lambda new: self._after(words.format(who=label, time=when, other=label_student(new, None)), new)
            )

        dialog.accepted.connect(split)
        dialog.open()


def _doubt(seconds: int) -> str:
    if not seconds:
        return ""
    return tr(
        "They were seen at the same time for {duration}: two tiles at once are mostly two students. That time would "
        "count once, and could not be parted again."
    ).format(duration=format_duration(seconds))
