"""What heads and video calls do to a 48 px face, one plain function each: grey uint8 (48, 48) in and out."""

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import FACE_CROP_SIZE_PX as SIDE_PX
from fer_desktop.types import Image


def move_face(
    image: Image, *, turn_deg: float, zoom: float, shift_px: tuple[float, float], mirrored: bool = False
) -> Image:
    """One warp about the centre; what comes in at the edges is the picture reflected."""
    angle = np.deg2rad(turn_deg)
    cosine, sine = zoom * np.cos(angle), zoom * np.sin(angle)
    flip = -1.0 if mirrored else 1.0
    matrix = np.array([[flip * cosine, -sine, 0.0], [flip * sine, cosine, 0.0]])
    centre = np.array([(SIDE_PX - 1) / 2, (SIDE_PX - 1) / 2])
    matrix[:, 2] = centre + np.array(shift_px) - matrix[:, :2] @ centre
    size = (SIDE_PX, SIDE_PX)
    return _as_image(cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))


def change_exposure(image: Image, *, gain: float, offset: float) -> Image:
    """Contrast about the picture's mean times `gain`, brightness plus `offset` grey levels, clipped to 0..255."""
    mean = float(image.mean())
    return np.clip((image - mean) * gain + mean + offset, 0, 255).astype(np.uint8)


def shrink(image: Image, *, side_px: int) -> Image:
    """Down to `side_px` and up again: a face that is small on the screen."""
    small = cv2.resize(image, (side_px, side_px), interpolation=cv2.INTER_AREA)
    return _as_image(cv2.resize(small, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_LINEAR))


def blur(image: Image, *, sigma_px: float) -> Image:
    """A Gaussian blur: out of focus, or moving."""
    return _as_image(cv2.GaussianBlur(image, (0, 0), sigma_px))


def compress(image: Image, *, quality: int) -> Image:
    """Through JPEG of that quality (0 to 100) and back: the blocks of a tight connection."""
    _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _as_image(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE))


def cut_side(image: Image, *, side: int, width_px: int, grey: int) -> Image:
    """One flat grey strip at a side (0 top, counted clockwise): the face leaves its tile."""
    turned = np.rot90(image, side).copy()
    turned[:width_px] = grey
    return np.ascontiguousarray(np.rot90(turned, -side))


def cover(image: Image, *, left_px: int, top_px: int, width_px: int, height_px: int, grey: int) -> Image:
    """One flat grey box: a hand, a cup, a microphone."""
    covered = image.copy()
    covered[top_px : top_px + height_px, left_px : left_px + width_px] = grey
    return covered


def _as_image(array: "cv2.typing.MatLike") -> Image:
    return np.asarray(array, dtype=np.uint8)
