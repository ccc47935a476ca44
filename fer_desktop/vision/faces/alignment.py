"""Aligns faces to the frame of a FER2013 picture, on which the classifier was trained."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import FACE_CROP_SIZE_PX, FER2013_KEYPOINTS, FaceDetection, Floats, Image

CANONICAL_KEYPOINTS: Final = np.array(FER2013_KEYPOINTS, np.float32)
_WEIGHTS: Final = np.array([1.0, 1.0, 0.25, 1.0], np.float32)
"""Of the keypoints in the fit: the nose tip moves as the head turns, so it counts little."""
_LEAST_SPREAD: Final = 1e-6


def align_faces(image: Image, faces: Sequence[FaceDetection]) -> Image:
    """(n, 48, 48) uint8 grey crops of the faces. Beyond the picture its edge is repeated."""
    crops = np.empty((len(faces), FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8)
    keypoints_px = np.array([face.keypoints_px for face in faces], np.float32).reshape(-1, *CANONICAL_KEYPOINTS.shape)
    matrices = fit_similarities(keypoints_px, CANONICAL_KEYPOINTS * FACE_CROP_SIZE_PX)
    for crop, matrix in zip(crops, matrices, strict=True):
        _align(image, matrix, crop)
    return crops


def _align(image: Image, matrix: Floats, crop: Image) -> None:
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    # warpAffine reads four pixels a point: a large face is sampled finer, then averaged, to prevent aliasing.
    factor = int(np.clip(np.ceil(1 / scale), 1, 8)) if scale > 0 else 1
    size = FACE_CROP_SIZE_PX * factor
    patch = cv2.warpAffine(
        image, matrix * factor, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    crop[:] = grey if factor == 1 else cv2.resize(grey, crop.shape, interpolation=cv2.INTER_AREA)


def fit_similarities(sources: Floats, target: Floats) -> Floats:
    """(m, 2, 3) matrices of the rotation, one scale and shift that bring each of `sources` (m, n, 2) nearest to
    `target` (n, 2).

    Weighted least squares in closed form (Umeyama 1991, without reflection); the identity where points fall together.
    """
    weights = (_WEIGHTS / _WEIGHTS.sum())[:, None]
    source_means, target_mean = (sources * weights).sum(axis=1, keepdims=True), (target * weights).sum(axis=0)
    a, b = sources - source_means, (target - target_mean) * weights
    spreads = ((a**2) * weights).sum(axis=(1, 2))
    apart = spreads >= _LEAST_SPREAD
    spreads = np.where(apart, spreads, 1)
    cosines = (a * b).sum(axis=(1, 2)) / spreads
    sines = (a[..., 0] * b[:, 1] - a[..., 1] * b[:, 0]).sum(axis=1) / spreads
    rotations = np.stack([cosines, -sines, sines, cosines], axis=1).reshape(-1, 2, 2)
    shifts = target_mean - (source_means @ rotations.transpose(0, 2, 1))[:, 0]
    matrices: Floats = np.concatenate([rotations, shifts[..., None]], axis=2).astype(np.float32)
    matrices[~apart] = np.eye(2, 3, dtype=np.float32)
    return matrices
