"""The teacher's own marks on a recorded session: adds, changes and deletes bookmarks and notes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from fer_desktop.types import Event, EventKind
from ui.language import tr
from ui.ports import StorePort
from ui.review.annotation_dialog import AnnotationDialog
from ui.review.corrections import Runner
from ui.review.deletions import UNDO_S
from ui.review.session_page import SessionPage
from ui.review.undo_banner import UndoBanner

_Deleted = tuple[int, Event]
"""A session, and what was deleted of it and may be brought back."""


class Annotations:
    """`after(words)`: it is done. `undo`: the line that offers to take a deletion back."""

    def __init__(
        self,
        window: QWidget,
        page: SessionPage,
        store: StorePort,
        *,
        run: Runner,
        after: Callable[[str], None],
        undo: UndoBanner,
    ) -> None:
        self._window = window
        self._page = page
        self._store = store
        self._run = run
        self._after = after
        self._undo = undo
        self._deleted: list[_Deleted] = []
        self._offered: _Deleted | None = None
        page.moments.add_requested.connect(self._ask_for_new)
        page.moments.edit_requested.connect(self._ask_for_text)
        page.moments.delete_requested.connect(self._delete)

    def _ask_for_new(self, kind: EventKind) -> None:
        """At the marked time; about the chosen student, or the whole class."""
        summary = self._page.summary
        if summary is None:
            return
        event = Event(kind, self._page.marked_second or 0)
        students = self._page.students_shown()
        dialog = AnnotationDialog(self._window, event, length_s=max(0, summary.seconds - 1), students=students)
        words = tr("The note is kept.") if kind is EventKind.NOTE else tr("The bookmark is kept.")

        def add() -> None:
            store = partial(self._store.add_annotation, summary.id, dialog.edited_event())
            self._run(store, lambda _: self._after(words))

        dialog.accepted.connect(add)
        dialog.open()

    def _ask_for_text(self, event: Event) -> None:
        summary, number = self._page.summary, event.id
        if summary is None or number is None:
            return
        dialog = AnnotationDialog(self._window, event, length_s=summary.seconds)

        def change() -> None:
            store = partial(self._store.edit_annotation, summary.id, number, dialog.edited_event().text)
            self._run(store, lambda _: self._after(tr("The words were changed.")))

        dialog.accepted.connect(change)
        dialog.open()

    def _delete(self, event: Event) -> None:
        summary, number = self._page.summary, event.id
        if summary is None or number is None:
            return
        words = tr("The note was deleted.") if event.kind is EventKind.NOTE else tr("The bookmark was deleted.")
        deleted = summary.id, event
        self._deleted.append(deleted)

        def bring_to_front() -> None:
            self._run(partial(self._add_again, deleted), self._show_restored)

        def offer() -> None:
            self._after("")
            if deleted in self._deleted:
                self._offered = deleted
                self._undo.offer(words, bring_to_front, for_s=UNDO_S)

        self._run(partial(self._store.delete_annotation, summary.id, number), lambda _: offer())

    def forget(self, session: int, student: int) -> None:
        """No note comes back on a student who is erased, nor on one who may have been joined with them.

        To be called before it and after it: a note may be deleted meanwhile.
        """
        others = {each.student for each in self._page.students_shown()} - {student}
        self._deleted = [
            (where, event)
            for where, event in self._deleted
            if where != session or event.student is None or event.student in others
        ]
        if self._offered not in self._deleted:
            self._undo.end()

    def _add_again(self, deleted: _Deleted) -> bool:
        """On the background thread. Where the student was joined with another meanwhile, the words are the class's."""
        session, event = deleted
        known = {student.student for student in self._store.students(session)}
        if deleted not in self._deleted:
            return False  # the student was erased meanwhile
        self._store.add_annotation(session, event if event.student in {None, *known} else replace(event, student=None))
        return True

    def _show_restored(self, is_back: bool) -> None:
        self._undo.end()
        self._after(tr("It is back.") if is_back else "")
