"""Dialogs that rename a student, merge two, or split one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.roster.names import tidy_name
from fer_desktop.types import Presence, StudentState
from ui.dialogs.base import Dialog
from ui.language import mark, tr
from ui.widgets.basics import indent_number, make_label
from ui.words import label_student

MAX_NAME_LENGTH: Final = 100
_BOTH_HERE: Final = mark("Both are in the call window now. Two tiles at the same time usually mean two students.")
_ONE_EXCLUDED: Final = mark("One of the two is excluded. What was saved of the other since then will be deleted.")
_HERE: Final = (Presence.VISIBLE, Presence.UNREADABLE, Presence.EMPTY, Presence.CAMERA_OFF)
_CLOCK: Final = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})")

_TYPING: Final = re.compile(r"[\d:\s]*")


class RenameDialog(Dialog):
    """`name()` is the result once accepted; never empty."""

    def __init__(self, parent: QWidget | None, *, label: str, name: str) -> None:
        super().__init__(
            parent,
            title=tr("Rename {who}", who=label),
            about=tr("The name is shown and saved with this lesson, even if names are off in the settings."),
            accept=tr("Rename"),
        )
        self.set_least_width(340)
        self.line = QLineEdit(name)
        self.line.setMaxLength(MAX_NAME_LENGTH)
        self.line.setPlaceholderText(tr("Name"))
        self.line.setAccessibleName(tr("Name"))
        self.line.selectAll()
        self.line.textChanged.connect(self._allow)
        self.body.addWidget(self.line)
        self.line.setFocus()
        self._allow()

    def name(self) -> str:
        """The entered name, tidied."""
        return tidy_name(self.line.text()) or ""

    def _allow(self) -> None:
        self.accept_button.setEnabled(bool(self.name()))


@dataclass(frozen=True, slots=True)
class OtherStudent:
    """A student to merge with. `doubt`: in words, the evidence against it and what it deletes; "" without any."""

    student: int
    label: str
    doubt: str


class JoinDialog(Dialog):
    """`student()` is the result once accepted. Students without doubt are listed first."""

    def __init__(
        self, parent: QWidget | None, *, label: str, others: Sequence[OtherStudent], no_doubt: str = ""
    ) -> None:
        """`no_doubt`: the text for students without doubt."""
        super().__init__(
            parent,
            title=tr("Who is {who}?", who=label),
            about=tr(
                "All data about {who} will be added to the student you choose, who keeps their name.",
                who=label,
            ),
            accept=tr("Merge"),
        )
        self.set_least_width(340)
        self._no_doubt = no_doubt
        self._others = sorted(others, key=lambda other: bool(other.doubt))
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Same student as {who}", who=label))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(20)
        for other in self._others:
            self.choice.addItem(other.label, other.student)
        self.doubt = make_label("", "muted", wrap=True)
        self.doubt.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.doubt.setMinimumHeight(3 * self.fontMetrics().height())
        self.body.addWidget(self.choice)
        self.body.addWidget(self.doubt)
        self.accept_button.setDefault(False)
        self.accept_button.setAutoDefault(False)
        self.choice.currentIndexChanged.connect(self._explain)
        self.choice.setFocus()
        self._explain()

    def student(self) -> int:
        """The number of the chosen student."""
        return int(self.choice.currentData())

    def _explain(self) -> None:
        doubt = self._others[self.choice.currentIndex()].doubt
        self.doubt.setText(doubt or self._no_doubt)
        self.make_room()


def list_others(state: StudentState, students: Sequence[StudentState]) -> list[OtherStudent]:
    """The students that a student of a running session may be, also who is excluded and has come back."""
    return [
        OtherStudent(other.student, label_student(other.student, other.label), " ".join(_list_doubts(state, other)))
        for other in students
        if other.student != state.student
    ]


def _list_doubts(one: StudentState, other: StudentState) -> Iterator[str]:
    """What speaks against it, and what it would delete."""
    if one.presence in _HERE and other.presence in _HERE:
        yield tr(_BOTH_HERE)
    if one.excluded != other.excluded:
        yield tr(_ONE_EXCLUDED)


class ClockBox(QSpinBox):
    """A spin box for a second of a session, written as 12:34."""

    def __init__(self) -> None:
        super().__init__()
        indent_number(self)

    def textFromValue(self, value: int) -> str:
        return format_clock(value)

    def valueFromText(self, text: str) -> int:
        match = _CLOCK.fullmatch(text.strip())
        if match is None:
            return self.value()
        hours, minutes, seconds = (int(group or 0) for group in match.groups())
        return 3600 * hours + 60 * minutes + seconds

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        state = QValidator.State
        if _CLOCK.fullmatch(text.strip()) and self.minimum() <= self.valueFromText(text) <= self.maximum():
            return state.Acceptable, text, position
        return state.Intermediate if _TYPING.fullmatch(text) else state.Invalid, text, position


class SplitDialog(Dialog):
    """`second()` is the first second of the new student, once accepted."""

    def __init__(self, parent: QWidget | None, *, label: str, first: int, last: int, at_second: int | None) -> None:
        """`first`, `last`: when the student was seen. `at_second`: the initial choice, their middle by default."""
        super().__init__(
            parent,
            title=tr("Split: another student from here"),
            about=tr(
                "Data about {who} from this moment on goes to a new student. Merge the two to undo this.",
                who=label,
            ),
            accept=tr("Split"),
        )
        self.set_least_width(340)
        self.time = ClockBox()
        self.time.setRange(first + 1, last)
        self.time.setSingleStep(10)
        self.time.setValue((first + last + 1) // 2 if at_second is None else at_second)
        self.time.setAccessibleName(tr("First moment of the other student"))
        row = QHBoxLayout()
        row.addWidget(make_label(tr("From")))
        row.addWidget(self.time)
        seen = tr("seen from {first} to {last}", first=format_clock(first), last=format_clock(last))
        row.addWidget(make_label(seen, "muted", wrap=True), 1)
        self.body.addLayout(row)
        self.accept_button.setDefault(False)
        self.accept_button.setAutoDefault(False)
        self.time.setFocus()
        self.time.selectAll()

    def second(self) -> int:
        """The entered second."""
        return self.time.value()
