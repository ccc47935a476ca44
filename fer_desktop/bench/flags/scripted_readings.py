"""What the program would read of a script, without a picture: as often wrong as its networks are."""

from typing import Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.expression import check_shipped_model
from fer_desktop.simulation.drawing import TrueTile, truth_at
from fer_desktop.simulation.script import Script, StudentMoment
from fer_desktop.types import (
    EXPRESSIONS,
    Box,
    Expression,
    FaceCues,
    FaceDetection,
    FaceReading,
    Floats,
    Frame,
    FrameResult,
    StageTimes,
    Tile,
    TileReading,
)

_LEAN: Final = 4.0
"""How much alike faces of one expression are read: a face that is misread once is mostly misread again."""
_STEADY: Final = 6.0
"""How much alike one face is read from second to second."""
_USUAL_OPENING: Final = (0.29, 0.04)
_OPENING_NOISE: Final = 0.02
_SHUT: Final = (0.55, 0.1)
"""Mean and spread of 44 photographs, and of what shutting their eyes made of it."""
_LOWERED: Final = 0.72
_SMILING: Final = 0.82
_TURN_NOISE_DEG: Final = 3.0
_SIGNS_EVERY: Final = 3


class ScriptedReadings:
    """Tiles, faces and students are those of the script."""

    def __init__(self, script: Script, *, seed: int, width: int, height: int) -> None:
        self._script = script
        self._rng = np.random.default_rng(seed)
        self._size = width, height
        self._confusion = _read_confusion()
        self._leans: dict[tuple[int, Expression], Floats] = {}
        students = len(script.students)
        self._openings = np.clip(self._rng.normal(*_USUAL_OPENING, students), 0.2, 0.4)
        self._shut = np.clip(self._rng.normal(*_SHUT, students), 0.3, 0.85)
        self._frame = Frame(0, 0.0, np.zeros((height, width, 3), np.uint8))

    def read(self, at_s: float) -> FrameResult:
        truth = truth_at(self._script, at_s, *self._size)
        moments = {moment.student: moment for moment in self._script.state_at(at_s).tiles}
        faces = tuple(
            self._read_face(index, tile.face, moments[tile.student], at_s)
            for index, tile in enumerate(truth)
            if tile.face is not None
        )
        return FrameResult(self._frame, tuple(_read_tile(tile) for tile in truth), faces, StageTimes(0, 0, 0, 0))

    def _read_face(self, index: int, box: Box, moment: StudentMoment, at_s: float) -> FaceReading:
        seen_now = (int(at_s) + moment.student) % _SIGNS_EVERY == 0
        cues = self._read_signs(moment) if seen_now else None
        keypoints = np.zeros((4, 2), np.float32)
        face = FaceDetection(box, 1.0, 1.0, keypoints, index, cues)
        return FaceReading(face, moment.student, self._read_expression(moment))

    def _read_expression(self, moment: StudentMoment) -> Floats:
        key = moment.student, moment.expression
        if key not in self._leans:
            row = self._confusion[EXPRESSIONS.index(moment.expression)]
            self._leans[key] = self._rng.dirichlet(_LEAN * row + 0.02).astype(np.float32)
        probabilities: Floats = self._rng.dirichlet(_STEADY * self._leans[key] + 0.02).astype(np.float32)
        return np.clip(probabilities, 0, 1)

    def _read_signs(self, moment: StudentMoment) -> FaceCues:
        opening = self._openings[moment.student - 1]
        opening *= self._shut[moment.student - 1] if moment.eye_open == 0 else 1 if moment.eye_open > 0.5 else _LOWERED
        if moment.expression is Expression.HAPPY:
            opening *= _SMILING
        yaw_deg, pitch_deg = self._rng.normal((moment.yaw_deg, moment.pitch_deg), _TURN_NOISE_DEG)
        return FaceCues(float(yaw_deg), float(pitch_deg), float(self._rng.normal(opening, _OPENING_NOISE)))


def _read_tile(tile: TrueTile) -> TileReading:
    return TileReading(Tile(tile.box, tile.camera_on), tile.student)


def _read_confusion() -> Floats:
    """(7, 7) shares: how the shipped network reads what most of ten people saw in faces of FER2013's PublicTest."""
    metrics = check_shipped_model().votes.get("PublicTest")
    if metrics is None:
        raise ModelError("the shipped model's card has no PublicTest figures: install FER Desktop again")
    counts = np.array(metrics.confusion, np.float32)
    shares: Floats = counts / counts.sum(axis=1, keepdims=True)
    return shares
