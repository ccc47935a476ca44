"""The colours: what is told by colour can also be told apart by who sees no hues."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from ui.theme import DARK, LIGHT, Theme

LEAST_CONTRAST_OF_AREAS = 1.5
LEAST_CONTRAST_OF_TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_presences_stay_apart_without_hues(theme: Theme) -> None:
    for one, other in combinations(theme.presences, 2):
        assert contrast(one, other) >= LEAST_CONTRAST_OF_AREAS, (one, other)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_stand_out_from_what_they_stand_on(theme: Theme) -> None:
    for text, ground in (
        (theme.text, theme.window),
        (theme.text, theme.surface),
        (theme.text, theme.raised),
        (theme.muted, theme.surface),
        (theme.muted, theme.window),
        (theme.warning, theme.warning_surface),
        (theme.danger, theme.danger_surface),
        (theme.on_accent, theme.accent),
        (theme.accent, theme.surface),
    ):
        assert contrast(text, ground) >= LEAST_CONTRAST_OF_TEXT, (text, ground)
