"""Scores a finished demo: what the session stored, and what it saw meanwhile, against the script."""

from array import array
from dataclasses import dataclass, replace

from fer_desktop.app import flag_rules
from fer_desktop.settings import Settings
from fer_desktop.simulation.flag_score import FlagScore, list_expected, score_flags
from fer_desktop.simulation.score import DemoScore, ObservedFace, assign_students, score_session
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.simulation.timeline import Span
from fer_desktop.simulation.trials import SHORTEST_S, make_trial
from fer_desktop.storage.store import Store
from fer_desktop.types import Box, Observation, StudentSecond


class SightingRecorder:
    """Notes where each student was seen in each second. Called by the inference thread, read after it has ended.

    Keeps plain numbers in one array, so that a demo of hours needs little memory.
    """

    def __init__(self) -> None:
        self.first_captured_at_s: float | None = None
        self._second = -1
        self._seen: set[int] = set()
        self._numbers = array("d")

    def publish(self, observation: Observation) -> None:
        """Notes the first sighting of each student in the observation's second."""
        captured_at_s = observation.result.frame.captured_at_s
        if self.first_captured_at_s is None:
            self.first_captured_at_s = captured_at_s
        if observation.second != self._second:
            self._second = observation.second
            self._seen.clear()
        for face in observation.result.faces:
            if face.student is not None and face.student not in self._seen:
                self._seen.add(face.student)
                box = face.face.box
                at_s = captured_at_s - self.first_captured_at_s
                self._numbers.extend((at_s, face.student, box.x, box.y, box.width, box.height))

    def sightings(self) -> list[ObservedFace]:
        """All sightings, in order."""
        rows = zip(*[iter(self._numbers)] * 6, strict=True)
        return [ObservedFace(at_s, int(student), Box(*box)) for at_s, student, *box in rows]


@dataclass(frozen=True, slots=True)
class DemoClass:
    """The class of a demo. `drop`: when the mood of the whole class falls, if it does."""

    script: Script
    drop: Span | None


def make_demo_class(*, students: int, seconds: float, seed: int) -> DemoClass:
    """A class that calls for flags where there is time for it. Raises `SettingsError`."""
    if seconds < SHORTEST_S:
        return DemoClass(make_script(students=students, seconds=seconds, seed=seed), None)
    trial = make_trial(students=students, seconds=seconds, seed=seed)
    return DemoClass(trial.script, trial.drop)


def score_demo(
    store: Store,
    session_id: int,
    demo: DemoClass,
    observed: list[ObservedFace],
    *,
    offset_s: float,
    scene_size: tuple[int, int],
) -> tuple[DemoScore, tuple[FlagScore, ...]]:
    """The score, and that of each kind of flag that was raised or due.

    `offset_s`: the script's time when the session's second 0 began. `scene_size`: width and height of the scene, which
    `observed` boxes refer to.
    """
    width, height = scene_size
    seconds = read_seconds(store, session_id)
    score = score_session(demo.script, seconds, observed=observed, offset_s=offset_s, width=width, height=height)
    flags = score_flags(
        list_expected(demo.script, flag_rules(Settings()), drop=demo.drop),
        [replace(event, second=round(event.second + offset_s)) for event in store.events(session_id)],
        assign_students(demo.script, observed, offset_s=offset_s, width=width, height=height),
    )
    return score, tuple(each for each in flags.values() if each.raised or each.due)


def read_seconds(store: Store, session_id: int) -> list[tuple[int, list[StudentSecond]]]:
    """The recorded seconds of a session with their students' samples."""
    seconds: dict[int, list[StudentSecond]] = {int(second): [] for second in store.mood_series(session_id).seconds}
    for summary in store.students(session_id):
        series = store.student_series(session_id, summary.student)
        for index, second in enumerate(series.seconds.tolist()):
            face = bool(series.face_found[index])
            sample = StudentSecond(
                student=summary.student,
                face_found=face,
                person_seen=bool(series.person_seen[index]),
                camera_on=bool(series.camera_on[index]),
                tile_seen=bool(series.tile_seen[index]),
                probabilities=series.probabilities[index] if face else None,
            )
            seconds.setdefault(second, []).append(sample)
    return sorted(seconds.items())
