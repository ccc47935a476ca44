"""The parts of a student's picture that do not move: room, neck and shoulders."""

from collections.abc import Callable
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.looks import Looks, Room
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image

_BOOKS: Final = ((60, 60, 140), (120, 80, 50), (70, 110, 70), (60, 110, 160), (150, 150, 160), (40, 40, 50))
_CHAIR: Final = (48, 62, 84)
_NOISE_LEVELS: Final = 2.2
"""Standard deviation of the noise that makes a picture look like a webcam's."""


def draw_room(looks: Looks, width: int, height: int) -> Image:
    """The room behind a student, slightly out of focus. (height, width, 3)."""
    rng = np.random.default_rng(looks.seed)
    y, x = np.linspace(0, 1, height, dtype=np.float32)[:, None], np.linspace(0, 1, width, dtype=np.float32)[None, :]
    light = 0.95 - 0.22 * y + 0.16 * looks.light_side * (x - 0.5)
    room = np.asarray(looks.wall, np.float32) * light[:, :, None]
    _FURNISH[looks.room](room, rng, width, height)
    blur = height * (0.035 if looks.room is Room.BLURRED else 0.010)
    blurred: Image = np.clip(cv2.GaussianBlur(room, (0, 0), max(0.6, blur)), 0, 255).astype(np.uint8)
    return blurred


def add_noise(picture: Image, seed: int) -> Image:
    """The picture with a webcam's noise; the same seed gives the same noise."""
    noise = np.random.default_rng(seed).normal(0, _NOISE_LEVELS, picture.shape[:2]).astype(np.float32)
    return np.clip(picture + noise[:, :, None], 0, 255).astype(np.uint8)


def draw_body(picture: Image, looks: Looks, *, centre_x: float, centre_y: float, unit_px: float) -> None:
    """Paints neck and shoulders under a face whose (0, 0) lies at the centre, in pixels. Changes `picture`."""
    canvas = SoftCanvas(
        left=-centre_x / unit_px,
        top=-centre_y / unit_px,
        right=(picture.shape[1] - centre_x) / unit_px,
        bottom=(picture.shape[0] - centre_y) / unit_px,
        pixels_per_unit=unit_px,
    )
    height, width = min(picture.shape[0], canvas.cover.shape[0]), min(picture.shape[1], canvas.cover.shape[1])
    canvas.colour[:height, :width] = picture[:height, :width]
    side = 1 + 0.16 * looks.light_side * canvas.x / 1.5
    _paint_neck(canvas, looks, side)
    _paint_shoulders(canvas, looks, side)
    picture[:height, :width] = np.clip(canvas.colour[:height, :width], 0, 255).astype(np.uint8)


def draw_chair(picture: Image, *, centre_x: float, centre_y: float, unit_px: float) -> None:
    """Paints the back of an empty chair where a student would sit. Changes `picture`."""
    left, right = (round(centre_x + side * 0.85 * unit_px) for side in (-1, 1))
    top, thick = round(centre_y + 1.0 * unit_px), max(2, round(0.16 * unit_px))
    for y in range(top, picture.shape[0], max(4, round(0.5 * unit_px))):
        cv2.line(picture, (left, y), (right, y), _CHAIR, thick, cv2.LINE_AA)
    for x in (left, right):
        cv2.line(picture, (x, top), (x, picture.shape[0]), _CHAIR, thick, cv2.LINE_AA)


def _paint_neck(canvas: SoftCanvas, looks: Looks, side: Floats) -> None:
    half = 0.46 + 0.30 * np.clip(canvas.y - 1.5, 0, 1) ** 2
    neck = canvas.edge(half - np.abs(canvas.x)) * (canvas.y > 0.6)
    shadow = 0.55 + 0.33 * np.clip((canvas.y - 1.25) / 0.5, 0, 1)
    canvas.paint(
        canvas.whole, neck.astype(np.float32), np.asarray(looks.skin, np.float32) * (shadow * side)[:, :, None]
    )


def _paint_shoulders(canvas: SoftCanvas, looks: Looks, side: Floats) -> None:
    across = np.abs(canvas.x)
    slope = 1.62 + 0.16 * across + 0.55 * np.clip(across - 1.25, 0, 3) ** 1.6
    collar = 1.98 - 1.6 * across**2
    top = np.maximum(slope, np.where(across < 0.62, collar, slope))
    depth = np.minimum(canvas.y - top, (2.25 - across) * 0.7)
    folds = 0.05 * np.sin(canvas.x * 5 + canvas.y * 3 + looks.seed % 5)
    light = (0.88 + folds) * side * (1 - 0.12 * np.clip(canvas.y - 1.9, 0, 1))
    rim = 1 - 0.25 * np.exp(-0.5 * (depth / 0.06) ** 2)
    cloth = np.asarray(looks.clothing, np.float32) * (light * rim)[:, :, None]
    canvas.paint(canvas.whole, canvas.edge(depth), cloth)


def _leave_plain(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    if rng.random() < 0.5:
        cv2.rectangle(room, (0, 0), (int(width * rng.uniform(0.08, 0.2)), height), (room[0, 0] * 0.72).tolist(), -1)


def _put_bookshelf(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    left, right = (0, int(width * 0.42)) if rng.random() < 0.5 else (int(width * 0.58), width)
    cv2.rectangle(room, (left, 0), (right, height), (52, 70, 92), -1)
    shelf = max(8, height // 4)
    for bottom in range(shelf, height + shelf, shelf):
        x = left + 2
        while x < right - 2:
            thick = max(2, int(height * rng.uniform(0.02, 0.05)))
            tall = int(shelf * rng.uniform(0.6, 0.85))
            colour = np.asarray(_BOOKS[int(rng.integers(len(_BOOKS)))]) * rng.uniform(0.7, 1.2)
            cv2.rectangle(room, (x, bottom - tall), (min(x + thick, right), bottom - 3), colour.tolist(), -1)
            x += thick + 1
        cv2.rectangle(room, (left, bottom - 3), (right, bottom), (38, 52, 70), -1)


def _put_window(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    left = int(width * (0.04 if rng.random() < 0.5 else 0.64))
    right, bottom = left + int(width * 0.32), int(height * 0.62)
    sky = np.linspace(1, 0.8, max(1, bottom), dtype=np.float32)[:, None, None] * np.array([238, 226, 208], np.float32)
    room[:bottom, left:right] = sky
    thick = max(1, height // 40)
    for x in (left, (left + right) // 2, right):
        cv2.line(room, (x, 0), (x, bottom), (226, 230, 232), thick)
    cv2.line(room, (left, bottom), (right, bottom), (214, 220, 224), 2 * thick)


def _hang_pictures(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    for centre in (0.16, 0.86):
        half_w, half_h = int(width * rng.uniform(0.05, 0.10)), int(height * rng.uniform(0.10, 0.17))
        x, y = int(width * centre), int(height * rng.uniform(0.22, 0.38))
        cv2.rectangle(room, (x - half_w, y - half_h), (x + half_w, y + half_h), (44, 50, 60), -1)
        inner = (0.6 * rng.integers(110, 190) + 0.4 * rng.integers(60, 230, 3)).tolist()
        edge = max(1, height // 45)
        cv2.rectangle(room, (x - half_w + edge, y - half_h + edge), (x + half_w - edge, y + half_h - edge), inner, -1)


def _draw_curtain(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    folds = 1 + 0.10 * np.sin(np.linspace(0, 60 * rng.uniform(0.7, 1.3), width, dtype=np.float32))
    room *= folds[None, :, None]


def _blur_shapes(room: Floats, rng: np.random.Generator, width: int, height: int) -> None:
    for _ in range(6):
        centre = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        colour = (room[height // 2, width // 2] * rng.uniform(0.5, 1.25)).tolist()
        cv2.circle(room, centre, int(height * rng.uniform(0.08, 0.25)), colour, -1)


_FURNISH: Final[dict[Room, Callable[[Floats, np.random.Generator, int, int], None]]] = {
    Room.PLAIN_WALL: _leave_plain,
    Room.BOOKSHELF: _put_bookshelf,
    Room.WINDOW: _put_window,
    Room.PICTURES: _hang_pictures,
    Room.CURTAIN: _draw_curtain,
    Room.BLURRED: _blur_shapes,
}
