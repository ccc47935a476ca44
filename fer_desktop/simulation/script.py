"""What happens in the simulated class: who looks how, when, and where. A pure function of its arguments."""

import bisect
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import SettingsError
from fer_desktop.simulation.head import Pose
from fer_desktop.simulation.layout import LARGEST_CLASS
from fer_desktop.simulation.looks import Looks, make_people
from fer_desktop.simulation.timeline import (
    ExpressionSpan,
    Happenings,
    Span,
    make_expressions,
    make_happenings,
    make_speakers,
)
from fer_desktop.types import Expression

EXPRESSION_CHANGE_S: Final = 0.5
"""An expression takes half a second to form; it counts as the new one from the start."""
_BLINK_S: Final = 0.25
_DROWSY_PERIOD_S, _DROWSY_GLANCE_S = 12.0, 0.8
_WRITING_PITCH_DEG: Final = 25.0
_LONGEST_S: Final = 6 * 3600


@dataclass(frozen=True, slots=True)
class StudentScript:
    """One student, numbered from 1, for the whole session. Spans are half-open and in seconds of the script."""

    student: int
    name: str
    looks: Looks
    expressions: tuple[ExpressionSpan, ...]
    away: tuple[Span, ...]
    camera_off: tuple[Span, ...]
    turned_away: tuple[Span, ...]
    drowsy: tuple[Span, ...]
    second_screen: tuple[Span, ...]
    writing: tuple[Span, ...]
    rhythm: float  # 0 to 1: sets the blinks and the sway apart from the neighbours'

    def expression_at(self, t_s: float) -> ExpressionSpan:
        starts = [span.start_s for span in self.expressions]
        return self.expressions[max(0, bisect.bisect_right(starts, t_s) - 1)]

    def is_away(self, t_s: float) -> bool:
        return _covers(self.away, t_s)

    def is_camera_on(self, t_s: float) -> bool:
        return not _covers(self.camera_off, t_s)

    def is_turned_away(self, t_s: float) -> bool:
        return _covers(self.turned_away, t_s)

    def is_drowsy(self, t_s: float) -> bool:
        return _covers(self.drowsy, t_s)

    def is_at_second_screen(self, t_s: float) -> bool:
        return _covers(self.second_screen, t_s)

    def is_writing(self, t_s: float) -> bool:
        return _covers(self.writing, t_s)


@dataclass(frozen=True, slots=True)
class StudentMoment:
    """One present student at one moment.

    `previous` and `change` (0 to 1) tell how far the expression has formed. `sway`: the head's shift right and down
    in units of the face, and its tilt in degrees. `eye_open`: 0 closed to 1 open. `yaw_deg`, `pitch_deg`: the head
    turned to the picture's right, and up.
    """

    student: int
    camera_on: bool
    pose: Pose
    expression: Expression
    strength: float
    previous: Expression
    previous_strength: float
    change: float
    eye_open: float
    sway: tuple[float, float, float]
    speaking: bool
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class SceneState:
    """The whole class at one moment; `tiles` in the order of the call window."""

    t_s: float
    tiles: tuple[StudentMoment, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The whole session. After its `seconds` nothing more is scripted: the class stays as it is, and blinks."""

    seconds: float
    seed: int
    students: tuple[StudentScript, ...]
    orders: tuple[tuple[float, tuple[int, ...]], ...]
    speakers: tuple[tuple[float, int], ...]

    def state_at(self, t_s: float) -> SceneState:
        order = self.orders[_index_at(self.orders, t_s)][1]
        speaker = self.speakers[_index_at(self.speakers, t_s)][1] if self.speakers else 0
        tiles = tuple(
            _moment_at(self.students[number - 1], t_s, speaking=number == speaker)
            for number in order
            if not self.students[number - 1].is_away(t_s)
        )
        return SceneState(t_s, tiles)


def make_script(*, students: int = 25, seconds: float = 60.0, seed: int = 7) -> Script:
    """The script of a class. The same arguments give the same script. Raises `SettingsError`."""
    check_class(students=students, seconds=seconds)
    rng = random.Random(f"script {seed} {students}")
    happenings = make_happenings(rng, students=students, seconds=seconds)
    expressions = make_expressions(rng, students=students, seconds=seconds)
    return assemble_script(rng, happenings, expressions, seconds=seconds, seed=seed)


def check_class(*, students: int, seconds: float) -> None:
    """Raises `SettingsError` for a class that cannot be drawn."""
    if not 1 <= students <= LARGEST_CLASS:
        raise SettingsError(f"the simulated class has 1 to {LARGEST_CLASS} students, not {students}")
    if not 1 <= seconds <= _LONGEST_S:
        raise SettingsError(f"the simulated class runs for 1 second to {_LONGEST_S // 3600} hours, not {seconds} s")


def assemble_script(
    rng: random.Random,
    happenings: Happenings,
    expressions: Mapping[int, tuple[ExpressionSpan, ...]],
    *,
    seconds: float,
    seed: int,
) -> Script:
    """The script of a class in which that happens; `expressions` of each student, 1 and up."""
    students = len(expressions)
    people = make_people(students=students, seed=seed)
    return Script(
        seconds=seconds,
        seed=seed,
        students=tuple(
            StudentScript(
                student=number,
                name=people[number - 1][0],
                looks=people[number - 1][1],
                expressions=expressions[number],
                away=_spans(happenings.away, number),
                camera_off=_spans(happenings.camera_off, number),
                turned_away=_spans(happenings.turned_away, number),
                drowsy=_spans(happenings.drowsy, number),
                second_screen=_spans(happenings.second_screen, number),
                writing=_spans(happenings.writing, number),
                rhythm=rng.random(),
            )
            for number in range(1, students + 1)
        ),
        orders=_make_orders(happenings, students),
        speakers=make_speakers(rng, happenings, students=students, seconds=seconds),
    )


def _spans(happenings: Sequence[tuple[int, Span]], number: int) -> tuple[Span, ...]:
    return tuple(sorted((span for student, span in happenings if student == number), key=lambda span: span.start_s))


def _make_orders(happenings: Happenings, students: int) -> tuple[tuple[float, tuple[int, ...]], ...]:
    """Who comes back stands last, as in call apps; swaps change two places."""
    order = list(range(1, students + 1))
    changes: list[tuple[float, int, int]] = [(span.end_s, number, 0) for number, span in happenings.away]
    changes += list(happenings.swaps)
    orders: list[tuple[float, tuple[int, ...]]] = [(0.0, tuple(order))]
    for at_s, first, second in sorted(changes):
        if second:
            i, j = order.index(first), order.index(second)
            order[i], order[j] = order[j], order[i]
        else:
            order.remove(first)
            order.append(first)
        orders.append((at_s, tuple(order)))
    return tuple(orders)


def _moment_at(script: StudentScript, t_s: float, *, speaking: bool) -> StudentMoment:
    span = script.expression_at(t_s)
    before = script.expression_at(span.start_s - 0.001)
    turned = script.is_turned_away(t_s)
    around = turned and (script.student + int(t_s // 20)) % 2 == 0
    yaw_deg, pitch_deg = _turn_at(script, t_s)
    return StudentMoment(
        student=script.student,
        camera_on=script.is_camera_on(t_s),
        pose=Pose.AROUND if around else Pose.DOWN if turned else Pose.FRONT,
        expression=span.expression,
        strength=span.strength,
        previous=before.expression,
        previous_strength=before.strength,
        change=min(1.0, max(0.0, (t_s - span.start_s) / EXPRESSION_CHANGE_S)) if span.start_s > 0 else 1.0,
        eye_open=_eye_open_at(script, t_s),
        sway=_sway_at(script.rhythm, t_s),
        speaking=speaking,
        yaw_deg=yaw_deg,
        pitch_deg=pitch_deg,
    )


def _turn_at(script: StudentScript, t_s: float) -> tuple[float, float]:
    """Yaw and pitch in degrees. Whoever writes looks up now and then."""
    if script.is_at_second_screen(t_s):
        return (1 if script.student % 2 else -1) * (28.0 + 8.0 * script.rhythm), 0.0
    if script.is_writing(t_s) and (t_s + 7 * script.rhythm) % 9 > 1.5:
        return 0.0, -_WRITING_PITCH_DEG
    return 0.0, 0.0


def _eye_open_at(script: StudentScript, t_s: float) -> float:
    """A blink every 3 to 5 seconds, never quite regular. The drowsy open their eyes for a moment now and then."""
    rhythm = script.rhythm
    if script.is_drowsy(t_s):
        return 0.5 if (t_s + 5 * rhythm) % _DROWSY_PERIOD_S < _DROWSY_GLANCE_S else 0.0
    if _turn_at(script, t_s)[1] < 0:
        return 0.5  # the lids follow the gaze
    period_s = 3.0 + 2.0 * rhythm
    count = math.floor(t_s / period_s)
    jitter = math.sin(count * 12.9898 + rhythm * 78.233) * 43758.5453 % 1.0
    into_s = t_s - count * period_s - jitter * (period_s - _BLINK_S)
    return 1.0 if not 0 <= into_s < _BLINK_S else abs(into_s / _BLINK_S * 2 - 1)


def _sway_at(rhythm: float, t_s: float) -> tuple[float, float, float]:
    phase = rhythm * 2 * math.pi
    right = 0.10 * math.sin(2 * math.pi * t_s / (5.0 + 3.0 * rhythm) + phase) + 0.03 * math.sin(1.9 * t_s + 5 * phase)
    down = 0.035 * math.sin(2 * math.pi * t_s / (3.6 + rhythm) + 3 * phase)
    tilt = 3.5 * math.sin(2 * math.pi * t_s / (8.0 + 4.0 * rhythm) + 2 * phase)
    return right, down, tilt


def _covers(spans: Sequence[Span], t_s: float) -> bool:
    return any(span.start_s <= t_s < span.end_s for span in spans)


def _index_at(changes: Sequence[tuple[float, object]], t_s: float) -> int:
    return max(0, bisect.bisect_right([at_s for at_s, _ in changes], t_s) - 1)
