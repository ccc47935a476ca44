"""The application's style sheet, on top of Qt's Fusion style."""

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.theme import Theme

_TEMPLATE: Final = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[role="band"] { background: $surface; border: none; }
QLabel[role="headline"] { font-size: ${headline_pt}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[role="section"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="problem"] { color: $danger; font-weight: 600; }
QLabel[role="small"] { color: $muted; font-size: ${small_pt}pt; }
QLabel[role="figure"] { font-size: ${figure_pt}pt; font-weight: 600; }
QLabel[role="state"] { font-weight: 600; }
QFrame[role="banner-warning"] {
    margin-top: 8px; background: $warning_surface; border: none; border-left: 4px solid $warning;
    border-top-right-radius: 6px; border-bottom-right-radius: 6px;
}
QFrame[role="banner-danger"] {
    margin-top: 8px; background: $danger_surface; border: none; border-left: 4px solid $danger;
    border-top-right-radius: 6px; border-bottom-right-radius: 6px;
}
QFrame[role="banner-info"] {
    margin-top: 8px; background: $info_surface; border: none; border-left: 4px solid $accent;
    border-top-right-radius: 6px; border-bottom-right-radius: 6px;
}
QPushButton, QToolButton, QTabBar, QRadioButton { outline: none; }
QPushButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 7px; padding: 6px 12px;
    min-height: ${line_px}px;
}
QPushButton:hover { border-color: $muted; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 11px; }
QPushButton:disabled { color: $muted; background: $window; border-color: $border; }
QDialog QPushButton:default, QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QDialog QPushButton:default:hover, QPushButton[role="primary"]:hover {
    background: $accent_hover; border-color: $accent_hover;
}
QDialog QPushButton:default:focus, QPushButton[role="primary"]:focus {
    border: 2px solid $text; padding: 5px 11px;
}
QDialog QPushButton:default:disabled, QPushButton[role="primary"]:disabled {
    background: $raised; color: $muted; border-color: $border;
}
QPushButton[role="danger"] { color: $danger; }
QPushButton[role="danger"]:hover { border-color: $danger; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 1px 4px; min-height: ${line_px}px;
}
QPushButton[role="small-link"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 0 3px; min-height: 0;
    font-size: ${small_pt}pt;
}
QPushButton[role="link"]:hover, QPushButton[role="small-link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus, QPushButton[role="link"]:default:focus {
    background: transparent; color: $accent; border: 1px solid $accent; padding: 1px 4px;
}
QPushButton[role="small-link"]:focus, QPushButton[role="small-link"]:default:focus {
    background: transparent; color: $accent; border: 1px solid $accent; padding: 0 3px;
}
QPushButton[role="link"]:disabled { color: $muted; }
QPushButton[role="choice"] {
    background: $surface; border: 1px solid $border; border-radius: 10px; padding: 0; text-align: left;
}
QPushButton[role="choice"]:hover { border-color: $accent; background: $info_surface; }
QPushButton[role="choice"]:focus { border: 2px solid $accent; background: $info_surface; padding: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $raised; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; background: transparent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled { color: $muted; background: $window; }
QAbstractSpinBox, QComboBox {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 6px; min-height: 28px;
}
QComboBox { padding: 0 22px 0 8px; }
QAbstractSpinBox { padding: 0 22px 0 0; }
QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on { border-color: $accent; }
QAbstractSpinBox:disabled, QComboBox:disabled { color: $muted; background: $window; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow, QAbstractSpinBox::down-arrow { image: url("$down_arrow"); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow { image: url("$up_arrow"); width: 12px; height: 12px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; background: transparent; border: none; width: 20px;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; padding-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; padding-bottom: 2px; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $border; selection-background-color: $accent;
    selection-color: $on_accent;
}
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 22px 6px 14px; border-radius: 5px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QScrollArea { background: transparent; border: none; }
QAbstractItemView {
    background: $surface; border: none; outline: none; selection-background-color: $info_surface;
    selection-color: $text;
}
QListView[role="choices"], QTableView, QScrollArea[role="stop"] { border: 1px solid transparent; }
QListView[role="choices"]:focus, QTableView:focus, QScrollArea[role="stop"]:focus { border-color: $accent; }
QListView[role="completions"] { border: 1px solid $border; padding: 3px; }
QListView[role="completions"]::item { padding: 5px 6px; }
QTableView { gridline-color: transparent; }
QTableView::item { padding: 2px 1px; border-bottom: 1px solid $track; }
QTableView::item:selected { background: $info_surface; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $border; padding: 5px 4px;
    text-align: left;
}
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 3px 2px; margin-right: 14px; font-weight: 600;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover:!selected { color: $text; }
QTabBar::tab:disabled { color: $muted; font-weight: 400; }
QTabBar::tab:focus { color: $accent; background: $info_surface; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 5px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; height: 0; width: 0;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QProgressBar { background: $track; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


_SIZES: Final = {"headline_pt": 1.5, "title_pt": 1.3, "small_pt": 0.88, "figure_pt": 1.4}
"""Font sizes as multiples of plain text."""

_ICONS: Final = files("ui") / "icons"
"""Style sheets load pictures from files only; their grey is visible in both themes."""


_LINE_PX: Final = 1.8
"""The height of a line of text for each point of it, in pixels: buttons are never lower, also for Devanagari, whose
signs stand above and below those of Latin letters.
"""


def make_stylesheet(theme: "Theme", *, points: float) -> str:
    """The style sheet of a theme. `points`: the size of plain text."""
    sizes = {name: f"{part * points:.1f}" for name, part in _SIZES.items()}
    sizes["line_px"] = f"{_LINE_PX * points:.0f}"
    arrows = {f"{name}_arrow": Path(str(_ICONS / f"{name}.svg")).as_posix() for name in ("up", "down")}
    others = sizes | arrows
    colours = {name: getattr(theme, name) for name in _TEMPLATE.get_identifiers() if name not in others}
    return _TEMPLATE.substitute(colours | others)


def set_role(widget: QWidget, role: str) -> None:
    """Sets the role by which the style sheet selects a widget; can be changed later."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
