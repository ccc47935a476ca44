"""Writes `web/tests/golden/engagement-*.json.gz`: what the Python observer makes of simulated classes, for the web app.

Each file has the frames that were read, the teacher's commands, and what followed: every event, the class and the
students second by second, and the students' states every ten seconds. The port in `web/src/engagement` is held to it.
`--check` changes nothing and reports what is out of date.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.bench.flags.scripted_readings import ScriptedReadings
from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.messages import Message, MessageKey
from fer_desktop.simulation.trials import make_trial
from fer_desktop.types import (
    ClassMood,
    Event,
    FaceReading,
    FlagKind,
    Floats,
    FrameResult,
    Merge,
    PresenceReading,
    SecondRecord,
    StudentSecond,
    StudentState,
    TilePresence,
    TileReading,
    UnreadableReason,
)

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "web" / "tests" / "golden"
_DECIMALS: Final = 6
_STATES_EVERY_S: Final = 10

Command = tuple[str, int | None, int | str | None]
"""What the teacher does: "exclude", "include", "merge" or "dismiss", a student, and the other student or the flag."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A class to observe. `disturbed`: with pauses, pages of the call, faces that cannot be read, and commands."""

    name: str
    students: int
    seconds: int
    seed: int
    frames_per_second: int = 1
    disturbed: bool = False
    min_group_size: int = 1
    rules: FlagRules = field(default_factory=FlagRules)


_QUICK: Final = FlagRules(away_after_s=20, camera_off_after_s=20, repeat_after_s=15)
"""Flags that come often, so that some recur after they were dismissed."""
SCENARIOS: Final = (
    Scenario("calm", students=10, seconds=520, seed=7),
    Scenario("disturbed", 8, 500, seed=1, frames_per_second=2, disturbed=True, min_group_size=5, rules=_QUICK),
)
_PAUSES: Final = (range(60, 75), range(200, 204), range(300, 345))
_OTHER_PAGES: Final = (range(220, 250), range(260, 270), range(160, 184), range(380, 404))
"""While the first three students are on another page of the call."""
_LOOKS_ABOUT: Final = range(120, 240)
"""While the third student looks to the left and to the right in turn."""
_LATE_NUMBER: Final = 40
"""Under which the second student appears from `_RENUMBERED` until the analyzer, or the teacher, joins the numbers."""
_RENUMBERED: Final = range(100, 130)


def play(scenario: Scenario) -> dict[str, Any]:
    """The scenario's frames and commands with what the observer made of them."""
    observer = ClassObserver(scenario.rules, min_group_size=scenario.min_group_size)
    steps: list[dict[str, Any]] = []
    for second, frames, commands in _make_steps(scenario):
        records = [observer.observe(frame, second)[1] for frame in frames]
        for command in commands:
            _obey(observer, command)
        steps.append(_describe_step(second, frames, commands, records[0], observer))
    last = observer.finish()
    return {
        "rules": asdict(scenario.rules),
        "min_group_size": scenario.min_group_size,
        "steps": steps,
        "last": None if last is None else _describe_record(last),
    }


def _make_steps(scenario: Scenario) -> Iterator[tuple[int, list[FrameResult], list[Command]]]:
    trial = make_trial(students=scenario.students, seconds=float(scenario.seconds), seed=scenario.seed)
    readings = ScriptedReadings(trial.script, seed=scenario.seed, width=1280, height=720)
    rng = random.Random(scenario.seed)
    step_s = 1 / scenario.frames_per_second
    for second in range(scenario.seconds):
        frames = [_round(readings.read(second + step_s * (index + 0.5))) for index in range(scenario.frames_per_second)]
        if not scenario.disturbed:
            yield second, frames, []
        elif not any(second in pause for pause in _PAUSES):
            yield second, [_disturb(frame, second, rng) for frame in frames], _commands_at(second)


def _commands_at(second: int) -> list[Command]:
    commands: Mapping[int, list[Command]] = {
        150: [("merge", _LATE_NUMBER, 2)],
        180: [("exclude", 4, None)],
        260: [("include", 4, None), ("merge", 5, 5)],
        400: [("exclude", 6, None)],
        420: [("merge", 7, 6)],
        440: [("include", 6, None)],
        450: [("exclude", 5, None)],
        455: [("merge", 5, 4)],
    }
    every: list[Command] = [("dismiss", student, str(kind)) for student in (1, 2, 3, 7) for kind in FlagKind]
    return [*commands.get(second, []), *(every if second % 20 == 0 else [])]


def _disturb(frame: FrameResult, second: int, rng: random.Random) -> FrameResult:
    """Hides a page, renumbers a student and makes some faces unreadable."""
    hidden = frozenset({1, 2, 3}) if any(second in page for page in _OTHER_PAGES) else frozenset[int]()
    number = {2: _LATE_NUMBER} if second in _RENUMBERED else {}
    tiles = tuple(
        replace(_doubt(tile, rng), student=number.get(tile.student or 0, tile.student))
        for tile in frame.tiles
        if tile.student not in hidden
    )
    faces = tuple(
        replace(_cover(_turn(face, second), rng), student=number.get(face.student or 0, face.student))
        for face in frame.faces
        if face.student not in hidden
    )
    merges = (Merge(8, 1),) if second == 480 else ()
    return replace(frame, tiles=tiles, faces=faces, merges=merges, out_of_view=hidden)


def _doubt(tile: TileReading, rng: random.Random) -> TileReading:
    """Another reason in every frame why the face is not seen; a chair that has been empty for longer."""
    if tile.presence.presence is TilePresence.EMPTY and rng.random() < 0.2:
        return replace(tile, presence=replace(tile.presence, held_s=30))
    if tile.presence.presence is not TilePresence.UNREADABLE:
        return tile
    return replace(tile, presence=replace(tile.presence, reason=rng.choice([None, *UnreadableReason])))


def _turn(face: FaceReading, second: int) -> FaceReading:
    cues = face.face.cues
    if cues is None or face.student != 3 or second not in _LOOKS_ABOUT:
        return face
    yaw_deg = 30.0 if second // 3 % 2 else -30.0
    return replace(face, face=replace(face.face, cues=replace(cues, yaw_deg=yaw_deg)))


def _cover(face: FaceReading, rng: random.Random) -> FaceReading:
    if rng.random() > 0.05:
        return face
    reason = rng.choice(list(UnreadableReason))
    reading = PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.FACE_UNREADABLE), reason)
    return replace(face, face=replace(face.face, unreadable=reading, cues=None), probabilities=None)


def _round(frame: FrameResult) -> FrameResult:
    """With as many decimals as the file has, so that both programs read the same numbers."""
    return replace(frame, faces=tuple(_round_face(face) for face in frame.faces))


def _round_face(face: FaceReading) -> FaceReading:
    cues = face.face.cues
    if cues is not None:
        cues = replace(
            cues,
            yaw_deg=round(cues.yaw_deg, 3),
            pitch_deg=round(cues.pitch_deg, 3),
            eye_opening=round(cues.eye_opening, 4),
        )
    probabilities = None if face.probabilities is None else np.round(face.probabilities, 4).astype(np.float32)
    return replace(face, face=replace(face.face, cues=cues), probabilities=probabilities)


def _obey(observer: ClassObserver, command: Command) -> None:
    name, student, other = command
    if name == "dismiss":
        observer.dismiss(student, FlagKind(str(other)))
    elif student is not None and name == "merge":
        observer.merge(Merge(student, int(other or 0)))
    elif student is not None:
        (observer.exclude if name == "exclude" else observer.include)(student)


def _describe_step(
    second: int,
    frames: Sequence[FrameResult],
    commands: Sequence[Command],
    record: SecondRecord | None,
    observer: ClassObserver,
) -> dict[str, Any]:
    """`record`: of the second before, which the first frame of this one has ended."""
    step: dict[str, Any] = {"second": second, "frames": [_describe_frame(frame) for frame in frames]}
    if commands:
        step["commands"] = commands
    if record is not None:
        step["record"] = _describe_record(record)
    observation = observer.observe_again()
    if observation is not None and second % _STATES_EVERY_S == 0:
        step["states"] = [_describe_state(state) for state in observation.students]
    return step


def _describe_frame(frame: FrameResult) -> dict[str, Any]:
    return {
        "tiles": [_describe_tile(tile) for tile in frame.tiles],
        "faces": [
            [
                face.student,
                None if face.face.unreadable is None else face.face.unreadable.reason,
                _describe_cues(face),
                _numbers(face.probabilities, 4),
            ]
            for face in frame.faces
        ],
        "merges": [[merge.student, merge.into] for merge in frame.merges],
        "out_of_view": sorted(frame.out_of_view),
    }


def _describe_tile(tile: TileReading) -> list[Any]:
    reading = tile.presence
    return [tile.student, tile.tile.camera_on, reading.presence, reading.reason, reading.evidence.key, reading.held_s]


def _describe_cues(face: FaceReading) -> list[float] | None:
    cues = face.face.cues
    return None if cues is None else [cues.yaw_deg, cues.pitch_deg, cues.eye_opening]


def _describe_record(record: SecondRecord) -> dict[str, Any]:
    return {
        "second": record.second,
        "mood": _describe_mood(record.mood),
        "students": [_describe_second(student) for student in record.students],
        "events": [_describe_event(event) for event in record.events],
        "corrections": [[type(each).__name__.lower(), *astuple(each)] for each in record.corrections],
    }


def _describe_mood(mood: ClassMood) -> list[Any]:
    counts = [mood.faces, mood.people, mood.cameras_on, mood.students]
    return [*counts, _numbers(mood.probabilities, _DECIMALS), _number(mood.attention)]


def _describe_second(second: StudentSecond) -> list[Any]:
    marks = "".join(
        str(int(mark)) for mark in (second.face_found, second.person_seen, second.camera_on, second.tile_seen)
    )
    return [second.student, marks, second.unreadable, _number(second.attention)]


def _describe_event(event: Event) -> list[Any]:
    message = None if event.message is None else json.loads(event.message.to_json())
    return [event.kind, event.second, event.student, event.flag, message]


def _describe_state(state: StudentState) -> list[Any]:
    flags = [[flag.kind, flag.since_second] for flag in state.flags]
    there = [state.student, state.presence, state.since_second, state.excluded, state.reason]
    evidence = None if state.evidence is None else state.evidence.key
    return [*there, evidence, state.expression, _number(state.confidence), state.attention, flags, state.missed_s]


def _numbers(values: Floats | None, decimals: int) -> list[float] | None:
    return None if values is None else [round(float(value), decimals) for value in values]


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)


def path_of(scenario: Scenario) -> Path:
    """Where a scenario's file is."""
    return FOLDER / f"engagement-{scenario.name}.json.gz"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing, report what is out of date")
    check = parser.parse_args().check
    outdated = 0
    for scenario in SCENARIOS:
        path, played = path_of(scenario), json.loads(json.dumps(play(scenario)))
        if path.exists() and json.loads(gzip.decompress(path.read_bytes())) == played:
            continue
        outdated += 1
        if check:
            sys.stdout.write(f"{path.name} is out of date: run `{Path(__file__).name}`\n")
        else:
            text = json.dumps(played, separators=(",", ":"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.compress(text.encode(), mtime=0))
    return 1 if check and outdated else 0


if __name__ == "__main__":
    sys.exit(main())
