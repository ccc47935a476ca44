"""Drawn call windows: rooms with people in them, side by side as call apps lay them out."""

from functools import cache

import numpy as np

from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.face import FaceState
from fer_desktop.simulation.head import LEFT, TOP, Pose, draw_head, draw_head_hair
from fer_desktop.simulation.looks import make_people
from fer_desktop.simulation.muscles import EXPRESSION_MUSCLES
from fer_desktop.simulation.rooms import draw_body
from fer_desktop.simulation.script import make_script
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Expression, Image

DARK, LIGHT = 26, 250


@cache
def draw_people(width: int, height: int) -> tuple[Image, ...]:
    """Camera pictures of that size, one person each."""
    script = make_script(students=12, seconds=60, seed=5)
    scene = draw_scene(script, 0.0, 1280, 720)
    tiles = [tile for tile in truth_at(script, 0.0, 1280, 720) if tile.face]
    pictures = []
    for tile in tiles:
        left, top, tile_w, tile_h = tile.box.rounded()
        inner = scene[top + 4 : top + tile_h - 4, left + 4 : left + tile_w - 4]
        pictures.append(np.asarray(cv2.resize(inner, (width, height), interpolation=cv2.INTER_AREA), np.uint8))
    return tuple(pictures)


def draw_room(seed: int, width: int, height: int) -> Image:
    """A shaded wall, a head, shoulders: enough for a layout, too rough for a face to be found."""
    rng = np.random.default_rng(seed)
    wall = rng.integers(60, 230, 3) * np.linspace(0.8, 1.1, width)[None, :, None] * np.ones((height, 1, 1))
    room = np.clip(wall + rng.normal(0, 1.5, (height, width, 3)), 0, 255).astype(np.uint8)
    coat, skin = rng.integers(20, 200, 3).tolist(), rng.integers(60, 220, 3).tolist()
    cv2.ellipse(room, (width // 2, height), (width // 4, height // 3), 0, 0, 360, coat, -1)
    cv2.ellipse(room, (width // 2, height // 2), (height // 6, height // 4), 0, 0, 360, skin, -1)
    return room


def place(image: Image, picture: Image, x: int, y: int) -> Box:
    """Writes the picture into the image, as far as it lies inside; its box."""
    height, width = picture.shape[:2]
    rows, columns = max(0, min(height, image.shape[0] - y)), max(0, min(width, image.shape[1] - x))
    image[y : y + rows, x : x + columns] = picture[:rows, :columns]
    return Box(x, y, columns, rows)


def draw_backdrop(width: int, height: int) -> Image:
    """A soft picture in many colours."""
    blobs = np.random.default_rng(3).integers(40, 220, (4, 6, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(blobs, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def draw_slide(width: int, height: int) -> Image:
    """A light slide with a headline, lines of text and a bar chart."""
    slide = np.full((height, width, 3), 255, np.uint8)
    for row in range(5):
        cv2.putText(
            slide, "the cell divides", (20, 40 + 50 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 30), 2, cv2.LINE_AA
        )
    for bar in range(4):
        left = width // 2 + 60 * bar
        cv2.rectangle(slide, (left, height - 40 - 30 * bar), (left + 44, height - 30), (40 * bar, 120, 200), -1)
    return slide


def share_found(found: list[Box], true: list[Box]) -> float:
    """Of the true tiles, how many were found at an overlap above .8."""
    return sum(any(box.iou(other) > 0.8 for other in found) for box in true) / len(true)


def draw_person_before(backdrop: Image, number: int) -> Image:
    """The picture with a student in front of it, sharp and without noise."""
    looks = make_people(students=12, seed=5)[number][1]
    height, width = backdrop.shape[:2]
    unit_px, (x, y) = 0.235 * height * looks.head_size, (width / 2, 0.45 * height)
    picture = backdrop.copy()
    draw_body(picture, looks, centre_x=x, centre_y=y, unit_px=unit_px)
    state = FaceState(EXPRESSION_MUSCLES[Expression.NEUTRAL], 1.0, masked=False)
    head = draw_head(looks, Pose.FRONT, state, unit_px, draw_head_hair(looks, unit_px))
    shift = np.array([[1, 0, x + LEFT * unit_px], [0, 1, y + TOP * unit_px]], np.float64)
    placed = np.asarray(cv2.warpAffine(head, shift, (width, height)), np.float32)
    return np.asarray(np.clip(picture * (1 - placed[..., 3:] / 255) + placed[..., :3], 0, 255), np.uint8)


def blur(picture: Image, share: float = 0.05) -> Image:
    """As calls blur a wall, or a profile picture behind itself; a share of the width."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), share * picture.shape[1]), np.uint8)


def compress(image: Image, quality: int = 60) -> Image:
    """As a whole, as a stored screenshot or a shared recording is."""
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
