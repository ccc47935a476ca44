"""When two pictures count as the same look: another scale of the screen does, a changed word does not."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from fer_desktop.types import Image
from tests.ui.looks.compare import ANOTHER_SCALE, find_difference, shrink


@dataclass(frozen=True)
class Look:
    """A small window, drawn by hand."""

    words: str = "22 of 27 visible"
    button_left: float = 150
    button_colour: str = "#0a62b0"
    height: int = 120


LOOK = Look()


def draw(look: Look, scale: float = 1.0) -> Image:
    picture = QImage(QSize(300, look.height) * scale, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(QColor("#f3f5f8"))
    font = QFont(["DejaVu Sans"], 10)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(QColor("#1a1f26"))
    painter.drawText(QRectF(16, 16, 268, 24), Qt.AlignmentFlag.AlignLeft, look.words)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.button_colour))
    painter.drawRoundedRect(QRectF(look.button_left, 72, 120, 32), 7, 7)
    painter.end()
    return shrink(picture)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_another_scale_of_the_screen_is_the_same_look(qtbot: QtBot, scale: float) -> None:
    assert find_difference(draw(LOOK, scale), draw(LOOK), ANOTHER_SCALE) is None


@pytest.mark.parametrize(
    "look",
    [
        replace(LOOK, words="22 of 27 behind"),
        replace(LOOK, words="22 of 27"),
        replace(LOOK, words=""),
        replace(LOOK, button_left=153),
        replace(LOOK, button_colour="#a8261c"),
    ],
    ids=["another word", "a word less", "no words", "a moved button", "another colour"],
)
def test_a_visible_change_is_a_difference(qtbot: QtBot, look: Look) -> None:
    assert find_difference(draw(look), draw(LOOK)) is not None


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(
    "look",
    [
        replace(LOOK, words=""),
        replace(LOOK, button_left=156),
        replace(LOOK, button_colour="#a8261c"),
    ],
    ids=["no words", "a moved button", "another colour"],
)
def test_a_plain_change_is_a_difference_at_every_scale(qtbot: QtBot, look: Look, scale: float) -> None:
    assert find_difference(draw(look, scale), draw(LOOK), ANOTHER_SCALE) is not None


def test_the_difference_names_its_place(qtbot: QtBot) -> None:
    difference = find_difference(draw(replace(LOOK, words="22 of 27")), draw(LOOK))
    assert difference is not None
    assert "around 80, 16" in difference


def test_another_size_is_a_difference(qtbot: QtBot) -> None:
    taller = replace(LOOK, height=130)
    assert find_difference(draw(taller), draw(LOOK)) == "its size is 150 x 65, and was 150 x 60"
