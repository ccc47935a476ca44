"""The students with their present state, and what the teacher can do about one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from fer_desktop.types import StudentState
from ui.widgets.basics import Card, IconToolButton, make_label, make_link
from ui.widgets.student_delegate import StudentDelegate
from ui.widgets.student_model import STATE_ROLE, StudentModel

_AGGREGATE_TEXT = "This session keeps to the class as a whole: no single students are listed or stored."
_EMPTY_TEXT = "Students are listed here as soon as their tiles are found."


class StudentsCard(Card):
    """Emits `dismissed(Flag)`, `excluded(int)` and `included(int)`; changes nothing by itself.

    `rename_wanted(StudentState)` and `join_wanted(StudentState)`: the teacher wants to say who that student is.
    """

    dismissed = Signal(object)
    excluded = Signal(int)
    included = Signal(int)
    rename_wanted = Signal(object)
    join_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Students")
        self._model = StudentModel(self)
        self._flagged = 0
        self.view = QListView()
        self._delegate = StudentDelegate(self.view)
        self._note = make_label(_EMPTY_TEXT, "muted", wrap=True)
        self.dismiss_button = make_link("Dismiss flag", name="Dismiss the flag of the selected student")
        self.exclude_button = make_link("Leave out", name="Leave the selected student out, or take them in again")
        self._set_up_view()
        self.more_button = IconToolButton("more", "More about the selected student")
        for button in (self.dismiss_button, self.exclude_button, self.more_button):
            self.heading.addWidget(button)
        self.add(self._note)
        self.add(self.view, 1)
        self.dismiss_button.clicked.connect(self._dismiss_selected)
        self.exclude_button.clicked.connect(self._toggle_selected)
        self.more_button.clicked.connect(self._open_menu_below)
        self._add_rename_key()
        self.show_students((), 0)

    def _set_up_view(self) -> None:
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName("Students, those who may need attention first")
        self.view.setMinimumHeight(180)
        self.view.setUniformItemSizes(False)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.selectionModel().selectionChanged.connect(self._update_actions)

    def _add_rename_key(self) -> None:
        action = QAction("Rename…", self.view)
        action.setShortcut(QKeySequence(Qt.Key.Key_F2))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._rename_selected)
        self.view.addAction(action)

    def begin(self, *, expressions_on: bool, aggregate_only: bool) -> None:
        """Clears the list for a new session."""
        self._model.expressions_on = self._delegate.expressions_on = expressions_on
        self._note.setText(_AGGREGATE_TEXT if aggregate_only else _EMPTY_TEXT)
        self._model.forget_joining()
        self.show_students((), 0)

    def show_students(self, students: Sequence[StudentState], second: int) -> None:
        self._model.show(students, second)
        self._note.setVisible(not students)
        self.view.setVisible(bool(students))
        self._flagged = sum(bool(student.flags) for student in students)
        self._update_actions()

    def tell_joining(self, student: int, into: str) -> None:
        """What the teacher asked for was taken; the row goes with one of the next pictures."""
        self._model.tell_joining(student, into)

    def select(self, student: int) -> None:
        for row in range(self._model.rowCount()):
            index = self._model.index(row)
            if index.data(STATE_ROLE).student == student:
                self.view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def texts(self) -> list[str]:
        """The rows as a screen reader tells them."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]

    def make_menu(self) -> QMenu | None:
        """The context menu of the selected student; None where nobody is selected."""
        state = self._selected()
        if state is None:
            return None
        menu = QMenu(self)
        for flag in state.flags:
            menu.addAction(f"Dismiss: {flag.reason}").triggered.connect(
                lambda _checked=False, flag=flag: self.dismissed.emit(flag)
            )
        menu.addAction(self._exclude_text(state)).triggered.connect(self._toggle_selected)
        menu.addSeparator()
        rename = menu.addAction("Rename…")
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        rename.triggered.connect(lambda: self.rename_wanted.emit(state))
        join = menu.addAction("Same student as…")
        join.setEnabled(self._model.rowCount() > 1)
        join.triggered.connect(lambda: self.join_wanted.emit(state))
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

    def _selected(self) -> StudentState | None:
        chosen = self.view.selectionModel().selectedIndexes()
        state: StudentState | None = chosen[0].data(STATE_ROLE) if chosen else None
        return state

    def _update_actions(self) -> None:
        state = self._selected()
        self.dismiss_button.setVisible(state is not None and bool(state.flags))
        self.exclude_button.setVisible(state is not None)
        self.more_button.setVisible(state is not None)
        if state is not None:
            self.exclude_button.setText(self._exclude_text(state))
        attention = f"{self._flagged} may need attention"
        beside_buttons = attention if state is not None else f"Students · {attention}"
        self.title.setText(beside_buttons if self._flagged else "Students")

    def _exclude_text(self, state: StudentState) -> str:
        return "Take in again" if state.excluded else "Leave out"

    def _dismiss_selected(self) -> None:
        state = self._selected()
        for flag in state.flags if state else ():
            self.dismissed.emit(flag)

    def _rename_selected(self) -> None:
        state = self._selected()
        if state is not None:
            self.rename_wanted.emit(state)

    def _toggle_selected(self) -> None:
        state = self._selected()
        if state is not None:
            (self.included if state.excluded else self.excluded).emit(state.student)
