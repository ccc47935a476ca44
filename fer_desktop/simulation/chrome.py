"""The simulated call window around the pictures: strips, buttons, name labels, and cards of cameras that are off."""

from typing import Final

import numpy as np

from fer_desktop.simulation.labels import draw_text
from fer_desktop.simulation.layout import strip_heights
from fer_desktop.simulation.looks import Colour
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

BACKGROUND: Final[Colour] = (26, 26, 26)
SPEAKER: Final[Colour] = (96, 210, 120)
TITLE: Final = "Simulated class"
_CARD: Final[Colour] = (44, 41, 40)
_STRIP: Final[Colour] = (34, 32, 31)
_WHITE: Final[Colour] = (240, 240, 240)
_GREY: Final[Colour] = (170, 170, 170)
_BADGE: Final[Colour] = (160, 110, 20)
_Stroke = tuple[tuple[float, float], ...]
_BUTTONS: Final[dict[str, tuple[_Stroke, ...]]] = {
    "Mute": (
        ((-0.15, -0.5), (0.15, -0.5), (0.15, 0.1), (-0.15, 0.1), (-0.15, -0.5)),
        ((-0.35, 0.0), (-0.35, 0.3), (0.35, 0.3), (0.35, 0.0)),
        ((0.0, 0.3), (0.0, 0.55)),
    ),
    "Camera": (
        ((-0.5, -0.3), (0.2, -0.3), (0.2, 0.3), (-0.5, 0.3), (-0.5, -0.3)),
        ((0.2, -0.05), (0.5, -0.3), (0.5, 0.3), (0.2, 0.05)),
    ),
    "Participants": (
        ((-0.15, -0.45), (0.15, -0.45), (0.15, -0.1), (-0.15, -0.1), (-0.15, -0.45)),
        ((-0.4, 0.45), (-0.4, 0.15), (0.4, 0.15), (0.4, 0.45)),
    ),
    "Chat": (
        (
            (-0.1, 0.25),
            (-0.45, 0.25),
            (-0.45, -0.4),
            (0.45, -0.4),
            (0.45, 0.25),
            (0.15, 0.25),
            (-0.1, 0.5),
            (-0.1, 0.25),
        ),
    ),
    "Share": (((0.0, 0.5), (0.0, -0.45)), ((-0.3, -0.15), (0.0, -0.45), (0.3, -0.15))),
    "Raise hand": (((-0.3, 0.45), (-0.3, -0.1), (-0.1, -0.5), (0.1, -0.5), (0.3, -0.1), (0.3, 0.45), (-0.3, 0.45)),),
    "Leave": (((-0.3, -0.3), (0.3, 0.3)), ((-0.3, 0.3), (0.3, -0.3))),
}
"""Each button's word and icon; its strokes in units of the button's radius."""
_AVATARS: Final[tuple[Colour, ...]] = (
    (150, 96, 52),
    (60, 110, 170),
    (92, 130, 60),
    (130, 74, 130),
    (70, 84, 176),
    (140, 130, 56),
)


def draw_chrome(width: int, height: int, *, students: int) -> Image:
    """The window without tiles, (height, width, 3). Its title says that the class is simulated."""
    picture = np.full((height, width, 3), BACKGROUND, np.uint8)
    top, bottom = strip_heights(height)
    picture[:top] = _STRIP
    picture[height - bottom :] = _STRIP
    size = max(11, round(top * 0.42))
    title = draw_text(TITLE, size)
    pad = size // 2
    cv2.rectangle(
        picture,
        (pad, (top - title.shape[0]) // 2 - 1),
        (3 * pad + title.shape[1], (top + title.shape[0]) // 2 + 1),
        _BADGE,
        -1,
    )
    put_text(picture, title, 2 * pad, (top - title.shape[0]) // 2, _WHITE)
    people = "1 drawn student, no real person" if students == 1 else f"{students} drawn students, no real people"
    note = draw_text(people, max(10, round(top * 0.36)))
    left = 5 * pad + title.shape[1]
    if left + note.shape[1] < width:
        put_text(picture, note, left, (top - note.shape[0]) // 2, _GREY)
    _draw_buttons(picture, height - bottom, bottom)
    return picture


def _draw_buttons(picture: Image, top: int, strip: int) -> None:
    width = picture.shape[1]
    step = min(110, width // (len(_BUTTONS) + 1))
    first = (width - step * (len(_BUTTONS) - 1)) // 2
    for index, (word, strokes) in enumerate(_BUTTONS.items()):
        centre, middle, radius = first + index * step, top + round(strip * 0.36), strip * 0.24
        colour = (70, 70, 205) if word == "Leave" else (74, 70, 68)
        cv2.circle(picture, (centre, middle), round(radius), colour, -1, cv2.LINE_AA)
        for stroke in strokes:
            points = np.array([(centre + x * radius, middle + y * radius) for x, y in stroke]) * 16
            cv2.polylines(picture, [points.round().astype(np.int32)], False, _WHITE, 1, cv2.LINE_AA, shift=4)
        text = draw_text(word, max(8, round(strip * 0.2)))
        if text.shape[1] < step:
            put_text(picture, text, centre - text.shape[1] // 2, top + round(strip * 0.66), _GREY)


def draw_card(name: str, student: int, width: int, height: int) -> Image:
    """The tile of a camera that is off, (height, width, 3): initials in a circle."""
    picture = np.full((height, width, 3), _CARD, np.uint8)
    centre, radius = (width // 2, round(height * 0.46)), round(height * 0.21)
    cv2.circle(picture, centre, radius, _AVATARS[student % len(_AVATARS)], -1, cv2.LINE_AA)
    words = name.split()
    initials = draw_text((words[0][0] + words[-1][0]).upper(), max(9, round(radius * 0.85)))
    put_text(picture, initials, centre[0] - initials.shape[1] // 2, centre[1] - initials.shape[0] // 2, _WHITE)
    return picture


def draw_name(picture: Image, name: str) -> None:
    """Draws the name label into the tile's lower left corner. Changes `picture`."""
    height, width = picture.shape[:2]
    text = draw_text(name, max(9, min(18, height // 9)))
    pad = max(3, text.shape[0] // 4)
    tall, wide = text.shape[0] + 2, min(width, text.shape[1] + 2 * pad)
    box = picture[height - tall :, :wide]
    box[:] = (box * 0.35).astype(np.uint8)
    put_text(picture, text, pad, height - tall + 1, _WHITE)


def round_corners(picture: Image) -> None:
    """Rounds the corners as call windows do. Changes `picture`."""
    radius = max(2, min(10, picture.shape[0] // 14))
    places = np.arange(radius, dtype=np.float32) + 0.5
    away = np.hypot(radius - places[:, None], radius - places[None, :])
    inside = np.clip(radius - away + 0.5, 0, 1)[:, :, None]
    for rows, columns in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        corner = picture[::rows, ::columns][:radius, :radius]
        corner[:] = (corner * inside + np.asarray(BACKGROUND, np.float32) * (1 - inside)).astype(np.uint8)


def put_text(picture: Image, text: Image, left: int, top: int, colour: Colour) -> None:
    """Draws text (its cover, see `draw_text`), clipped at the picture's edges. Changes `picture`."""
    left, top = max(0, left), max(0, top)
    target = picture[top : top + text.shape[0], left : left + text.shape[1]]
    alpha = text[: target.shape[0], : target.shape[1], None] / np.float32(255)
    target[:] = (target * (1 - alpha) + np.asarray(colour, np.float32) * alpha).astype(np.uint8)
