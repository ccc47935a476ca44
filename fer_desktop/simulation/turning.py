"""Turns the picture of a head that was drawn from the front, as if it were painted on a head's round shape."""

from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image

_CENTRE_Y: Final = 0.14
_HALF_WIDTH, _HALF_HEIGHT, _DEPTH = 0.98, 1.30, 1.0
_NOSE_Y, _NOSE_DEPTH = 0.42, 0.24


def turn_head(head: Image, *, yaw_deg: float, pitch_deg: float, eyes_px: tuple[float, float], unit_px: float) -> Image:
    """The head, (h, w, 4), turned to the picture's right by `yaw_deg` and up by `pitch_deg`.

    `eyes_px`: the middle between the eyes, in pixels of the picture; `unit_px`: pixels of the face's unit.
    """
    turned = _turn_aside(head, yaw_deg, eyes_px, unit_px)
    if pitch_deg == 0:
        return turned
    upright = np.ascontiguousarray(turned.transpose(1, 0, 2))
    return np.ascontiguousarray(
        _turn_aside(upright, -pitch_deg, eyes_px[::-1], unit_px, transposed=True).transpose(1, 0, 2)
    )


def _turn_aside(
    head: Image, angle_deg: float, eyes_px: tuple[float, float], unit_px: float, *, transposed: bool = False
) -> Image:
    """Turns along the picture's rows. `transposed`: the rows run along the head's height."""
    if angle_deg == 0:
        return head
    if angle_deg < 0:  # mirrored, so that what turns out of sight is always at the rows' ends
        mirrored = np.ascontiguousarray(head[:, ::-1])
        eyes = head.shape[1] - 1 - eyes_px[0], eyes_px[1]
        return np.ascontiguousarray(_turn_aside(mirrored, -angle_deg, eyes, unit_px, transposed=transposed)[:, ::-1])
    height, width = head.shape[:2]
    columns = np.arange(width, dtype=np.float32)
    along = (columns - eyes_px[0]) / unit_px
    across = (np.arange(height, dtype=np.float32)[:, None] - eyes_px[1]) / unit_px
    x, y = (across, np.broadcast_to(along, (height, width))) if transposed else (along, across)
    angle = np.radians(angle_deg)
    moved = along * np.cos(angle) + _depth_at(x, y) * np.sin(angle)
    places = np.maximum.accumulate(moved, axis=1) + 1e-5 * columns
    source = np.stack([np.interp(along, row, columns) for row in places]).astype(np.float32)
    rows = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], (height, width))
    return np.asarray(cv2.remap(head, source, np.ascontiguousarray(rows), cv2.INTER_LINEAR), np.uint8)


def _depth_at(x: Floats, y: Floats) -> Floats:
    """How far a head stands out towards the camera at each place, in units: an ellipsoid with a nose."""
    skull = _DEPTH * np.sqrt(np.clip(1 - (x / _HALF_WIDTH) ** 2 - ((y - _CENTRE_Y) / _HALF_HEIGHT) ** 2, 0, 1))
    nose = _NOSE_DEPTH * np.exp(-0.5 * ((x / 0.13) ** 2 + ((y - _NOSE_Y) / 0.22) ** 2))
    depth: Floats = (skull + nose).astype(np.float32)
    return depth
