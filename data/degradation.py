"""The changes that head movements and video calls make to a face, one function each: grey (48, 48) uint8 in and out."""

from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import FACE_CROP_SIZE_PX as SIDE_PX
from fer_desktop.types import FER2013_KEYPOINTS, Image

_LENS_WIDTH: Final = 0.36
_LENS_HEIGHT: Final = 0.27
"""Half the width and height of a lens of spectacles, as shares of the distance of the eyes."""


def move_face(
    image: Image, *, turn_deg: float, zoom: float, shift_px: tuple[float, float], mirrored: bool = False
) -> Image:
    """Rotation, zoom, shift and mirroring about the centre in one warp; the edges are filled by reflection."""
    angle = np.deg2rad(turn_deg)
    cosine, sine = zoom * np.cos(angle), zoom * np.sin(angle)
    flip = -1.0 if mirrored else 1.0
    matrix = np.array([[flip * cosine, -sine, 0.0], [flip * sine, cosine, 0.0]])
    centre = np.array([(SIDE_PX - 1) / 2, (SIDE_PX - 1) / 2])
    matrix[:, 2] = centre + np.array(shift_px) - matrix[:, :2] @ centre
    size = (SIDE_PX, SIDE_PX)
    return _as_image(cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))


def change_exposure(image: Image, *, gain: float, offset: float) -> Image:
    """Multiplies the contrast about the mean by `gain` and adds `offset` grey levels, clipped to 0..255."""
    mean = float(image.mean())
    return np.clip((image - mean) * gain + mean + offset, 0, 255).astype(np.uint8)


def change_gamma(image: Image, *, gamma: float) -> Image:
    """Raises grey levels, as shares of 255, to the power of `gamma`: above 1, dark tones sink, as at dusk."""
    table = np.round(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
    return _as_image(table[image])


def shrink(image: Image, *, side_px: int) -> Image:
    """Scales down to `side_px` and up again, as for a face that is small on the screen."""
    small = cv2.resize(image, (side_px, side_px), interpolation=cv2.INTER_AREA)
    return _as_image(cv2.resize(small, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_LINEAR))


def blur(image: Image, *, sigma_px: float) -> Image:
    """A Gaussian blur, as for a face out of focus or in motion."""
    return _as_image(cv2.GaussianBlur(image, (0, 0), sigma_px))


def compress(image: Image, *, quality: int) -> Image:
    """Compresses as JPEG of `quality` 0 to 100 and decodes: the block artefacts of a slow connection."""
    _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return _as_image(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE))


def cut_side(image: Image, *, side: int, width_px: int, grey: int) -> Image:
    """Covers a strip at one side (0 top, 1 right, 2 bottom, 3 left) in grey, as for a face at the edge of its tile."""
    turned = np.rot90(image, side).copy()
    turned[:width_px] = grey
    return np.ascontiguousarray(np.rot90(turned, -side))


def cover(image: Image, *, left_px: int, top_px: int, width_px: int, height_px: int, grey: int) -> Image:
    """Covers a box in grey, as a hand, a cup or a microphone does."""
    covered = image.copy()
    covered[top_px : top_px + height_px, left_px : left_px + width_px] = grey
    return covered


def draw_glasses(image: Image, *, grey: int) -> Image:
    """Draws spectacles with rims of `grey` around the eyes of an aligned face: two lenses and a bridge."""
    drawn = image.copy()
    (left, top), (right, bottom) = ((round(SIDE_PX * x), round(SIDE_PX * y)) for x, y in FER2013_KEYPOINTS[:2])
    width, height = round(_LENS_WIDTH * (right - left)), round(_LENS_HEIGHT * (right - left))
    for centre in ((left, top), (right, bottom)):
        cv2.ellipse(drawn, centre, (width, height), 0, 0, 360, (float(grey),), 1)
    cv2.line(drawn, (left + width, top), (right - width, bottom), (float(grey),), 1)
    return drawn


def _as_image(array: "cv2.typing.MatLike") -> Image:
    return np.asarray(array, dtype=np.uint8)
