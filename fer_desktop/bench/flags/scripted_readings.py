"""Simulates what the program reads of a script, without drawing it: as often wrong as its networks are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.expression import check_shipped_model
from fer_desktop.messages import Message, MessageKey
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
    PresenceReading,
    StageTimes,
    Tile,
    TilePresence,
    TileReading,
)


@dataclass(frozen=True, slots=True)
class _ExpressionNoise:
    """Concentrations of the Dirichlet distributions from which probabilities are drawn: higher is more alike."""

    between_faces: float = 4.0
    """How alike different faces of one expression are read: a face that is misread once is mostly misread again."""
    between_seconds: float = 6.0
    """How alike one face is read from second to second."""
    floor: float = 0.02
    """Added to every class, so that none has a concentration of 0."""


@dataclass(frozen=True, slots=True)
class _CueNoise:
    """Mean and standard deviation of the eye opening on 44 photographs, and what reduces it, as factors."""

    open_eyes: tuple[float, float] = (0.29, 0.04)
    shut_factor: tuple[float, float] = (0.55, 0.1)
    lowered_factor: float = 0.72
    smiling_factor: float = 0.82
    opening_sd: float = 0.02
    turn_sd_deg: float = 3.0
    every_s: int = 3
    """Landmarks are read of each face once in so many seconds."""


_PERSON_PERCENT: Final = 20
"""Of the picture, that a person fills."""
_EXPRESSION_NOISE: Final = _ExpressionNoise()
_CUE_NOISE: Final = _CueNoise()


class ScriptedReadings:
    """Readings of one script: its tiles, faces and students, with simulated expressions and cues.

    For calls in order of time: the random numbers are drawn as they come.
    """

    def __init__(self, script: Script, *, seed: int, width: int, height: int) -> None:
        self._script = script
        self._rng = np.random.default_rng(seed)
        self._size = width, height
        self._confusion = _read_confusion()
        self._means: dict[tuple[int, Expression], Floats] = {}
        students = len(script.students)
        self._open_eyes = np.clip(self._rng.normal(*_CUE_NOISE.open_eyes, students), 0.2, 0.4)
        self._shut_factors = np.clip(self._rng.normal(*_CUE_NOISE.shut_factor, students), 0.3, 0.85)
        self._frame = Frame(0, 0.0, np.zeros((height, width, 3), np.uint8))

    def read(self, at_s: float) -> FrameResult:
        """The result of a frame at that time of the script; the frame itself is black."""
        truth = truth_at(self._script, at_s, *self._size)
        moments = {moment.student: moment for moment in self._script.state_at(at_s).tiles}
        faces = tuple(
            self._read_face(index, tile.face, moments[tile.student], at_s)
            for index, tile in enumerate(truth)
            if tile.face is not None
        )
        return FrameResult(self._frame, tuple(_read_tile(tile) for tile in truth), faces, StageTimes(0, 0, 0, 0))

    def _read_face(self, index: int, box: Box, moment: StudentMoment, at_s: float) -> FaceReading:
        has_cues = (int(at_s) + moment.student) % _CUE_NOISE.every_s == 0
        cues = self._read_cues(moment) if has_cues else None
        keypoints = np.zeros((4, 2), np.float32)
        face = FaceDetection(box, 1.0, 1.0, keypoints, index, cues)
        return FaceReading(face, moment.student, self._read_expression(moment))

    def _read_expression(self, moment: StudentMoment) -> Floats:
        """(7,) probabilities around the mean of this face and expression."""
        noise, key = _EXPRESSION_NOISE, (moment.student, moment.expression)
        if key not in self._means:
            row = self._confusion[EXPRESSIONS.index(moment.expression)]
            self._means[key] = self._rng.dirichlet(noise.between_faces * row + noise.floor).astype(np.float32)
        concentrations = noise.between_seconds * self._means[key] + noise.floor
        probabilities: Floats = self._rng.dirichlet(concentrations).astype(np.float32)
        return np.clip(probabilities, 0, 1)

    def _read_cues(self, moment: StudentMoment) -> FaceCues:
        opening = self._open_eyes[moment.student - 1]
        if moment.eye_open == 0:
            opening *= self._shut_factors[moment.student - 1]
        elif moment.eye_open <= 0.5:
            opening *= _CUE_NOISE.lowered_factor
        if moment.expression is Expression.HAPPY:
            opening *= _CUE_NOISE.smiling_factor
        yaw_deg, pitch_deg = self._rng.normal((moment.yaw_deg, moment.pitch_deg), _CUE_NOISE.turn_sd_deg)
        return FaceCues(float(yaw_deg), float(pitch_deg), float(self._rng.normal(opening, _CUE_NOISE.opening_sd)))


def _read_tile(tile: TrueTile) -> TileReading:
    return TileReading(Tile(tile.box, tile.camera_on), tile.student, _read_presence(tile))


def _read_presence(tile: TrueTile) -> PresenceReading:
    if tile.face is not None:
        return PresenceReading(TilePresence.FACE, Message(MessageKey.FACE_SEEN))
    if not tile.camera_on:
        return PresenceReading(TilePresence.CAMERA_OFF, Message(MessageKey.CARD_SEEN))
    if tile.turned_away:
        return PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.PERSON_SEEN, percent=_PERSON_PERCENT))
    return PresenceReading(TilePresence.EMPTY, Message(MessageKey.NOBODY_SEEN))


def _read_confusion() -> Floats:
    """(7, 7) shares of what the shipped network reads (columns) in faces of FER2013's PublicTest on which most of ten
    people agree (rows).
    """
    metrics = check_shipped_model().votes.get("PublicTest")
    if metrics is None:
        raise ModelError("the shipped model's card has no PublicTest figures: install FER Desktop again")
    counts = np.array(metrics.confusion, np.float32)
    shares: Floats = counts / counts.sum(axis=1, keepdims=True)
    return shares
