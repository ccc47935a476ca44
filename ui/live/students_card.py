"""The list of students with their current states, and what the teacher can do about the selected one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu

from fer_desktop.messages.words import format_clock
from fer_desktop.types import StudentState
from ui.language import tr, tr_count
from ui.live.note_bar import NoteBar
from ui.live.student_delegate import StudentDelegate
from ui.live.student_model import STATE_ROLE, StudentModel
from ui.live.students_view import StudentsView
from ui.live.tile_map import TileMap
from ui.stylesheet import set_role
from ui.widgets.basics import Card, ElidedLabel, IconToolButton, make_label, make_link
from ui.widgets.flow_layout import FlowLayout
from ui.words import describe_flag, label_student

_NOTE_KEYS: Final = "Ctrl+N"
_RENAME_KEY: Final = "F2"


class StudentsCard(Card):
    """Requests changes by its signals and changes nothing by itself.

    `dismissed(tuple[Flag, ...])`, `excluded(int)`, `included(int)`, `removed(int)`,
    `rename_requested(StudentState)`, `join_requested(StudentState)`;
    `noted(int, str, int)`: student, text, and the second at which writing began;
    `selected(object)`: the selected student number, or None.
    `actions_row`, `note_bar`: for the window, which shows them below the page, where they cannot be scrolled away.
    `quiet`: flags are not shown, and rows keep their places, as they do while the pointer moves over the list.
    """

    dismissed = Signal(object)
    excluded = Signal(int)
    included = Signal(int)
    removed = Signal(int)
    noted = Signal(int, str, int)
    selected = Signal(object)
    rename_requested = Signal(object)
    join_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Students"))
        self.quiet = False
        self._model = StudentModel(self)
        self._flagged = 0
        self._as_of: int | None = None
        self._noted: tuple[int, int] | None = None
        self.map = TileMap()
        self.view = StudentsView()
        self._delegate = StudentDelegate(self.view)
        self._note = make_label("", "muted", wrap=True)
        self.selected_name = ElidedLabel("", "muted")
        self.selected_name.setAccessibleName(tr("The selected student"))
        self.dismiss_button = make_link(tr("Dismiss flag"), name=tr("Dismiss the flag of the selected student"))
        self.note_button = make_link(tr("Note"), name=tr("Write a note on the selected student"))
        self.exclude_button = make_link(tr("Exclude"), name=tr("Exclude the selected student, or include them again"))
        self.more_button = IconToolButton("more", tr("More about the selected student"))
        self.note_bar = NoteBar(tr("Note"), placeholder=tr("What you want to remember"), empty_allowed=False)
        self._set_up_view()
        self._arrange()
        self._connect()
        self.begin(expressions_on=True, aggregate_only=False)

    def _set_up_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(tr("Students, those who may need attention first"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _arrange(self) -> None:
        self.actions_row = QFrame()
        set_role(self.actions_row, "band")
        buttons = FlowLayout(self.actions_row, spacing_px=4)
        buttons.setContentsMargins(16, 0, 10, 0)
        # The selected row may be scrolled out of sight: the buttons show whom they act on.
        for widget in (
            self.selected_name,
            self.dismiss_button,
            self.note_button,
            self.exclude_button,
            self.more_button,
        ):
            buttons.addWidget(widget)
        self.add(self._note)
        self.add(self.map)
        self.add(self.view)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(self._update_actions)
        self.view.selectionModel().selectionChanged.connect(self._emit_selected)
        self.map.chosen.connect(self.select)
        self.selected.connect(self.map.select)
        self.dismiss_button.clicked.connect(self._dismiss_selected)
        self.note_button.clicked.connect(self._note_selected)
        self.exclude_button.clicked.connect(self._toggle_selected)
        self.more_button.clicked.connect(self._open_menu_below)
        self.note_bar.saved.connect(self._keep_note)
        for text, key, slot in (
            (tr("Rename…"), _RENAME_KEY, self._rename_selected),
            (tr("Dismiss flag"), "Del", self._dismiss_selected),
            (tr("Note"), _NOTE_KEYS, self._note_selected),
        ):
            action = QAction(text, self.view)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.view.addAction(action)

    def begin(self, *, expressions_on: bool, aggregate_only: bool) -> None:
        """Clears the list for a new session."""
        self._model.expressions_on = self._delegate.expressions_on = expressions_on
        self._note.setText(
            tr("Class totals only: individual students are not listed or saved.")
            if aggregate_only
            else tr("Students appear here as soon as they are found.")
        )
        self._model.forget()
        self.map.show_observation(None)
        self.note_bar.setVisible(False)
        self.show_students((), 0)

    def take_over(self, other: "StudentsCard") -> None:
        """Goes on with the timelines of another list."""
        self._model.take_over(other._model)

    def show_students(self, students: Sequence[StudentState], second: int) -> None:
        """Shows the states of a second."""
        self._model.order_kept = self.quiet or self.view.is_pointer_active
        if self.quiet:
            students = [replace(state, flags=()) for state in students]
        chosen = self._selected()
        self._model.show(students, second)
        self._clear_moved_selection(chosen)
        self._note.setVisible(not students)
        self.view.setVisible(bool(students))
        self._reserve_actions_row(bool(students))
        self._flagged = sum(bool(student.flags) for student in students)
        self._update_actions()

    def show_as_of(self, second: int | None) -> None:
        """Fades the rows and shows the time in the title; None: the states are current."""
        if second != self._as_of:
            self._as_of, self._delegate.faded = second, second is not None
            self._update_actions()
            self.view.viewport().update()

    def _reserve_actions_row(self, reserved: bool) -> None:
        """Keeps the place of the buttons free: they must not appear under a pointer that selects a student."""
        policy = self.actions_row.sizePolicy()
        if policy.retainSizeWhenHidden() != reserved:
            policy.setRetainSizeWhenHidden(reserved)
            self.actions_row.setSizePolicy(policy)

    def _clear_moved_selection(self, chosen: StudentState | None) -> None:
        """Qt selects the neighbour of a removed row: the next action must not affect another student."""
        now = self._selected()
        if chosen is not None and now is not None and now.student != chosen.student:
            self.view.selectionModel().clear()

    def show_joining(self, student: int, into: str) -> None:
        """Shows that the student is being merged; the row disappears with one of the next observations."""
        self._model.show_joining(student, into)

    def select(self, student: int) -> None:
        """Selects a student's row."""
        for row in range(self._model.rowCount()):
            index = self._model.index(row)
            if index.data(STATE_ROLE).student == student:
                self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.view.scrollTo(index)

    def texts(self) -> list[str]:
        """The rows in words, as for screen readers."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]

    def make_menu(self) -> QMenu | None:
        """The context menu of the selected student; None without a selection."""
        state = self._selected()
        if state is None:
            return None
        menu = QMenu(self)
        for flag in state.flags:
            menu.addAction(tr("Dismiss: {flag}", flag=describe_flag(flag))).triggered.connect(
                lambda _checked=False, flag=flag: self.dismissed.emit((flag,))
            )
        note = menu.addAction(tr("Note…"))
        note.setShortcut(QKeySequence(_NOTE_KEYS))
        note.triggered.connect(self._note_selected)
        menu.addAction(self._exclude_text(state)).triggered.connect(self._toggle_selected)
        menu.addAction(tr("Not a student")).triggered.connect(lambda: self.removed.emit(state.student))
        menu.addSeparator()
        rename = menu.addAction(tr("Rename…"))
        rename.setShortcut(QKeySequence(_RENAME_KEY))
        rename.triggered.connect(lambda: self.rename_requested.emit(state))
        join = menu.addAction(tr("Same student as…"))
        join.setEnabled(self._model.rowCount() > 1)
        join.triggered.connect(lambda: self.join_requested.emit(state))
        return menu

    def _open_menu(self, position: QPoint) -> None:
        self._pop_up(self.view.viewport().mapToGlobal(position))

    def _open_menu_below(self) -> None:
        self._pop_up(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _pop_up(self, position: QPoint) -> None:
        menu = self.make_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(position)

    def _emit_selected(self) -> None:
        state = self._selected()
        self.selected.emit(None if state is None else state.student)

    def _selected(self) -> StudentState | None:
        chosen = self.view.selectionModel().selectedIndexes()
        state: StudentState | None = chosen[0].data(STATE_ROLE) if chosen else None
        return state

    def _update_actions(self) -> None:
        state = self._selected()
        self.actions_row.setVisible(state is not None)
        self.dismiss_button.setVisible(state is not None and bool(state.flags))
        if state is not None:
            self.selected_name.setText(label_student(state.student, state.label))
            self.exclude_button.setText(self._exclude_text(state))
        self.title.setText(self._make_title())

    def _make_title(self) -> str:
        if self._as_of is not None:
            return tr("Students, last seen at {time}", time=format_clock(self._as_of))
        return (
            tr_count("Students · {n} may need attention", "Students · {n} may need attention", self._flagged)
            if self._flagged
            else tr("Students")
        )

    def _exclude_text(self, state: StudentState) -> str:
        return tr("Include again") if state.excluded else tr("Exclude")

    def _dismiss_selected(self) -> None:
        state = self._selected()
        if state is not None and state.flags:
            self.dismissed.emit(state.flags)

    def _note_selected(self) -> None:
        state = self._selected()
        if state is not None:
            self.note_bar.keep()
            self._noted = state.student, self._model.second
            label = label_student(state.student, state.label)
            self.note_bar.open(tr("Note on {who}", who=label))

    def _keep_note(self, text: str) -> None:
        if self._noted is not None:
            student, second = self._noted
            self.noted.emit(student, text, second)
        self.view.setFocus()

    def _rename_selected(self) -> None:
        state = self._selected()
        if state is not None:
            self.rename_requested.emit(state)

    def _toggle_selected(self) -> None:
        state = self._selected()
        if state is not None:
            (self.included if state.excluded else self.excluded).emit(state.student)
