"""MediaPipe's short-range face detector (BlazeFace) on one picture: letterbox, run, decode, suppress.

Constants are those of MediaPipe's own graph (`face_detection_short_range_common.pbtxt`, `face_detection.pbtxt`):
128 px input in -1..1, strides 8, 16, 16, 16 with two anchors a cell each, scores through a sigmoid, score
threshold .5, weighted suppression at IoU .3. A test compares the boxes with those of MediaPipe's Tasks API.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.model_files import FACE_DETECTION
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.faces.mediapipe_models import load_interpreter
from fer_desktop.vision.halving import halve_towards

_INPUT_PX: Final = 128
_ANCHORS_PER_GRID: Final = ((16, 2), (8, 6))  # cells a side, anchors a cell (three layers of stride 16 run together)
_MIN_OVERLAP: Final = 0.3
KEYPOINTS: Final = 4
"""Of the model's six: the eye at the picture's left, the eye at its right, nose tip, mouth centre; not the ears."""


@dataclass(frozen=True, slots=True, eq=False)
class RawFace:
    """A detection that is not verified, in pixels of the picture that was searched; `keypoints_px`: (4, 2)."""

    box: Box
    score: float
    keypoints_px: Floats


@dataclass(frozen=True, slots=True)
class _Letterbox:
    """Scale and offset of a picture in the network's input."""

    scale: float
    left: int
    top: int


class BlazeFace:
    """One interpreter; not for several threads at once."""

    def __init__(self, *, min_score: float = 0.5) -> None:
        self._min_logit = float(np.log(min_score / (1 - min_score)))
        self._interpreter = load_interpreter(FACE_DETECTION)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda output: int(output["shape"][-1]))
        self._scores, self._boxes = (output["index"] for output in outputs)
        self._anchors = _make_anchors()
        self._canvas = np.zeros((_INPUT_PX, _INPUT_PX, 3), np.uint8)

    def find(self, image: Image) -> list[RawFace]:
        """Faces of a BGR picture, best first."""
        if min(image.shape[:2]) < 2:
            return []
        self._canvas[:] = 0
        letterbox = self._draw(image, Box(0, 0, _INPUT_PX, _INPUT_PX))
        coordinates, scores = self._run()
        return _to_faces(coordinates, scores, letterbox)

    def find_pair(self, first: Image, second: Image) -> tuple[list[RawFace], list[RawFace]]:
        """Faces of two BGR pictures in one run of the network, each in one half of its input: above each other, or
        beside each other where the first is higher than wide.
        """
        wide = first.shape[1] >= first.shape[0]
        half, whole = _INPUT_PX / 2, _INPUT_PX
        areas = (
            (Box(0, 0, whole, half), Box(0, half, whole, half))
            if wide
            else (Box(0, 0, half, whole), Box(half, 0, half, whole))
        )
        self._canvas[:] = 0
        letterboxes = [self._draw(image, area) for image, area in zip((first, second), areas, strict=True)]
        coordinates, scores = self._run()
        in_second = coordinates[:, 0, 1 if wide else 0] >= half
        return (
            _to_faces(coordinates[~in_second], scores[~in_second], letterboxes[0]),
            _to_faces(coordinates[in_second], scores[in_second], letterboxes[1]),
        )

    def _draw(self, image: Image, area: Box) -> _Letterbox:
        """Puts the picture, scaled and centred, into that part of the input."""
        picture, halvings = halve_towards(image, area.width, area.height)
        height, width = picture.shape[:2]
        scale = min(area.width / width, area.height / height)
        inner_w, inner_h = max(1, round(width * scale)), max(1, round(height * scale))
        left = int(area.x) + (int(area.width) - inner_w) // 2
        top = int(area.y) + (int(area.height) - inner_h) // 2
        inner = cv2.resize(picture, (inner_w, inner_h), interpolation=cv2.INTER_LINEAR)
        self._canvas[top : top + inner_h, left : left + inner_w] = cv2.cvtColor(inner, cv2.COLOR_BGR2RGB)
        return _Letterbox(scale / 2**halvings, left, top)

    def _run(self) -> tuple[Floats, Floats]:
        """Candidates in pixels of the input: (n, 8, 2) coordinates and (n,) scores.

        The coordinates: an anchor's centre, size, then six keypoints.
        """
        tensor = self._canvas.astype(np.float32)
        tensor *= 1 / 127.5
        tensor -= 1
        self._interpreter.set_tensor(self._input, tensor[None])
        self._interpreter.invoke()
        logits = self._interpreter.get_tensor(self._scores)[0, :, 0]
        likely = np.flatnonzero(logits >= self._min_logit)
        coordinates = self._interpreter.get_tensor(self._boxes)[0, likely].reshape(len(likely), 8, 2)
        # All but the size are offsets from the anchor.
        coordinates[:, [0, *range(2, 8)]] += self._anchors[likely, None] * _INPUT_PX
        return coordinates, 1 / (1 + np.exp(-np.clip(logits[likely], -100, 100)))


def _to_faces(coordinates: Floats, scores: Floats, letterbox: _Letterbox) -> list[RawFace]:
    """The faces in pixels of the picture that was drawn with that letterbox, best first."""
    if not len(scores):
        return []
    coordinates[:, [0, *range(2, 8)]] -= (letterbox.left, letterbox.top)
    coordinates /= letterbox.scale
    return [_to_face(merged, score) for merged, score in _suppress(coordinates, scores)]


def _make_anchors() -> Floats:
    """(896, 2): each anchor's centre as fractions of the input."""
    centres = []
    for cells, anchors in _ANCHORS_PER_GRID:
        rows, columns = np.mgrid[0:cells, 0:cells]
        grid = (np.stack([columns, rows], axis=-1).reshape(-1, 2) + 0.5) / cells
        centres.append(np.repeat(grid, anchors, axis=0))
    anchors_xy: Floats = np.concatenate(centres).astype(np.float32)
    return anchors_xy


def _suppress(coordinates: Floats, scores: Floats) -> list[tuple[Floats, float]]:
    """Merges overlapping candidates into one, weighted by their scores (MediaPipe's weighted suppression)."""
    corners = np.concatenate([coordinates[:, 0] - coordinates[:, 1] / 2, coordinates[:, 0] + coordinates[:, 1] / 2], 1)
    remaining = np.argsort(scores)[::-1]
    faces = []
    while len(remaining):
        overlap = _ious(corners[remaining[0]], corners[remaining])
        group = remaining[overlap > _MIN_OVERLAP]
        weights = scores[group] / scores[group].sum()
        faces.append(((coordinates[group] * weights[:, None, None]).sum(axis=0), float(scores[group[0]])))
        remaining = remaining[overlap <= _MIN_OVERLAP]
    return faces


def _ious(corner: Floats, corners: Floats) -> Floats:
    low, high = np.maximum(corner[:2], corners[:, :2]), np.minimum(corner[2:], corners[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    areas = (corners[:, 2:] - corners[:, :2]).prod(axis=1)
    own = (corner[2:] - corner[:2]).prod()
    ious: Floats = shared / np.maximum(areas + own - shared, 1e-6)
    return ious


def _to_face(coordinates: Floats, score: float) -> RawFace:
    (x, y), (width, height) = coordinates[0], np.maximum(coordinates[1], 0)
    box = Box(float(x - width / 2), float(y - height / 2), float(width), float(height))
    return RawFace(box, score, coordinates[2 : 2 + KEYPOINTS].astype(np.float32))
