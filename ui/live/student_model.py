"""The students as a list model: flagged students first, then missing ones, then the others by number.

Rows keep their places in "Do not disturb" mode and while the pointer moves over the list.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fer_desktop.types import Presence, StudentState
from ui.language import tr
from ui.live.student_history import StudentHistories
from ui.words import (
    ATTENTIVE_WORDS,
    PRESENCE_WORDS,
    as_sentence,
    capitalise,
    describe_flag,
    describe_student,
    label_student,
)

STATE_ROLE: Final = Qt.ItemDataRole.UserRole
WORDS_ROLE: Final = Qt.ItemDataRole.UserRole + 1
HISTORY_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The codes of a student's small timeline (`student_history`)."""
SHORT_WORDS_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""The state without its duration."""

_JOINING_S: Final = 5
"""How long a row reports a merge: after that the row is gone, unless the merge failed."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Joining:
    into: str
    since_second: int


def sort_students(students: Sequence[StudentState]) -> list[StudentState]:
    """In the order of the list. A face that is lost for a moment moves no row."""

    def rank(state: StudentState) -> tuple[int, int, int]:
        if state.excluded:
            return 3, 0, state.student
        if state.flags:
            return 0, min(flag.since_second for flag in state.flags), state.student
        missing = state.presence in (Presence.AWAY, Presence.EMPTY, Presence.CAMERA_OFF)
        return (1 if missing else 2), 0, state.student

    return sorted(students, key=rank)


class StudentModel(QAbstractListModel):
    """Signals changes only for rows that look different, and keeps the selection when rows move."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StudentState] = []
        self._second = 0
        self._joining: dict[int, _Joining] = {}
        self._histories = StudentHistories()
        self.expressions_on = True
        self.order_kept = False
        """Whether listed students keep their places; new ones are appended."""

    @property
    def second(self) -> int:
        """The session's second at the last `show`."""
        return self._second

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        state = self._rows[index.row()]
        if role == STATE_ROLE:
            return state
        if role == WORDS_ROLE:
            return self._words(state)
        if role == SHORT_WORDS_ROLE:
            return self._short_words(state)
        if role == HISTORY_ROLE:
            return self._histories.of(state.student)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.describe(state)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explain(state)
        return None

    def describe(self, state: StudentState) -> str:
        """A student's row in words, for screen readers."""
        words = tr("{who}: {words}", who=label_student(state.student, state.label), words=self._words(state))
        return ". ".join((words, *(describe_flag(flag) for flag in state.flags)))

    def _explain(self, state: StudentState) -> str:
        """The tool tip: flags, what the presence rests on, attention and how long the student was there."""
        seen, known = self._histories.minutes_seen(state.student)
        minutes = tr("Seen for about {seen} of the last {known} min", seen=seen, known=known) if known else ""
        attention = "" if state.attention is None else capitalise(ATTENTIVE_WORDS[state.attention])
        evidence = "" if state.evidence is None or state.excluded else as_sentence(state.evidence)
        lines = (*(describe_flag(flag) for flag in state.flags), evidence, attention, minutes)
        return "\n".join(line for line in lines if line)

    def take_over(self, other: "StudentModel") -> None:
        """Goes on with the timelines of another model."""
        self._histories = other._histories

    def show_joining(self, student: int, into: str) -> None:
        """Shows in the student's row that they are merged into `into`, until the row disappears."""
        self._joining[student] = _Joining(into, self._second)
        for number, state in enumerate(self._rows):
            if state.student == student:
                self.dataChanged.emit(self.index(number), self.index(number))

    def forget(self) -> None:
        """Clears everything for a new session."""
        self._joining.clear()
        self._histories.clear()

    def show(self, students: Sequence[StudentState], second: int) -> None:
        """Shows the newest states. Rows are added, removed, moved and repainted only where needed."""
        rows = self._keep_order(students) if self.order_kept else sort_students(students)
        new_slot = self._histories.add(students, second)
        before = [self._look(state) for state in self._rows]
        self._second = second
        here = {state.student for state in rows}
        self._joining = {
            student: joining
            for student, joining in self._joining.items()
            if student in here and second < joining.since_second + _JOINING_S
        }
        if [row.student for row in rows] == [row.student for row in self._rows]:
            self._rows = rows
            for number, look in enumerate(before):
                if look != self._look(rows[number]):
                    index = self.index(number)
                    self.dataChanged.emit(index, index)
            if new_slot and rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1), [HISTORY_ROLE])
            return
        known = {state.student for state in self._rows}
        self._remove_missing(here)
        self._append([state for state in rows if state.student not in known])
        self._reorder(rows)

    def _keep_order(self, students: Sequence[StudentState]) -> list[StudentState]:
        places = {state.student: number for number, state in enumerate(self._rows)}
        last = len(places)
        return sorted(students, key=lambda state: (places.get(state.student, last), state.student))

    def _words(self, state: StudentState) -> str:
        """The state as the row has it."""
        joining = self._joining.get(state.student)
        if joining is not None:
            return tr("merged with {who}", who=joining.into)
        return describe_student(state, self._second, expressions_on=self.expressions_on)

    def _short_words(self, state: StudentState) -> str:
        plain = state.excluded or state.presence is Presence.VISIBLE or state.student in self._joining
        return self._words(state) if plain else PRESENCE_WORDS[state.presence]

    def _look(self, state: StudentState) -> tuple[object, ...]:
        """All that the row is painted from, but for the timeline."""
        words = self._words(state)
        return capitalise(words), state.label, state.presence, state.flags, state.excluded

    def _remove_missing(self, here: Collection[int]) -> None:
        """Removes students who are gone by their own rows, so that no selection passes to a neighbour."""
        for number in reversed(range(len(self._rows))):
            if self._rows[number].student not in here:
                self.beginRemoveRows(_ROOT, number, number)
                del self._rows[number]
                self.endRemoveRows()

    def _append(self, new: list[StudentState]) -> None:
        if new:
            self.beginInsertRows(_ROOT, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows.extend(new)
            self.endInsertRows()

    def _reorder(self, rows: list[StudentState]) -> None:
        self.layoutAboutToBeChanged.emit()
        places = {state.student: number for number, state in enumerate(rows)}
        for index in self.persistentIndexList():
            new_row = places.get(self._rows[index.row()].student)
            self.changePersistentIndex(index, QModelIndex() if new_row is None else self.index(new_row))
        self._rows = rows
        self.layoutChanged.emit()
