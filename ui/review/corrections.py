"""Renames, merges and splits students of the open session."""

from collections.abc import Callable
from functools import partial

from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import StudentSummary
from ui.dialogs.base import has_open_dialog
from ui.dialogs.brief_dialog import BriefDialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, SplitDialog
from ui.language import tr
from ui.review.context import ReviewContext
from ui.words import format_duration, label_student


class Corrections:
    """Carries out the page's requests. `after(words, student)` is called with what was done and whom to select."""

    def __init__(self, context: ReviewContext, *, after: Callable[[str, int], None]) -> None:
        self._context = context
        self._after = after
        context.page.rename_requested.connect(self._rename)
        context.page.join_requested.connect(self._ask_join)
        context.page.split_requested.connect(self._ask_split)
        context.page.brief_requested.connect(self._list_brief)

    def _rename(self, student: StudentSummary, name: str) -> None:
        summary = self._context.page.summary
        if summary is None:
            return
        label = label_student(student.student, student.label)
        words = (
            tr("{who} is now called {name}.", who=label, name=name)
            if name
            else tr("The name {name} was removed.", name=label)
        )
        rename = partial(self._context.store.rename_student, summary.id, student.student, name or None)
        self._context.run(rename, lambda _: self._after(words, student.student))

    def _ask_join(self, student: StudentSummary) -> None:
        summary = self._context.page.summary
        if summary is None:
            return
        read = partial(self._context.store.seconds_together, summary.id, student.student)
        self._context.run(read, lambda together: self._open_join(student, summary.id, together), kind="together")

    def _open_join(self, student: StudentSummary, session: int, together: dict[int, int]) -> None:
        students = [each for each in self._context.page.students_shown() if each.student != student.student]
        labels = {each.student: label_student(each.student, each.label) for each in (student, *students)}
        others = [
            OtherStudent(each.student, labels[each.student], _describe_overlap(together.get(each.student, 0)))
            for each in students
        ]
        chosen = self._context.page.student
        same = self._context.page.summary is not None and self._context.page.summary.id == session
        if (
            not others
            or not same
            or chosen is None
            or chosen.student != student.student
            or has_open_dialog(self._context.window)
        ):
            return  # the teacher has gone on to something else
        no_doubt = tr("They were never seen at the same time.")
        dialog = JoinDialog(self._context.window, label=labels[student.student], others=others, no_doubt=no_doubt)

        def join() -> None:
            into = dialog.student()
            words = tr("{who} and {other} are now one student.", who=labels[student.student], other=labels[into])
            merge = partial(self._context.store.merge_students, session, student.student, into)
            self._context.run(merge, lambda _: self._after(words, into))

        dialog.accepted.connect(join)
        dialog.open()

    def _ask_split(self, student: StudentSummary, marked: int | None) -> None:
        summary, first, last = self._context.page.summary, student.first_second, student.last_second
        if summary is None or first is None or last is None:
            return
        at_second = marked if marked is not None and first < marked <= last else None
        label = label_student(student.student, student.label)
        dialog = SplitDialog(self._context.window, label=label, first=first, last=last, at_second=at_second)

        def split() -> None:
            second = dialog.second()
            words = tr("Everything about {who} from {time} now belongs to {other}.")
            call = partial(self._context.store.split_student, summary.id, student.student, second)
            time = format_clock(second)
            self._context.run(
                call, lambda new: self._after(words.format(who=label, time=time, other=label_student(new, None)), new)
            )

        dialog.accepted.connect(split)
        dialog.open()

    def _list_brief(self) -> None:
        data = self._context.page.data
        if data is None or has_open_dialog(self._context.window):
            return
        labels = {each.student: label_student(each.student, each.label) for each in data.students}
        dialog = BriefDialog(self._context.window, settlements=data.settlements, labels=labels)

        def restore(student: int, who: str) -> None:
            call = partial(self._context.store.undo_settlement, data.summary.id, student)
            self._context.run(call, lambda _: self._after(tr("{who} is a student again.", who=who), student))

        dialog.restore_requested.connect(restore)
        dialog.open()


def _describe_overlap(seconds: int) -> str:
    if not seconds:
        return ""
    return tr(
        "They were seen at the same time for {duration}. Two tiles at the same time usually mean two students. This "
        "time will count once, and you cannot separate it again.",
        duration=format_duration(seconds),
    )
