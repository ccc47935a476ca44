"""Whether a face carries an expression that can be read, and if not, why.

The limits are where readings cease to agree with those of the same face without the obstacle, or where the network was
not measured.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image, PresenceReading, TilePresence, UnreadableReason
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.presence import MIN_PRESENCE, is_coarse


@dataclass(frozen=True, slots=True)
class _Limits:
    """Beyond these no expression is read."""

    least_px: float = 18.0
    """Side of the face box. At that size, compressed, 61 % of the readings of 684 news photographs were those of the
    full size; at 36 px 84 %."""
    nose_offset: float = 0.5
    """Distance of the nose from the middle between the eyes, in distances of the eyes: a turn of some 50 degrees. On
    615 photographs of the kind that the network was measured on, 99.5 % were below .4."""
    cover_chroma: float = 12.5
    """Distance in a and b of CIELAB. On 341 bare faces, bearded ones too, 99 % were below 10.2; with masks drawn over
    them 75 % were above 14."""


_LIMITS: Final = _Limits()


def find_unreadable(face: RawFace, presence: float, *, is_covered: bool) -> PresenceReading | None:
    """Why no expression is read from that face, as the presence of its tile; None where it can be read.

    `presence`: the landmark model's, 0 to 1. A face of which it is unsure is not read, unless it is too coarse for it.
    """
    reason = _find_reason(face, is_covered=is_covered)
    if reason is None and (presence >= MIN_PRESENCE or is_coarse(face.box)):
        return None
    return PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.FACE_UNREADABLE), reason)


def is_face_covered(image: Image, face: RawFace) -> bool:
    """Whether mouth and cheeks have another colour than the bridge of the nose: a mask. Its brightness says nothing,
    as beards and shadows are dark too.
    """
    left, right, nose, mouth = face.keypoints_px
    middle, across, down = (left + right) / 2, right - left, mouth - (left + right) / 2
    bridge = 0.7 * middle + 0.3 * nose
    lower = (mouth, middle + 0.75 * down - 0.45 * across, middle + 0.75 * down + 0.45 * across)
    radius = face.box.width / 12
    skin = _read_chroma(image, bridge, radius)
    distances = [float(np.linalg.norm(_read_chroma(image, point, radius) - skin)) for point in lower]
    return min(distances) > _LIMITS.cover_chroma


def _find_reason(face: RawFace, *, is_covered: bool) -> UnreadableReason | None:
    if min(face.box.width, face.box.height) < _LIMITS.least_px:
        return UnreadableReason.TOO_SMALL
    if _measure_nose_offset(face.keypoints_px) > _LIMITS.nose_offset:
        return UnreadableReason.TURNED
    return UnreadableReason.MASKED if is_covered else None


def _measure_nose_offset(keypoints_px: Floats) -> float:
    """Of the nose from the middle between the eyes, along their line, in distances of the eyes."""
    eyes = keypoints_px[1] - keypoints_px[0]
    offset = keypoints_px[2] - (keypoints_px[0] + keypoints_px[1]) / 2
    return abs(float(offset @ eyes)) / max(float(eyes @ eyes), 1e-6)


def _read_chroma(image: Image, point: Floats, radius: float) -> Floats:
    """(2,) mean a and b of CIELAB, 0 to 255, around a point of the image; grey outside it."""
    x, y, reach = round(float(point[0])), round(float(point[1])), max(1, round(radius))
    patch = image[max(0, y - reach) : max(0, y + reach + 1), max(0, x - reach) : max(0, x + reach + 1)]
    if not patch.size:
        return np.full(2, 128, np.float32)
    lab: Floats = cv2.cvtColor(patch, cv2.COLOR_BGR2LAB).reshape(-1, 3)[:, 1:].mean(axis=0, dtype=np.float32)
    return lab
