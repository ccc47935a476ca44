"""Aligns faces to the frame of a FER2013 picture, on which the classifier was trained."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import FACE_CROP_SIZE_PX, FER2013_KEYPOINTS, FaceDetection, Floats, Image

CANONICAL_KEYPOINTS: Final = np.array(FER2013_KEYPOINTS, np.float32)
_WEIGHTS: Final = np.array([1.0, 1.0, 0.25, 1.0], np.float32)
"""Of the keypoints in the fit: the nose tip moves as the head turns, so it counts little."""


def align_faces(image: Image, faces: Sequence[FaceDetection]) -> Image:
    """(n, 48, 48) uint8 grey crops of the faces. Beyond the picture its edge is repeated."""
    crops = np.empty((len(faces), FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8)
    for crop, face in zip(crops, faces, strict=True):
        _align(image, face.keypoints_px, crop)
    return crops


def _align(image: Image, keypoints_px: Floats, crop: Image) -> None:
    matrix = fit_similarity(keypoints_px, CANONICAL_KEYPOINTS * FACE_CROP_SIZE_PX)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    # warpAffine reads four pixels a point: a large face is sampled finer, then averaged, to prevent aliasing.
    factor = int(np.clip(np.ceil(1 / scale), 1, 8)) if scale > 0 else 1
    size = FACE_CROP_SIZE_PX * factor
    patch = cv2.warpAffine(
        image, matrix * factor, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    crop[:] = grey if factor == 1 else cv2.resize(grey, crop.shape, interpolation=cv2.INTER_AREA)


def fit_similarity(source: Floats, target: Floats) -> Floats:
    """(2, 3) matrix of the rotation, one scale and shift that bring `source` (n, 2) nearest to `target`.

    Weighted least squares in closed form (Umeyama 1991, without reflection).
    """
    weights = (_WEIGHTS / _WEIGHTS.sum())[:, None]
    source_mean, target_mean = (source * weights).sum(axis=0), (target * weights).sum(axis=0)
    a, b = source - source_mean, (target - target_mean) * weights
    spread = float(((a**2) * weights).sum())
    if spread < 1e-6:
        return np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    cosine = float((a * b).sum()) / spread
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / spread
    rotation = np.array([[cosine, -sine], [sine, cosine]], np.float32)
    return np.hstack([rotation, (target_mean - rotation @ source_mean)[:, None]]).astype(np.float32)
