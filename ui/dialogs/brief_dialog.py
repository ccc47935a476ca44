"""The dialog that lists who was seen only briefly, and restores them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.storage.values import StoredSettlement
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.widgets.basics import make_label
from ui.words import format_duration, label_student


class BriefDialog(Dialog):
    """`restore_requested(student, who)`: make a student of them again; the dialog is closed then."""

    restore_requested = Signal(int, str)

    def __init__(
        self, parent: QWidget | None, *, settlements: Sequence[StoredSettlement], labels: Mapping[int, str]
    ) -> None:
        """`labels`: of the students of the lesson."""
        super().__init__(
            parent,
            title=tr("Seen only briefly"),
            about=tr(
                "Who appeared for less than a minute, or again with the same name, was often a known student whose "
                "tile moved, or nobody. When the lesson ended, they were merged with that student or removed. Restore "
                "anybody who is a student of their own."
            ),
            accept=tr("Close"),
            reject="",
        )
        self.set_least_width(420)
        self.restore_buttons = [self._make_button(each) for each in settlements]
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setColumnStretch(0, 1)
        for row, (each, button) in enumerate(zip(settlements, self.restore_buttons, strict=True)):
            rows.addWidget(make_label(describe_settlement(each, labels), wrap=True), row, 0)
            rows.addWidget(button, row, 1)
        self.body.addLayout(rows)

    def _make_button(self, settlement: StoredSettlement) -> QPushButton:
        who = label_student(settlement.student, None)
        button = QPushButton(tr("Restore"))
        button.setAccessibleName(tr("Restore {who}", who=who))
        button.setAutoDefault(False)

        def restore() -> None:
            self.restore_requested.emit(settlement.student, who)
            self.accept()

        button.clicked.connect(restore)
        return button


def describe_settlement(settlement: StoredSettlement, labels: Mapping[int, str]) -> str:
    """`Student 28, 12 s from 3:20: merged with Ann Lee`."""
    values = {
        "who": label_student(settlement.student, None),
        "duration": format_duration(settlement.seconds),
        "time": format_clock(settlement.first_second),
    }
    into = settlement.joined_with
    if into is None:
        return tr("{who}, {duration} from {time}: removed", **values)
    other = labels.get(into, label_student(into, None))
    return tr("{who}, {duration} from {time}: merged with {other}", other=other, **values)
