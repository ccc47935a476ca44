"""Gives the open session a course, or another one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from fer_desktop.recording.finding import is_recording
from fer_desktop.roster.names import tidy_name
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.review.context import ReviewContext
from ui.widgets.basics import make_label

MAX_COURSE_LENGTH = 200

CourseByTime = Callable[[datetime], str | None]
"""The course that the calendar has for a moment, if any."""


class CourseDialog(Dialog):
    """`course()` is the result once accepted; "" for no course."""

    def __init__(self, parent: QWidget | None, *, course: str, courses: Sequence[str], by_time: str | None) -> None:
        """`courses`: those to suggest; `by_time`: that of the calendar, filled in where there is none yet."""
        super().__init__(
            parent,
            title=tr("Course of this lesson"),
            about=tr("Lessons of one course can be compared, share a roster, and show a student over the term."),
            accept=tr("Save"),
        )
        self.set_least_width(380)
        self.line = QLineEdit(course or by_time or "")
        self.line.setMaxLength(MAX_COURSE_LENGTH)
        self.line.setPlaceholderText(tr("Course"))
        self.line.setAccessibleName(tr("Course"))
        self.line.selectAll()
        completer = QCompleter(list(courses), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        self.body.addWidget(self.line)
        if by_time is not None and not course:
            hint = make_label(tr("From your calendar"), "small")
            self.line.textEdited.connect(lambda: hint.setVisible(False))
            self.body.addWidget(hint)
        self.line.setFocus()

    def course(self) -> str:
        """The entered course, tidied."""
        return tidy_name(self.line.text()) or ""


class Courses:
    """Carries out the page's request. `after(words)` is called with what was done; `courses()` lists the known ones.

    `course_by_time`: which one the calendar has for a moment; not asked for a recording, whose date is guessed.
    """

    def __init__(
        self,
        context: ReviewContext,
        *,
        courses: Callable[[], Sequence[str]],
        course_by_time: CourseByTime,
        after: Callable[[str], None],
    ) -> None:
        self._context = context
        self._courses = courses
        self._course_by_time = course_by_time
        self._after = after
        context.page.course_requested.connect(self._ask)

    def _ask(self) -> None:
        summary = self._context.page.summary
        if summary is None or summary.ended_at is None:
            return
        dialog = CourseDialog(
            self._context.window,
            course=summary.course,
            courses=self._courses(),
            by_time=None if is_recording(summary.source) else self._course_by_time(summary.started_at),
        )
        dialog.accepted.connect(lambda: self._change(summary.id, summary.course, dialog.course()))
        dialog.open()

    def _change(self, session: int, before: str, course: str) -> None:
        if course == before:
            return
        words = (
            tr("This lesson belongs to {course} now.", course=course)
            if course
            else tr("This lesson belongs to no course now.")
        )
        change = partial(self._context.store.set_course, session, course)
        self._context.run(change, lambda _: self._after(words))
