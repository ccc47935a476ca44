"""Adds, changes and deletes the bookmarks and notes of the open session."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fer_desktop.types import Event, EventKind
from ui.language import tr
from ui.review.annotation_dialog import AnnotationDialog
from ui.review.context import ReviewContext
from ui.review.deletions import UNDO_S
from ui.review.undo_banner import UndoBanner

_Deleted = tuple[int, Event]
"""A session id, and an annotation deleted from it that can be restored."""


class Annotations:
    """Carries out the requests of the moments' card. `after(words)` is called with what was done."""

    def __init__(
        self,
        context: ReviewContext,
        *,
        after: Callable[[str], None],
        undo: UndoBanner,
    ) -> None:
        self._context = context
        self._after = after
        self._undo = undo
        self._deleted: list[_Deleted] = []
        self._offered: _Deleted | None = None
        context.page.moments.add_requested.connect(self._ask_for_new)
        context.page.moments.edit_requested.connect(self._ask_for_text)
        context.page.moments.delete_requested.connect(self._delete)

    def _ask_for_new(self, kind: EventKind) -> None:
        """Asks for a new annotation, at the marked time by default."""
        summary = self._context.page.summary
        if summary is None:
            return
        event = Event(kind, self._context.page.marked_second or 0)
        students = self._context.page.students_shown()
        dialog = AnnotationDialog(self._context.window, event, length_s=max(0, summary.seconds - 1), students=students)
        words = tr("Note saved.") if kind is EventKind.NOTE else tr("Bookmark saved.")

        def add() -> None:
            store = partial(self._context.store.add_annotation, summary.id, dialog.edited_event())
            self._context.run(store, lambda _: self._after(words))

        dialog.accepted.connect(add)
        dialog.open()

    def _ask_for_text(self, event: Event) -> None:
        summary, number = self._context.page.summary, event.id
        if summary is None or number is None:
            return
        dialog = AnnotationDialog(self._context.window, event, length_s=summary.seconds)

        def change() -> None:
            store = partial(self._context.store.edit_annotation, summary.id, number, dialog.edited_event().text)
            self._context.run(store, lambda _: self._after(tr("Text changed.")))

        dialog.accepted.connect(change)
        dialog.open()

    def _delete(self, event: Event) -> None:
        summary, number = self._context.page.summary, event.id
        if summary is None or number is None:
            return
        words = tr("Note deleted.") if event.kind is EventKind.NOTE else tr("Bookmark deleted.")
        deleted = summary.id, event
        self._deleted.append(deleted)

        def restore() -> None:
            self._context.run(partial(self._add_again, deleted), self._show_restored)

        def offer() -> None:
            self._after("")
            if deleted in self._deleted:
                self._offered = deleted
                self._undo.offer(words, restore, for_s=UNDO_S)

        self._context.run(partial(self._context.store.delete_annotation, summary.id, number), lambda _: offer())

    def forget(self, session: int, student: int) -> None:
        """Makes notes on an erased student, or one who may have been merged with them, impossible to restore.

        To be called before and after the erasure, as a note may be deleted meanwhile.
        """
        others = {each.student for each in self._context.page.students_shown()} - {student}
        self._deleted = [
            (where, event)
            for where, event in self._deleted
            if where != session or event.student is None or event.student in others
        ]
        if self._offered not in self._deleted:
            self._undo.end()

    def withdraw(self) -> None:
        """Makes all that was deleted impossible to restore: other lessons take the place of these."""
        self._deleted.clear()
        self._undo.end()

    def _add_again(self, deleted: _Deleted) -> bool:
        """Stores the annotation again; for the whole class if its student has been merged meanwhile.

        On the background thread. Returns False if the student was erased meanwhile.
        """
        session, event = deleted
        known = {student.student for student in self._context.store.students(session)}
        if deleted not in self._deleted:
            return False
        self._context.store.add_annotation(
            session, event if event.student in {None, *known} else replace(event, student=None)
        )
        return True

    def _show_restored(self, restored: bool) -> None:
        self._undo.end()
        self._after(tr("Restored.") if restored else "")
