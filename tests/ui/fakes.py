"""Fakes of the engine: a session that tests drive by hand, and observations of any class."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event as Gate

import numpy as np

from fer_desktop.errors import SessionInterruptedError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.values import (
    KeptSeconds,
)
from fer_desktop.types import (
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
    Observation,
    PipelineState,
    PipelineStats,
    Presence,
    StageTimes,
    StudentState,
    Tile,
    TilePresence,
    TileReading,
)
from tests.evidence import NOT_IN_CALL
from tests.fakes import make_presence
from ui.desktop_keys import Key


class FakeSlot:
    """Holds one observation until it is fetched."""

    def __init__(self) -> None:
        self.held: Observation | None = None

    def take(self, timeout_s: float | None = None) -> Observation | None:
        held, self.held = self.held, None
        return held


def make_open_gate() -> Gate:
    gate = Gate()
    gate.set()
    return gate


class FakeKeys:
    """A desktop's keys that a test presses; all but `taken` are available."""

    def __init__(self, *, taken: frozenset[Key] = frozenset()) -> None:
        self._taken = taken
        self.held: frozenset[Key] = frozenset()
        self._pressed: Callable[[Key], None] = lambda _: None

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        self._pressed = pressed
        self.held = frozenset(keys) - self._taken
        return self.held

    def release(self) -> None:
        self.held = frozenset()

    def press(self, key: Key) -> None:
        if key in self.held:
            self._pressed(key)


@dataclass
class FakeLiveSession:
    """Records every call in `calls`."""

    state: PipelineState = PipelineState.STOPPED
    fault: Message | None = None
    notice: Message | None = None
    picture_lost: Message | None = None
    session_id: int | None = 1
    expressions_on: bool = True
    stats: PipelineStats = field(
        default_factory=lambda: PipelineStats(
            frames_captured=200,
            frames_analysed=197,
            frames_dropped=3,
            frames_per_second=4.9,
            latency_p50_ms=118.0,
            latency_p95_ms=170.0,
        )
    )
    observations: FakeSlot = field(default_factory=FakeSlot)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    wake: Callable[[], None] = field(default=lambda: None)
    gate: Gate = field(default_factory=make_open_gate)
    """While it is closed, `stop` waits."""
    store_gate: Gate = field(default_factory=make_open_gate)
    """While it is closed, the store takes nothing."""
    kept: KeptSeconds = field(default_factory=lambda: KeptSeconds(0, 0, 0))

    def set_wake(self, callback: Callable[[], None]) -> None:
        self.wake = callback

    def publish(self, observation: Observation) -> None:
        """As the inference thread does it."""
        self.observations.held = observation
        self.wake()

    def start(self) -> None:
        self.calls.append(("start",))
        self.state = PipelineState.RUNNING

    def pause(self) -> None:
        self.calls.append(("pause",))
        self.state = PipelineState.PAUSED

    def resume(self) -> None:
        self.calls.append(("resume",))
        self.state = PipelineState.RUNNING

    def stop(self, *, patience_s: float | None = None) -> None:
        self.gate.wait(5)
        self.calls.append(("stop",))
        self.state = PipelineState.STOPPED
        self.store_gate.wait(10)

    def stop_waiting(self) -> None:
        self.calls.append(("stop waiting",))
        self.store_gate.set()

    def interrupt(self, reason: Message, /) -> None:
        self.stop()
        self.fault = reason

    def raise_fault(self) -> None:
        if self.fault is not None:
            raise SessionInterruptedError(self.fault)

    def bookmark(self, note: str, /, *, second: int | None = None) -> None:
        self.calls.append(("bookmark", note, second))

    def note(self, student: int | None, text: str, /, *, second: int | None = None) -> None:
        self.calls.append(("note", student, text, second))

    def exclude(self, student: int) -> None:
        self.calls.append(("exclude", student))

    def remove(self, student: int) -> None:
        self.calls.append(("remove", student))

    def restore(self, student: int) -> None:
        self.calls.append(("restore", student))

    def erase(self, student: int) -> None:
        self.calls.append(("erase", student))

    def include(self, student: int) -> None:
        self.calls.append(("include", student))

    def dismiss(self, flag: Flag) -> None:
        self.calls.append(("dismiss", flag))

    def rename(self, student: int, name: str) -> None:
        self.calls.append(("rename", student, name))

    def merge(self, student: int, into: int) -> None:
        self.calls.append(("merge", student, into))


def make_student(
    number: int,
    presence: Presence = Presence.VISIBLE,
    *,
    since: int = 0,
    expression: Expression | None = Expression.NEUTRAL,
    flags: Sequence[Flag] = (),
    excluded: bool = False,
) -> StudentState:
    return StudentState(
        student=number,
        label=f"Student {number}",
        presence=presence,
        since_second=since,
        expression=expression if presence is Presence.VISIBLE else None,
        confidence=0.7,
        flags=tuple(flags),
        excluded=excluded,
    )


def make_flag(student: int, kind: FlagKind = FlagKind.AWAY, since: int = 60, evidence: Message = NOT_IN_CALL) -> Flag:
    return Flag(kind, student, since, evidence)


def make_class(students: int, second: int, *, seed: int = 3) -> list[StudentState]:
    """A plausible class: most are there, one in twelve has a flag."""
    rng = np.random.default_rng(seed)
    states = []
    for number in range(1, students + 1):
        kind = rng.choice(list(Presence), p=[0.78, 0.04, 0.02, 0.06, 0.04, 0.06])
        expression = rng.choice(list(Expression), p=[0.04, 0.02, 0.03, 0.27, 0.06, 0.06, 0.52])
        since = max(0, second - int(rng.integers(5, 400)))
        flags = []
        if kind == Presence.AWAY:
            flags.append(make_flag(number, FlagKind.AWAY, since))
        elif number == 7:
            flags.append(make_flag(number, FlagKind.NEGATIVE, since, Message(MessageKey.NEGATIVE, lasted_s=70)))
        states.append(make_student(number, Presence(kind), since=since, expression=Expression(expression), flags=flags))
    return states


def make_frame(students: int, width: int = 1280, height: int = 720) -> tuple[Frame, list[Box]]:
    """A grey gallery with plain heads, and the heads' boxes."""
    image = np.full((height, width, 3), 34, np.uint8)
    columns = int(np.ceil(np.sqrt(max(1, students))))
    tile_width, tile_height = width // columns, height // columns
    boxes = []
    for number in range(students):
        left, top = number % columns * tile_width, number // columns * tile_height
        image[top + 3 : top + tile_height - 3, left + 3 : left + tile_width - 3] = (70 + number * 3 % 60, 80, 90)
        side = tile_height * 0.5
        box = Box(left + (tile_width - side) / 2, top + tile_height * 0.2, side, side)
        x, y, w, h = box.rounded()
        image[y : y + h, x : x + w] = (120, 150, 190)
        boxes.append(box)
    return Frame(0, 0.0, image), boxes


def make_observation(
    students: Sequence[StudentState],
    second: int,
    *,
    probabilities: Floats | None = None,
    width: int = 1280,
    height: int = 720,
) -> Observation:
    """What the pipeline would publish for these students; every visible one has a face in the frame."""
    frame, boxes = make_frame(len(students), width, height)
    tiles, faces = [], []
    for index, (state, box) in enumerate(zip(students, boxes, strict=True)):
        camera_on = state.presence is not Presence.CAMERA_OFF
        shown = TilePresence.FACE if camera_on else TilePresence.CAMERA_OFF
        tiles.append(TileReading(Tile(box, camera_on), state.student, make_presence(shown)))
        if state.presence is Presence.VISIBLE:
            face = FaceDetection(box, 0.9, 1.0, np.zeros((4, 2), np.float32), index)
            faces.append(FaceReading(face, state.student, probabilities))
    result = FrameResult(frame, tuple(tiles), tuple(faces), StageTimes(5, 40, 2, 60))
    mood = ClassMood(
        second=second,
        probabilities=probabilities if faces else None,
        faces=len(faces),
        people=len(faces),
        cameras_on=sum(tile.tile.camera_on for tile in tiles),
        students=len(students),
    )
    return Observation(result, second, mood, tuple(students))
