"""A generated class for measuring the window: observations without any reading of pictures."""

import math
from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.session import LatestSlot
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.types import (
    EXPRESSIONS,
    Box,
    ClassMood,
    Expression,
    FaceDetection,
    FaceReading,
    Flag,
    FlagKind,
    Floats,
    Frame,
    FrameResult,
    Image,
    Observation,
    PipelineState,
    PipelineStats,
    Presence,
    PresenceReading,
    StageTimes,
    StudentState,
    Tile,
    TilePresence,
    TileReading,
)

FRAME_SIZE: Final = (1280, 720)
FRAMES_PER_SECOND: Final = 5
_SHOWN: Final = (Expression.NEUTRAL, Expression.HAPPY, Expression.NEUTRAL, Expression.SURPRISE, Expression.SAD, None)
_FACE: Final = PresenceReading(TilePresence.FACE, Message(MessageKey.FACE_SEEN))
_CARD: Final = PresenceReading(TilePresence.CAMERA_OFF, Message(MessageKey.CARD_SEEN))
_PRESENT_S: Final = 240
_ABSENT_S: Final = 150
_FLAG_AFTER_S: Final = 60


class ScriptedClass:
    """Observations of students who change expressions, leave, switch cameras off, and are flagged when that lasts.

    The same frame number gives the same observation.
    """

    def __init__(self, students: int) -> None:
        self._students = students

    def observe(self, index: int) -> Observation:
        """The observation of frame `index`, five a second."""
        second = index // FRAMES_PER_SECOND
        states = tuple(self._describe(number, second) for number in range(1, self._students + 1))
        frame = Frame(index, index / FRAMES_PER_SECOND, self._images[index % len(self._images)])
        tiles, faces = [], []
        for position, state in enumerate(states):
            tile, face = self._boxes[position]
            shift = 3 * math.sin(index / 5 + position)
            camera_on = state.presence is not Presence.CAMERA_OFF
            tiles.append(TileReading(Tile(tile, camera_on), state.student, _FACE if camera_on else _CARD))
            if state.presence is Presence.VISIBLE:
                found = FaceDetection(face.shifted(shift, 0), 0.9, 1.0, np.zeros((4, 2), np.float32), position)
                faces.append(FaceReading(found, state.student, None))
        result = FrameResult(frame, tuple(tiles), tuple(faces), StageTimes(5, 40, 2, 60))
        cameras_on = sum(reading.tile.camera_on for reading in tiles)
        mood = ClassMood(second, _shares_at(second), len(faces), len(faces), cameras_on, len(states), 0.6)
        return Observation(result, second, mood, states)

    def _describe(self, number: int, second: int) -> StudentState:
        period = _PRESENT_S + _ABSENT_S
        phase = (second + 37 * number) % period
        flags: tuple[Flag, ...] = ()
        presence, since = Presence.VISIBLE, max(0, second - phase)
        if phase >= _PRESENT_S and number % 3 == 0:
            presence = Presence.AWAY if number % 2 else Presence.CAMERA_OFF
            since = max(0, second - (phase - _PRESENT_S))
            if second - since >= _FLAG_AFTER_S:
                kind = FlagKind.AWAY if presence is Presence.AWAY else FlagKind.CAMERA_OFF
                key = MessageKey.NOT_IN_CALL if presence is Presence.AWAY else MessageKey.CAMERA_OFF
                flags = (Flag(kind, number, since, Message(key, lasted_s=second - since)),)
        visible = presence is Presence.VISIBLE
        expression = _SHOWN[(second // 3 + 7 * number) % len(_SHOWN)] if visible else None
        return StudentState(number, pseudonym(number), presence, since, expression, 0.7, flags)

    @cached_property
    def _boxes(self) -> list[tuple[Box, Box]]:
        columns = math.ceil(math.sqrt(self._students))
        width, height = FRAME_SIZE[0] / columns, FRAME_SIZE[1] / columns
        side = height * 0.5
        boxes = []
        for position in range(self._students):
            left, top = position % columns * width, position // columns * height
            boxes.append(
                (Box(left, top, width, height), Box(left + (width - side) / 2, top + height * 0.2, side, side))
            )
        return boxes

    @cached_property
    def _images(self) -> list[Image]:
        random = np.random.default_rng(1)
        size = (FRAME_SIZE[1], FRAME_SIZE[0], 3)
        return [random.integers(0, 256, size, dtype=np.uint8) for _ in range(2)]


def _shares_at(second: int) -> Floats:
    waves = np.sin(second / (20.0 + 7 * np.arange(len(EXPRESSIONS)))) + 1.2
    waves[EXPRESSIONS.index(Expression.NEUTRAL)] += 2
    shares: Floats = (waves / waves.sum()).astype(np.float32)
    return shares


class ScriptedSession:
    """Stands in for a running session: `publish` acts as the inference thread, everything else does nothing."""

    fault: Message | None = None
    notice: Message | None = None
    picture_lost: Message | None = None
    session_id: int | None = None
    expressions_on = True
    state = PipelineState.RUNNING
    kept = KeptSeconds(0, 0, 0)
    stats = PipelineStats(0, 0, 0, float(FRAMES_PER_SECOND), 120.0, 180.0)

    def __init__(self) -> None:
        self.observations: LatestSlot[Observation] = LatestSlot()
        self._wake: Callable[[], None] = lambda: None

    def publish(self, observation: Observation) -> None:
        """Makes it the newest observation and wakes the window."""
        self.observations.put(observation)
        self._wake()

    def set_wake(self, callback: Callable[[], None], /) -> None:
        """`callback`: called after each new observation, from its thread."""
        self._wake = callback

    def start(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def stop(self, *, patience_s: float | None = None) -> None: ...

    def stop_waiting(self) -> None: ...

    def interrupt(self, reason: Message) -> None: ...

    def raise_fault(self) -> None: ...

    def bookmark(self, note: str, /, *, second: int | None = None) -> None: ...

    def note(self, student: int | None, text: str, /, *, second: int | None = None) -> None: ...

    def exclude(self, student: int, /) -> None: ...

    def include(self, student: int, /) -> None: ...

    def remove(self, student: int, /) -> None: ...

    def restore(self, student: int, /) -> None: ...

    def erase(self, student: int, /) -> None: ...

    def dismiss(self, flag: Flag, /) -> None: ...

    def rename(self, student: int, name: str, /) -> None: ...

    def merge(self, student: int, into: int, /) -> None: ...
