"""All colours of the app, light and dark.

The seven expressions take their hues from the palette of Okabe and Ito (2008), which remains distinct under the common
kinds of colour blindness; lightness is adjusted per theme for contrast with the background. Colour is never the only
cue: each expression also has its name and a fixed place in every list and stack.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from fer_desktop.types import Expression
from ui.stylesheet import make_stylesheet
from ui.words import STACK_ORDER


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, as #rrggbb. `expressions` is in the order of `STACK_ORDER`.

    `presences`: visible, face not seen, nobody in view, camera off, out of view; distinct in lightness as well as in
    hue.
    """

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    good: str
    warning: str
    warning_surface: str
    danger: str
    danger_surface: str
    info_surface: str
    track: str
    presences: tuple[str, str, str, str, str]
    expressions: tuple[str, str, str, str, str, str, str]

    def colour_of(self, expression: Expression) -> str:
        """The colour of an expression."""
        return self.expressions[STACK_ORDER.index(expression)]


LIGHT: Final = Theme(
    dark=False,
    window="#f3f5f8",
    surface="#ffffff",
    raised="#eef1f5",
    border="#d8dde4",
    text="#1a1f26",
    muted="#58626e",
    accent="#0a62b0",
    accent_hover="#084f8f",
    on_accent="#ffffff",
    good="#0b7a55",
    warning="#8a5300",
    warning_surface="#fff3d9",
    danger="#a8261c",
    danger_surface="#fdeae8",
    info_surface="#e6f0fa",
    track="#e6eaef",
    presences=("#0b7a55", "#7ccdb1", "#ac74c6", "#2f3640", "#e6eaef"),
    expressions=("#e69f00", "#c2a900", "#8b95a1", "#0072b2", "#cc79a7", "#d55e00", "#009e73"),
)

DARK: Final = Theme(
    dark=True,
    window="#14171c",
    surface="#1c2026",
    raised="#262b33",
    border="#343b45",
    text="#e7eaee",
    muted="#9da7b3",
    accent="#58aaf0",
    accent_hover="#7dbdf4",
    on_accent="#08131f",
    good="#45c295",
    warning="#f3c260",
    warning_surface="#362b12",
    danger="#ff938a",
    danger_surface="#3b1d1b",
    info_surface="#1a2a3b",
    track="#2b313a",
    presences=("#1fb98d", "#b5efdc", "#a66bc2", "#5b6673", "#2b313a"),
    expressions=("#f0a818", "#f0e442", "#8c97a4", "#56a8e0", "#d88bb6", "#e8702a", "#1fb98d"),
)


TEXT_SCALES: Final = {"small": 0.9, "normal": 1.0, "large": 1.2, "larger": 1.45}
"""Text sizes by name, as multiples of the system's own."""

_BASE_POINTS: Final = "text size of the system"
_FALLBACK_POINTS: Final = 10.0


def apply_theme(application: QApplication, choice: str, *, text_size: str = "normal") -> None:
    """Sets the colours and the text size of the whole app.

    `choice`: "light", "dark", or "system", which is light if the system has no preference. `text_size`: a key of
    `TEXT_SCALES`.
    """
    theme = pick_theme(choice, application.styleHints().colorScheme())
    points = _base_points(application) * TEXT_SCALES[text_size]
    font = application.font()
    font.setPointSizeF(points)
    application.setFont(font)
    application.setPalette(_make_palette(theme))
    application.setStyleSheet(make_stylesheet(theme, points=points))


def _base_points(application: QApplication) -> float:
    """The system's font size in points, stored at the first call; some systems set it in pixels only."""
    known = application.property(_BASE_POINTS)
    if isinstance(known, float):
        return known
    points = application.font().pointSizeF()
    points = points if points > 0 else _FALLBACK_POINTS
    application.setProperty(_BASE_POINTS, points)
    return points


def text_scale() -> float:
    """The text size as a multiple of the system's own."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return 1.0
    points = application.font().pointSizeF()
    return points / _base_points(application) if points > 0 else 1.0


def scaled(px: int) -> int:
    """A length in pixels, multiplied by the text scale."""
    return round(px * text_scale())


def pick_theme(choice: str, system: Qt.ColorScheme) -> Theme:
    """The theme of a setting. `system`: the system's preference."""
    if choice == "system":
        return DARK if system == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def current_theme() -> Theme:
    """The current theme, read from the application's palette."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def _make_palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for name, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Light: theme.raised,
        role.Accent: theme.accent,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, name, QColor(theme.muted))
    return palette
