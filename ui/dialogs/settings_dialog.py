"""The settings, each with what it does."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.settings import Settings
from fer_desktop.types import LEAST_FACES_TOLD
from ui.dialogs.base import Dialog
from ui.start.place_dialog import PlacePicker, describe_consequence
from ui.widgets.basics import TickBox, make_label

_AGGREGATE_ABOUT: Final = f"No single students are listed or stored; the mood needs {LEAST_FACES_TOLD} faces."
_NAMES_ABOUT: Final = (
    "Names are read to tell students apart. Off: they are forgotten at the end of the lesson and students appear as "
    "Student 1, 2 ...; on: names are shown and stored."
)
_THEMES: Final = (("Like the system", "system"), ("Light", "light"), ("Dark", "dark"))


class SettingsDialog(Dialog):
    """`settings()` gives the changed settings once it was accepted."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(parent, title="Settings", about="Changes apply from the next session on.", accept="Save")
        self._settings = settings
        self.resize(520, 640)
        self._form = QVBoxLayout()
        self._form.setContentsMargins(2, 2, 14, 2)
        self._form.setSpacing(14)
        self.place = PlacePicker(settings.place)
        self.course = QLineEdit(settings.course)
        self.frames_per_second = _make_decimal(settings.frames_per_second, 0.2, 30.0, " a second")
        self.aggregate_only = TickBox("Keep to the class as a whole")
        self.names_allowed = TickBox("Show and store names")
        self.retention = _make_number(settings.retention_days or 0, 0, 36_500, " days", "Keep until deleted")
        self.away_after = _make_number(settings.away_after_s, 5, 3_600, " seconds")
        self.camera_off_after = _make_number(settings.camera_off_after_s, 5, 3_600, " seconds")
        self.negative_after = _make_number(settings.negative_after_s, 10, 3_600, " seconds")
        self.theme = QComboBox()
        self.always_on_top = TickBox("Keep the window above others")
        self._fill()
        self._arrange()

    def _fill(self) -> None:
        self.aggregate_only.setChecked(self._settings.aggregate_only)
        self.names_allowed.setChecked(self._settings.names_allowed and not self._settings.aggregate_only)
        self.names_allowed.setEnabled(not self._settings.aggregate_only)
        self.aggregate_only.toggled.connect(self._forbid_names)
        self.always_on_top.setChecked(self._settings.always_on_top)
        for words, value in _THEMES:
            self.theme.addItem(words, value)
        self.theme.setCurrentIndex(self.theme.findData(self._settings.theme))

    def _forbid_names(self, aggregate_only: bool) -> None:
        """Where no single student is stored, no name is."""
        self.names_allowed.setEnabled(not aggregate_only)
        if aggregate_only:
            self.names_allowed.setChecked(False)

    def _arrange(self) -> None:
        self._place_about = self._add("Where the class is", self.place, describe_consequence(self._settings.place))
        self.place.currentTextChanged.connect(
            lambda: self._place_about.setText(describe_consequence(self.place.place()))
        )
        self._add("Course", self.course, "Stands beside new sessions, so that you find them again.")
        self._add("Pictures read", self.frames_per_second, "More is smoother and costs more battery. 5 is plenty.")
        self._add("Privacy", self.aggregate_only, _AGGREGATE_ABOUT)
        self._add("Names", self.names_allowed, _NAMES_ABOUT)
        self._add("Delete sessions after", self.retention, "Older sessions are deleted when the app starts.")
        self._add("Flag who is away for", self.away_after, "No tile of theirs is seen for this long.")
        self._add("Flag a camera that is off for", self.camera_off_after, "Their tile is there, without a picture.")
        self._add(
            "Flag who looks negative for", self.negative_after, "Compared with how they usually look, not with others."
        )
        self._add("Colours", self.theme, "")
        self._add("Window", self.always_on_top, "Stays visible beside the call.")
        content = QWidget()
        content.setLayout(self._form)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area, 1)

    def _add(self, title: str, field: QWidget, about: str) -> QLabel:
        explanation = make_label(about, "small", wrap=True)
        explanation.setVisible(bool(about))
        label = make_label(title)
        label.setBuddy(field)
        field.setAccessibleName(title)
        field.setAccessibleDescription(about)
        if isinstance(field, QComboBox | QAbstractSpinBox):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(0, 180)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(field, 0, 1)
        grid.addWidget(explanation, 1, 1)
        self._form.addLayout(grid)
        return explanation

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turning the wheel over a field scrolls the form; it changes only the field that was clicked before."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def settings(self) -> Settings:
        return self._settings.model_copy(
            update={
                "place": self.place.place() or self._settings.place,
                "course": self.course.text().strip(),
                "frames_per_second": round(self.frames_per_second.value(), 1),
                "aggregate_only": self.aggregate_only.isChecked(),
                "names_allowed": self.names_allowed.isChecked(),
                "retention_days": self.retention.value() or None,
                "away_after_s": self.away_after.value(),
                "camera_off_after_s": self.camera_off_after.value(),
                "negative_after_s": self.negative_after.value(),
                "theme": self.theme.currentData(),
                "always_on_top": self.always_on_top.isChecked(),
            }
        )


def _make_number(value: int, least: int, most: int, unit: str, zero: str = "") -> QSpinBox:
    """`zero`: the words for the least value, where it means something else."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setSpecialValueText(zero)
    box.setValue(value)
    return box


def _make_decimal(value: float, least: float, most: float, unit: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setDecimals(1)
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setValue(value)
    return box
