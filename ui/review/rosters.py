"""Imports and deletes the roster of the open session's course, after confirmation."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from fer_desktop.roster.any_file import NewRoster, read_new_roster
from ui.dialogs.base import Dialog, make_confirmation_dialog
from ui.file_dialog import make_file_dialog
from ui.language import tr, tr_count
from ui.review.context import ReviewContext
from ui.words import as_sentence, describe_server_copies

_MAX_NAMES = 5
_MAX_REMARKS = 8


class Rosters:
    """Carries out the requests of the students' card. `after(words)` is called with what was done."""

    def __init__(self, context: ReviewContext, *, after: Callable[[str], None]) -> None:
        self._context = context
        self._after = after
        context.page.students.roster_import_requested.connect(self._ask_for_file)
        context.page.students.roster_delete_requested.connect(self._ask_to_delete)

    def import_from(self, path: Path, course: str) -> None:
        """Reads the file and, after confirmation, replaces the course's roster with its names."""

        def read() -> tuple[NewRoster, int]:
            before = self._context.store.roster(course)
            return read_new_roster(path, before), len(before)

        self._context.run(read, lambda answer: self._ask_to_import(course, *answer), kind="roster")

    def _ask_for_file(self) -> None:
        course = self._context.page.summary.course if self._context.page.summary else ""
        if not course:
            return
        dialog = make_file_dialog(self._context.window, tr("Roster of {course}", course=course))
        dialog.setNameFilters([tr("Tables (*.csv *.tsv *.txt)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.import_from(Path(path), course))
        dialog.open()

    def _ask_to_import(self, course: str, roster: NewRoster, before: int) -> None:
        adds = roster.from_call and before > 0
        title = tr("Replace the roster of {course}?") if before else tr("Import the roster of {course}?")
        if adds:
            title = tr("Add to the roster of {course}?")
        words = tr_count(
            "Roster of {course}: {n} name.", "Roster of {course}: {n} names.", len(roster.names), course=course
        )
        dialog = Dialog(
            self._context.window,
            title=title.format(course=course),
            about=describe_roster(roster, before),
            accept=tr("Add the names") if adds else tr("Replace") if before else tr("Import"),
        )
        dialog.set_least_width(420)
        store = partial(self._context.store.set_roster, course, roster.names)
        dialog.accepted.connect(lambda: self._context.run(store, lambda _: self._after(words)))
        dialog.open()

    def _ask_to_delete(self) -> None:
        course = self._context.page.summary.course if self._context.page.summary else ""
        dialog = make_confirmation_dialog(
            self._context.window,
            title=tr("Delete the roster of {course}?", course=course),
            about=tr("The names of this course's students will be deleted permanently. Lessons stay unchanged.")
            + describe_server_copies(self._context.store.on_server),
            action=tr("Delete"),
        )
        words = tr("The roster of {course} was deleted.", course=course)
        delete = partial(self._context.store.set_roster, course, ())
        dialog.accepted.connect(lambda: self._context.run(delete, lambda _: self._after(words)))
        dialog.open()


def describe_roster(roster: NewRoster, before: int) -> str:
    """The number of names, the first of them, and remarks on the file, a line each. `before`: names stored now."""
    first, others = ", ".join(roster.names[:_MAX_NAMES]), len(roster.names) - _MAX_NAMES
    names = tr_count("{n} name: {names}.", "{n} names: {names}.", len(roster.names), names=first)
    if others > 0:
        names = tr_count(
            "{number} names: {names} and {n} more.",
            "{number} names: {names} and {n} more.",
            others,
            number=len(roster.names),
            names=first,
        )
    lines = [names]
    if before and roster.from_call:
        lines.append(
            tr_count("{n} of them is new, from the call.", "{n} of them are new, from the call.", roster.added)
        )
    elif before:
        lines.append(
            tr_count(
                "The {n} name saved for this course will be replaced.",
                "The {n} names saved for this course will be replaced.",
                before,
            )
        )
    lines += [as_sentence(remark) for remark in roster.remarks[:_MAX_REMARKS]]
    more = len(roster.remarks) - _MAX_REMARKS
    return "\n".join([*lines, tr_count("And {n} more comment.", "And {n} more comments.", more)] if more > 0 else lines)
