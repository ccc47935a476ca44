"""The settings dialog."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.app import flag_rules
from fer_desktop.engagement.rules_text import describe_limits, describe_rules
from fer_desktop.messages.language import LANGUAGE_NAMES
from fer_desktop.settings import PRESETS, Sensitivity, Settings, find_sensitivity
from fer_desktop.types import MIN_GROUP_SIZE, FlagKind
from ui.desktop_keys import Key
from ui.dialogs.base import Dialog
from ui.dialogs.place_dialog import describe_consequence
from ui.dialogs.place_picker import PlacePicker
from ui.language import current_language, mark, tr
from ui.stylesheet import set_role
from ui.widgets.basics import TickBox, indent_number, make_label, make_link
from ui.widgets.fitted_area import WideArea
from ui.words import FLAG_WORDS

_NO_PLACE: Final = mark("Not saved: this country is not in the list. Choose one, because the law depends on it.")
_AGGREGATE_ABOUT: Final = mark("Individual students are not listed or saved. The mood needs at least {number} faces.")
_NAMES_ABOUT: Final = mark(
    "Names are read to distinguish students. Off: names are forgotten after the lesson, and students appear as Student "
    "1, 2, and so on. On: names are shown and saved."
)
_KEYS_ABOUT: Final = mark(
    "During a lesson, {bookmark} adds a bookmark and {pause} pauses or resumes, even in other programs. No other keys "
    "are read. Not available on Mac or Wayland."
)
_NOT_ENCRYPTED: Final = mark(
    "Off: whoever gets this computer or a copy of its files can read names and readings. On: only with a key."
)
_ENCRYPTED: Final = mark("The lessons are encrypted. A copy of their files is of no use to anybody without the key.")
_THEMES: Final = ((mark("Like the system"), "system"), (mark("Light"), "light"), (mark("Dark"), "dark"))
_LANGUAGES: Final = ((mark("Like the system"), "system"), *((name, code) for code, name in LANGUAGE_NAMES.items()))
_SENSITIVITIES: Final = (
    (mark("Calm: only what lasts long"), "calm"),
    (mark("Normal"), "normal"),
    (mark("Sensitive: sooner and more often"), "sensitive"),
    (mark("Own numbers, see below"), None),
)
_CLASS_SECTION: Final = 1
_TEXT_SIZES: Final = (
    (mark("Small"), "small"),
    (mark("Normal"), "normal"),
    (mark("Large"), "large"),
    (mark("Larger"), "larger"),
)


class SettingsDialog(Dialog):
    """`settings()` is the result once accepted. `protection_requested`: to encrypt the lessons, or decrypt them."""

    protection_requested = Signal()

    def __init__(self, parent: QWidget | None, settings: Settings, *, encrypted: bool = False) -> None:
        """`encrypted`: whether the lessons are."""
        super().__init__(
            parent,
            title=tr("Settings"),
            about=tr("A running lesson keeps its country, privacy, flags and pictures until it ends."),
            accept=tr("Save"),
        )
        self._settings = settings
        self.resize(560, 640)
        self.sections = QTabBar()
        self.sections.setExpanding(False)
        self.sections.setDrawBase(False)
        self.sections.setAccessibleName(tr("Settings"))
        self._pages = QStackedWidget()
        self._form = QVBoxLayout()
        self.place = PlacePicker(settings.place)
        self.frames_per_second = _make_decimal(settings.frames_per_second, 0.2, 30.0, tr(" per second"))
        self.aggregate_only = TickBox(tr("Class totals only"))
        self.names_allowed = TickBox(tr("Show and save names"))
        self.protection = QPushButton()
        self.protection.setAutoDefault(False)
        self.protection.clicked.connect(self.protection_requested)
        self.retention = _make_number(settings.retention_days or 0, 0, 36_500, tr(" days"), tr("Keep until deleted"))
        self.away_after = _make_number(settings.away_after_s, 5, 3_600, tr(" seconds"))
        self.camera_off_after = _make_number(settings.camera_off_after_s, 5, 3_600, tr(" seconds"))
        self.negative_after = _make_number(settings.negative_after_s, 10, 3_600, tr(" seconds"))
        self.drowsy_after = _make_number(settings.drowsy_after_s, 10, 600, tr(" seconds"))
        self.class_drop = _make_number(round(100 * settings.class_drop), 10, 100, " %")
        self.flag_repeat_after = _make_number(settings.flag_repeat_after_s, 30, 3_600, tr(" seconds"))
        self.sensitivity = _make_choice(_SENSITIVITIES, find_sensitivity(settings.thresholds))
        self.advanced = make_link(tr("Advanced: exact numbers"))
        self.advanced.setCheckable(True)
        self.theme = _make_choice(_THEMES, settings.theme)
        self.text_size = _make_choice(_TEXT_SIZES, settings.text_size)
        self.language = _make_choice(_LANGUAGES, settings.language)
        self.always_on_top = TickBox(tr("Keep the window above others"))
        self.do_not_disturb = TickBox(tr("Do not disturb"))
        self.keys_everywhere = TickBox(tr("Keys also work in the call"))
        self._fill()
        self._arrange()
        self.show_encrypted(encrypted)

    def _fill(self) -> None:
        aggregate = self._settings.aggregate_only or "aggregate_only" in self._settings.unconfirmed
        self.aggregate_only.setChecked(aggregate)
        self.names_allowed.setChecked(self._settings.names_allowed and not aggregate)
        self.names_allowed.setEnabled(not aggregate)
        self.aggregate_only.toggled.connect(self._forbid_names)
        self.always_on_top.setChecked(self._settings.always_on_top)
        self.do_not_disturb.setChecked(self._settings.do_not_disturb)
        self.keys_everywhere.setChecked(self._settings.keys_everywhere)
        for box in self._numbers().values():
            box.valueChanged.connect(self._take_numbers)
        self.sensitivity.activated.connect(self._take_sensitivity)
        self.advanced.toggled.connect(self._show_numbers)

    def _numbers(self) -> dict[str, QSpinBox]:
        """The fields of the exact numbers, by the names of their settings; `class_drop` is in per cent."""
        return {
            "away_after_s": self.away_after,
            "camera_off_after_s": self.camera_off_after,
            "drowsy_after_s": self.drowsy_after,
            "negative_after_s": self.negative_after,
            "class_drop": self.class_drop,
            "flag_repeat_after_s": self.flag_repeat_after,
        }

    def _take_sensitivity(self) -> None:
        """Sets the numbers of the word that was chosen; those of the teacher's own are shown instead."""
        word: Sensitivity | None = self.sensitivity.currentData()
        if word is None:
            self.advanced.setChecked(True)
            return
        for name, box in self._numbers().items():
            box.blockSignals(True)
            number = getattr(PRESETS[word], name)
            box.setValue(round(100 * number) if box is self.class_drop else number)
            box.blockSignals(False)
        self._explain_rules()

    def _take_numbers(self) -> None:
        """Shows which word the numbers have, if any."""
        self.sensitivity.setCurrentIndex(self.sensitivity.findData(find_sensitivity(self.settings().thresholds)))
        self._explain_rules()

    def _show_numbers(self, shown: bool) -> None:
        self._numbers_page.setVisible(shown)

    def _forbid_names(self, aggregate_only: bool) -> None:
        """Clears the option for names: without individual students none are stored."""
        self.names_allowed.setEnabled(not aggregate_only)
        if aggregate_only:
            self.names_allowed.setChecked(False)

    def _arrange(self) -> None:
        for title, fill in (
            (tr("General"), self._add_general_fields),
            (tr("Class and privacy"), self._add_session_fields),
            (tr("Flags"), self._add_flag_fields),
            (tr("In the lesson"), self._add_lesson_fields),
        ):
            self._add_section(title, fill)
        self.sections.currentChanged.connect(self._pages.setCurrentIndex)
        self.body.addWidget(self.sections)
        self.body.addWidget(self._pages, 1)

    def _add_section(self, title: str, fill: Callable[[], None]) -> None:
        """A page of its own, with the fields that `fill` adds."""
        self._form = QVBoxLayout()
        self._form.setContentsMargins(2, 6, 14, 2)
        self._form.setSpacing(14)
        fill()
        self._form.addStretch(1)
        content = QWidget()
        content.setLayout(self._form)
        self.sections.addTab(title)
        self._pages.addWidget(WideArea(content))

    def _add_session_fields(self) -> None:
        self._place_about = self._add(
            tr("Country of your class"), self.place, describe_consequence(self._settings.place)
        )
        self.place.currentTextChanged.connect(
            lambda: _explain(self.place, self._place_about, describe_consequence(self.place.place()))
        )
        self._add(tr("Privacy"), self.aggregate_only, tr(_AGGREGATE_ABOUT, number=MIN_GROUP_SIZE))
        self._add(tr("Names"), self.names_allowed, tr(_NAMES_ABOUT))
        self._protection_about = self._add(tr("Encryption"), self.protection, " ")
        self._add(
            tr("Delete lessons after"),
            self.retention,
            tr("Older lessons are shown at the start, and deleted once you confirm."),
        )

    def show_encrypted(self, encrypted: bool) -> None:
        """Shows whether the lessons are encrypted, and offers the change."""
        words = tr("Change or decrypt…") if encrypted else tr("Encrypt the lessons…")
        self.protection.setText(words)
        self.protection.setAccessibleName(words)
        _explain(self.protection, self._protection_about, tr(_ENCRYPTED if encrypted else _NOT_ENCRYPTED))

    def _add_flag_fields(self) -> None:
        self._add(tr("How many flags"), self.sensitivity, tr("A flag shows who may need attention."))
        self._add_rules()
        self._form.addWidget(self.advanced, 0, Qt.AlignmentFlag.AlignLeft)
        self._numbers_page, page = QWidget(), self._form
        self._form = QVBoxLayout(self._numbers_page)
        self._form.setContentsMargins(0, 0, 0, 0)
        for title, field in (
            (FLAG_WORDS[FlagKind.AWAY], self.away_after),
            (FLAG_WORDS[FlagKind.CAMERA_OFF], self.camera_off_after),
            (FLAG_WORDS[FlagKind.DROWSY], self.drowsy_after),
            (FLAG_WORDS[FlagKind.NEGATIVE], self.negative_after),
            (tr("Class mood drops by"), self.class_drop),
            (tr("The same flag again after"), self.flag_repeat_after),
        ):
            self._add(title, field, "")
        self._form = page
        self._form.addWidget(self._numbers_page)
        self._explain_rules()
        self.advanced.setChecked(self.sensitivity.currentData() is None)
        self._show_numbers(self.advanced.isChecked())

    def _add_rules(self) -> None:
        """Each flag with its name and, below it, its rule."""
        fields = {
            FlagKind.AWAY: self.away_after,
            FlagKind.CAMERA_OFF: self.camera_off_after,
            FlagKind.DROWSY: self.drowsy_after,
            FlagKind.NEGATIVE: self.negative_after,
            FlagKind.CLASS_DROP: self.class_drop,
        }
        self._rules = {kind: (field, self._add_rule(FLAG_WORDS[kind])) for kind, field in fields.items()}
        self._limits = self._add_rule(tr("Every flag"))

    def _add_rule(self, title: str) -> QLabel:
        rule, column = make_label("", "small", wrap=True), QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(make_label(title, "section", wrap=True))
        column.addWidget(rule)
        self._form.addLayout(column)
        return rule

    def _add_general_fields(self) -> None:
        self._add(tr("Language"), self.language, tr("Applies at once. A running lesson goes on."))
        self._add(tr("Colours"), self.theme, "")
        self._add(tr("Text size"), self.text_size, "")
        self._add(tr("On top"), self.always_on_top, tr("The window stays visible during the call."))

    def _add_lesson_fields(self) -> None:
        self._add(
            tr("In class"), self.do_not_disturb, tr("Flags are recorded, but nothing pops up, moves or changes order.")
        )
        keys = {"bookmark": Key.BOOKMARK.text, "pause": Key.PAUSE.text}
        self._add(tr("Keys"), self.keys_everywhere, tr(_KEYS_ABOUT, **keys))
        self._add(tr("Pictures"), self.frames_per_second, tr("Higher is smoother but uses more battery. 5 is enough."))

    def _explain_rules(self) -> None:
        """Shows the rules in words, with the numbers in the fields."""
        rules = flag_rules(self.settings())
        described = describe_rules(rules, current_language())
        for kind, (field, label) in self._rules.items():
            _explain(field, label, described[kind])
        _explain(self.flag_repeat_after, self._limits, describe_limits(rules, current_language()))

    def _add(self, title: str, field: QWidget, about: str) -> QLabel:
        explanation = make_label(about, "small", wrap=True)
        field.setAccessibleDescription(about)
        label = make_label(title, wrap=True)
        label.setBuddy(field)
        field.setAccessibleName(title)
        if isinstance(field, QComboBox | QAbstractSpinBox):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.addWidget(label, 0, 0)
        grid.addWidget(field, 0, 1)
        if about:
            grid.addWidget(explanation, 1, 1)
        self._form.addLayout(grid)
        return explanation

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the wheel scroll the form, unless a field has the focus."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Stays open if the text is no place, instead of silently keeping another one."""
        if self.place.place() is None and (self.place.currentText().strip() or self._settings.place):
            _explain(self.place, self._place_about, tr(_NO_PLACE), role="problem")
            self.sections.setCurrentIndex(_CLASS_SECTION)
            self.place.line.selectAll()
            self.place.setFocus()
        else:
            super().accept()

    def settings(self) -> Settings:
        """The settings as entered. Before `accept` the place may be invalid and is then None."""
        return self._settings.model_copy(
            update={
                "place": self.place.place(),
                "frames_per_second": round(self.frames_per_second.value(), 1),
                "aggregate_only": self.aggregate_only.isChecked(),
                "names_allowed": self.names_allowed.isChecked(),
                "retention_days": self.retention.value() or None,
                **{name: box.value() for name, box in self._numbers().items()},
                "class_drop": self.class_drop.value() / 100,
                "theme": self.theme.currentData(),
                "text_size": self.text_size.currentData(),
                "language": self.language.currentData(),
                "do_not_disturb": self.do_not_disturb.isChecked(),
                "keys_everywhere": self.keys_everywhere.isChecked(),
                "always_on_top": self.always_on_top.isChecked(),
                "unconfirmed": (),
            }
        )


def _explain(field: QWidget, explanation: QLabel, about: str, *, role: str = "small") -> None:
    """Shows `about` below the field, and sets it as the description for screen readers."""
    set_role(explanation, role)
    explanation.setText(about)
    field.setAccessibleDescription(about)


def _make_number(value: int, minimum: int, maximum: int, unit: str, zero: str = "") -> QSpinBox:
    """`zero`: shown instead of the minimum, if that has a special meaning."""
    box = QSpinBox()
    indent_number(box)
    box.setRange(minimum, maximum)
    box.setSuffix(unit)
    box.setSpecialValueText(zero)
    box.setValue(value)
    return box


def _make_choice(choices: Sequence[tuple[str, str | None]], value: str | None) -> QComboBox:
    """`choices`: texts marked for translation, and their values."""
    box = QComboBox()
    for words, stands_for in choices:
        box.addItem(tr(words), stands_for)
    box.setCurrentIndex(box.findData(value))
    return box


def _make_decimal(value: float, minimum: float, maximum: float, unit: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    indent_number(box)
    box.setDecimals(1)
    box.setRange(minimum, maximum)
    box.setSuffix(unit)
    box.setValue(value)
    return box
