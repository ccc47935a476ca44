"""The card of the chosen student: timeline, corrections, export and erasure."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, Qt
from PySide6.QtWidgets import QMenu

from fer_desktop.analysis.presence_map import PRESENCE_ORDER
from fer_desktop.storage.values import StudentSeries, StudentSummary
from ui.charts.plots import presence_colours
from ui.charts.student_timeline import StudentTimeline
from ui.language import tr
from ui.review.legend import Legend
from ui.widgets.basics import Card, make_label, make_link
from ui.words import PRESENCE_WORDS, label_student


class StudentCard(Card):
    """Empty until a student is shown; requests actions by its signals."""

    page_requested = Signal()
    export_requested = Signal()
    erase_requested = Signal()

    def __init__(self) -> None:
        super().__init__(tr("One student"))
        self.timeline = StudentTimeline()
        self.page_button = make_link(tr("All lessons"), name=tr("This student's lessons of the course"))
        self.correct_button = make_link(tr("Correct"), name=tr("Correct this student's identity"))
        self.export_button = make_link(tr("Export…"), name=tr("Export this student's data"))
        self.erase_button = make_link(tr("Erase…"), name=tr("Erase this student"))
        self.rename_action = QAction(tr("Rename"), self)
        self.rename_action.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.rename_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.join_action = QAction(tr("This is the same student as…"), self)
        self.split_action = QAction(tr("Split: another student from here…"), self)
        self._legend = Legend([PRESENCE_WORDS[name] for name in PRESENCE_ORDER], presence_colours)
        self._nobody = make_label(tr("Select a student to see their lesson."), "muted", wrap=True)
        menu = QMenu(self.correct_button)
        menu.addActions(self.corrections())
        self.correct_button.setMenu(menu)
        self._buttons = (self.page_button, self.correct_button, self.export_button, self.erase_button)
        for button in self._buttons:
            self.heading.addWidget(button)
        self.add(self._nobody)
        self.add(self.timeline, 1)
        self.add(self._legend)
        self.page_button.clicked.connect(self.page_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.erase_button.clicked.connect(self.erase_requested)
        self.show_nobody()

    def corrections(self) -> list[QAction]:
        """The actions that correct a student."""
        return [self.rename_action, self.join_action, self.split_action]

    def show_nobody(self) -> None:
        """Empties the card."""
        self.title.setText(tr("One student"))
        self._show_parts(shown=False)

    def show_student(self, student: StudentSummary, series: StudentSeries, *, expressions_on: bool) -> None:
        """Shows a student's timeline."""
        self.title.setText(label_student(student.student, student.label))
        self.timeline.show_series(series, expressions_on=expressions_on)
        self._show_parts(shown=True)

    def allow(self, student: StudentSummary | None, *, students: int, ended: bool) -> None:
        """Enables the possible corrections: none while the session is being recorded."""
        possible = ended and student is not None
        self.correct_button.setEnabled(possible)
        self.erase_button.setEnabled(possible)
        self.rename_action.setEnabled(possible)
        self.join_action.setEnabled(possible and students > 1)
        self.split_action.setEnabled(possible and student is not None and student.first_second != student.last_second)

    def _show_parts(self, *, shown: bool) -> None:
        self._nobody.setVisible(not shown)
        for part in (self.timeline, self._legend, *self._buttons):
            part.setVisible(shown)
