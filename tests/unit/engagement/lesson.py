"""A class that is shown to an observer, second by second."""

import numpy as np

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.types import (
    Box,
    EventKind,
    FaceReading,
    FlagKind,
    Floats,
    FrameResult,
    Merge,
    Observation,
    SecondRecord,
    StageTimes,
    StudentState,
    Tile,
    TilePresence,
    TileReading,
)
from tests.fakes import make_face, make_frame, make_presence, make_probabilities

BOX = Box(0, 0, 100, 60)
RULES = FlagRules(away_after_s=20, camera_off_after_s=15, negative_after_s=10, baseline_s=10, repeat_after_s=30)
HAPPY = make_probabilities(happy=0.9)


Students = dict[int, Floats | str | None]


def result_of(
    students: Students,
    *,
    names: dict[int, str] | None = None,
    merges: tuple[Merge, ...] = (),
    out_of_view: frozenset[int] = frozenset(),
) -> FrameResult:
    """By student: the probabilities of a face, "off" for a camera that is off, "there" for a person without a readable
    face, None for a camera that shows nobody.
    """
    tiles = tuple(
        TileReading(
            Tile(BOX, camera_on=not isinstance(what, str) or what != "off", name=(names or {}).get(student)),
            student,
            make_presence(_presence_of(what)),
        )
        for student, what in students.items()
    )
    faces = tuple(
        FaceReading(make_face(BOX, tile=index), student, what)
        for index, (student, what) in enumerate(students.items())
        if isinstance(what, np.ndarray)
    )
    return FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0), merges, out_of_view)


def _presence_of(what: Floats | str | None) -> TilePresence:
    if isinstance(what, np.ndarray):
        return TilePresence.FACE
    return {"off": TilePresence.CAMERA_OFF, "there": TilePresence.UNREADABLE, None: TilePresence.EMPTY}[what]


class Lesson:
    """Feeds an observer second by second."""

    def __init__(self, rules: FlagRules = RULES, *, names_allowed: bool = False) -> None:
        self.observer = ClassObserver(rules, names_allowed=names_allowed)
        self.second = 0
        self.records: list[SecondRecord] = []
        self.last: Observation | None = None

    def show(
        self,
        students: Students,
        *,
        seconds: int = 1,
        frames: int = 2,
        names: dict[int, str] | None = None,
        merges: tuple[Merge, ...] = (),
        out_of_view: frozenset[int] = frozenset(),
    ) -> "Lesson":
        for _ in range(seconds):
            for _ in range(frames):
                result = result_of(students, names=names, merges=merges, out_of_view=out_of_view)
                merges = ()
                self.last, record = self.observer.observe(result, self.second)
                self.records += [record] if record else []
            self.second += 1
        return self

    def state(self, student: int) -> StudentState:
        """As the next frame would show it."""
        record = self.observer.finish()
        self.records += [record] if record else []
        observation, _ = self.observer.observe(result_of({}), self.second)
        self.observer.finish()
        self.second += 1
        return next(state for state in observation.students if state.student == student)

    def events(self) -> list[tuple[EventKind, FlagKind | None]]:
        return [(event.kind, event.flag) for record in self.records for event in record.events]
