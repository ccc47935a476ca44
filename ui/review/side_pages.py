"""Opens the pages beside the session page: one student's lessons, two lessons compared, what to do after a lesson."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.analysis.term import StudentTerm, compute_student_term
from fer_desktop.follow_up.follow_up import compute_follow_up
from fer_desktop.follow_up.progress import find_lesson_before
from fer_desktop.follow_up.values import FollowUp, Lesson
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSeries, StudentSummary
from ui.review.compare_page import ComparePage
from ui.review.context import ReviewContext
from ui.review.follow_up_page import FollowUpPage
from ui.review.student_page import StudentPage

_Lesson = tuple[SessionSummary, MoodSeries]


class SidePages(QObject):
    """`lesson_requested(int)`: open this session. `show(page)` brings a page to the front.

    `hidden()` returns the session whose deletion can still be undone: it is left out.
    """

    lesson_requested = Signal(int)

    def __init__(
        self,
        context: ReviewContext,
        *,
        show: Callable[[QWidget], None],
        hidden: Callable[[], int | None],
    ) -> None:
        super().__init__(context.page)
        self._context = context
        self._show = show
        self._hidden = hidden
        self.student = StudentPage()
        self.compare = ComparePage()
        self.follow_up = FollowUpPage()
        self._follow_up_of: int | None = None
        context.page.student_page_requested.connect(self._open_student)
        context.page.compare_requested.connect(lambda: self._compare(None))
        self.compare.other_requested.connect(self._compare)
        self.student.lesson_requested.connect(self.lesson_requested)
        context.page.follow_up_requested.connect(self._open_follow_up)
        self.follow_up.moment_requested.connect(self._show_moment)
        self.follow_up.student_requested.connect(self._show_student)
        for side in self.pages():
            side.back_requested.connect(lambda: show(context.page))

    def pages(self) -> tuple[StudentPage, ComparePage, FollowUpPage]:
        """All side pages."""
        return self.student, self.compare, self.follow_up

    def request_follow_up(self, session: int | None) -> None:
        """Opens what to do after a session as soon as that is shown."""
        self._follow_up_of = session

    def open_requested(self, session: int) -> None:
        """Opens what was requested of the session that has just been shown; a request of another one is dropped."""
        requested, self._follow_up_of = self._follow_up_of, None
        if requested == session:
            self._open_follow_up()

    def _open_follow_up(self) -> None:
        data = self._context.page.data
        if data is None:
            return
        session, hidden = data.summary, self._hidden()
        lesson = Lesson(session, data.series, tuple(data.students), tuple(data.events))

        def read() -> FollowUp:
            store = self._context.store
            before = find_lesson_before(store.list_sessions(), session, hidden=hidden)
            earlier = None if before is None else Lesson(before, store.mood_series(before.id))
            return compute_follow_up(lesson, earlier)

        def show(follow_up: FollowUp) -> None:
            if self._is_open(session.id):
                self.follow_up.show_follow_up(follow_up)
                self._show(self.follow_up)

        self._context.run(read, show, kind="side")

    def _show_moment(self, second: int) -> None:
        self._show(self._context.page)
        self._context.page.timeline.show_moment(second)

    def _show_student(self, number: int) -> None:
        shown = self._context.page.students_shown()
        student = next((each for each in shown if each.student == number), None)
        if student is not None:
            self._open_student(student)

    def _open_student(self, student: StudentSummary) -> None:
        data = self._context.page.data
        if data is None:
            return
        session, number, hidden = data.summary.id, student.student, self._hidden()

        def read() -> tuple[StudentTerm, StudentSeries]:
            term = compute_student_term(self._context.store.student_lessons(session, number))
            lessons = tuple(each for each in term.lessons if each.session.id != hidden)
            return replace(term, lessons=lessons), self._context.store.student_series(session, number)

        def show(answer: tuple[StudentTerm, StudentSeries]) -> None:
            if self._is_open(session):
                self.student.show_term(*answer, session=session)
                self._show(self.student)

        self._context.run(read, show, kind="side")

    def _compare(self, other: int | None) -> None:
        """Compares with `other`, or with the last lesson of the course before the open one."""
        data = self._context.page.data
        if data is None:
            return
        open_session = data.summary
        passed_over = open_session.id, self._hidden()

        def read() -> tuple[list[SessionSummary], _Lesson | None]:
            course = [each for each in self._context.store.list_sessions() if each.course == open_session.course]
            others = [each for each in course if each.id not in passed_over and each.ended_at is not None]
            others.sort(key=lambda each: (each.started_at, each.id), reverse=True)
            before = [each for each in others if each.started_at < open_session.started_at]
            requested = [each for each in others if each.id == other]
            chosen = next(iter([*requested, *before, *others]), None)
            return others, None if chosen is None else (chosen, self._context.store.mood_series(chosen.id))

        def show(answer: tuple[list[SessionSummary], _Lesson | None]) -> None:
            if self._is_open(open_session.id):
                self._show_comparison((open_session, data.series), *answer)

        self._context.run(read, show, kind="side")

    def _show_comparison(self, this: _Lesson, others: list[SessionSummary], other: _Lesson | None) -> None:
        if other is None:
            self.compare.show_no_other_lesson(this[0])
        else:
            self.compare.offer(this[0], others, chosen=other[0].id)
            self.compare.show_lessons(this, other)
        self._show(self.compare)

    def _is_open(self, session: int) -> bool:
        return self._context.page.summary is not None and self._context.page.summary.id == session
