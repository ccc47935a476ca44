"""The list of recordings on the start screen: how far each is, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.recordings.job import JobState, RecordingJob, describe_job
from ui.widgets.basics import Card, ElidedLabel, make_label
from ui.widgets.flow_layout import FlowLayout, WrappedWords


class RecordingRow(QWidget):
    """One recording. Its buttons keep their places and the focus while the progress changes."""

    def __init__(self, job: RecordingJob) -> None:
        super().__init__()
        self.job = job
        self.name = ElidedLabel(job.path.name, "section")
        self.status = make_label("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.action = QPushButton()
        self.remove = QPushButton()
        buttons = QWidget()
        column = QVBoxLayout(buttons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for button in (self.action, self.remove):
            button.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
            column.addWidget(button)
        column.addStretch(1)
        words = WrappedWords(spacing_px=3)
        for widget in (self.name, self.status, self.bar):
            words.column.addWidget(widget)
        words.column.addStretch(1)
        row = FlowLayout(self, spacing_px=10)
        row.addWidget(words)
        row.addWidget(buttons)
        self.refresh()

    def focus_button(self) -> None:
        """Puts the focus on the first button that is offered."""
        (self.remove if self.action.isHidden() else self.action).setFocus()

    def refresh(self) -> None:
        """Shows the job as it is now."""
        job = self.job
        words = describe_job(job)
        self.status.setText(words)
        self.bar.setValue(round(100 * job.share))
        self.bar.setVisible(job.state in (JobState.READING, JobState.STOPPED))
        self.bar.setAccessibleName(tr("{words}: {detail}", words=job.path.name, detail=words))
        for button, text in ((self.action, _name_action(job)), (self.remove, _name_removal(job))):
            button.setText(text)
            button.setAccessibleName(tr("{words}: {detail}", words=text, detail=job.path.name) if text else "")
            button.setVisible(bool(text))


def _name_action(job: RecordingJob) -> str:
    if job.is_lesson:
        return tr("Review")
    if job.can_continue:
        return tr("Continue…")
    return tr("Stop") if job.state is JobState.READING else ""


def _name_removal(job: RecordingJob) -> str:
    if job.is_lesson or job.state is JobState.READING:
        return ""
    if job.can_continue:
        return tr("Discard")
    return tr("Cancel") if job.state is JobState.WAITING else tr("Remove")


class RecordingsCard(Card):
    """Hidden while there is no recording.

    `review_requested(RecordingJob)`, `continue_requested(RecordingJob)`, `stop_requested(RecordingJob)`,
    `remove_requested(RecordingJob)`. `rows_added`: the list is longer than before.
    """

    review_requested = Signal(object)
    continue_requested = Signal(object)
    stop_requested = Signal(object)
    remove_requested = Signal(object)
    rows_added = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Recordings"))
        self.rows: list[RecordingRow] = []
        self.setVisible(False)

    def show_jobs(self, jobs: Sequence[RecordingJob]) -> None:
        """Shows the list; rows of jobs that stay keep their place and the focus."""
        focused, focus_lost = self.window().focusWidget(), False
        for row in [row for row in self.rows if row.job not in jobs]:
            self.rows.remove(row)
            focus_lost = focus_lost or (focused is not None and row.isAncestorOf(focused))
            row.setVisible(False)
            row.deleteLater()
        new = jobs[len(self.rows) :]
        for job in new:
            self._add_row(job)
        if new:
            self.rows_added.emit()
        for row in self.rows:
            row.refresh()
        self.setVisible(bool(self.rows))
        if focus_lost and self.rows:
            self.rows[-1].focus_button()

    def _add_row(self, job: RecordingJob) -> None:
        row = RecordingRow(job)
        row.action.clicked.connect(lambda: self._act(job))
        row.remove.clicked.connect(lambda: self.remove_requested.emit(job))
        self.rows.append(row)
        self.add(row)

    def _act(self, job: RecordingJob) -> None:
        if job.is_lesson:
            self.review_requested.emit(job)
        elif job.can_continue:
            self.continue_requested.emit(job)
        elif job.state is JobState.READING:
            self.stop_requested.emit(job)
