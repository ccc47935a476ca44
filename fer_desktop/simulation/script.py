"""The script of a simulated class: who does what when, and in which tile. A pure function of its arguments."""

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
    Behaviours,
    ExpressionSpan,
    Span,
    make_behaviours,
    make_expressions,
    make_speakers,
)
from fer_desktop.types import Expression

EXPRESSION_CHANGE_S: Final = 0.5
"""An expression takes half a second to form; it counts as the new one from the start."""
_LONGEST_S: Final = 6 * 3600


@dataclass(frozen=True, slots=True)
class _Motion:
    """How heads and eyes move, in seconds and degrees; drawn, not measured."""

    blink_s: float = 0.25
    drowsy_period_s: float = 12.0
    drowsy_glance_s: float = 0.8
    """Drowsy students open their eyes halfway for this long in each period."""
    writing_pitch_deg: float = 25.0
    writing_period_s: float = 9.0
    writing_glance_s: float = 1.5
    """Writing students look up for this long in each period."""
    screen_yaw_deg: tuple[float, float] = (28.0, 8.0)
    """Smallest turn towards a second screen, and how much larger it may be."""
    profile_yaw_deg: tuple[float, float] = (65.0, 25.0)
    """Smallest turn of a head in profile, and how much larger it may be."""
    bent_pitch_deg: float = 45.0


_MOTION: Final = _Motion()


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
    empty_chair: tuple[Span, ...]
    masked: tuple[Span, ...]
    profile: tuple[Span, ...]
    bent: tuple[Span, ...]
    rhythm: float  # 0 to 1: blinks and sway differ from student to student

    def expression_at(self, t_s: float) -> ExpressionSpan:
        """The expression that holds then; the first one before the script begins."""
        starts = [span.start_s for span in self.expressions]
        return self.expressions[max(0, bisect.bisect_right(starts, t_s) - 1)]

    def is_away(self, t_s: float) -> bool:
        """Whether the student is not in the call."""
        return _covers(self.away, t_s)

    def is_camera_on(self, t_s: float) -> bool:
        """Whether the tile shows a picture and not a card."""
        return not _covers(self.camera_off, t_s)

    def is_turned_away(self, t_s: float) -> bool:
        """Whether the camera is on but no face shows."""
        return _covers(self.turned_away, t_s)

    def has_left_chair(self, t_s: float) -> bool:
        """Whether the camera is on and shows nobody."""
        return _covers(self.empty_chair, t_s)

    def is_drowsy(self, t_s: float) -> bool:
        """Whether the eyes are shut most of the time."""
        return _covers(self.drowsy, t_s)

    def is_at_second_screen(self, t_s: float) -> bool:
        """Whether the head is turned to one side."""
        return _covers(self.second_screen, t_s)

    def is_writing(self, t_s: float) -> bool:
        """Whether the head is bent over the desk most of the time."""
        return _covers(self.writing, t_s)

    def is_masked(self, t_s: float) -> bool:
        """Whether a mask covers the face from the nose down."""
        return _covers(self.masked, t_s)

    def is_in_profile(self, t_s: float) -> bool:
        """Whether one side of the head shows, with half of the face or less."""
        return _covers(self.profile, t_s)

    def is_bent(self, t_s: float) -> bool:
        """Whether the head is bent so far, all the time, that the face hardly shows."""
        return _covers(self.bent, t_s)


@dataclass(frozen=True, slots=True)
class StudentMoment:
    """One present student at one moment.

    `change`: how far the face has moved from the `previous` expression to the present one, 0 to 1. `sway`: the head's
    shift right and down in units of the face, and its tilt in degrees. `eye_open`: 0 closed to 1 open. `yaw_deg`,
    `pitch_deg`: the head turned to the picture's right, and up.
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
    masked: bool = False

    @property
    def shows_face(self) -> bool:
        """Whether the camera shows a face that an expression could be read from."""
        turned = abs(self.yaw_deg) >= _MOTION.profile_yaw_deg[0] or self.pitch_deg <= -_MOTION.bent_pitch_deg
        return self.camera_on and self.pose is Pose.FRONT and not self.masked and not turned


@dataclass(frozen=True, slots=True)
class SceneState:
    """The whole class at one moment; `tiles` in the order of the call window."""

    t_s: float
    tiles: tuple[StudentMoment, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole session. After its `seconds` nothing more is scripted: the class stays as it is, and blinks.

    `orders`: (time, the students' numbers in the order of the tiles from then on). `speakers`: (time, who speaks from
    then on, 0 for the teacher).
    """

    seconds: float
    seed: int
    students: tuple[StudentScript, ...]
    orders: tuple[tuple[float, tuple[int, ...]], ...]
    speakers: tuple[tuple[float, int], ...]

    def state_at(self, t_s: float) -> SceneState:
        """Everybody who is in the call at that time."""
        order = self.orders[_index_at(self.orders, t_s)][1]
        speaker = self.speakers[_index_at(self.speakers, t_s)][1] if self.speakers else 0
        tiles = tuple(
            _moment_at(self.students[number - 1], t_s, speaking=number == speaker)
            for number in order
            if not self.students[number - 1].is_away(t_s)
        )
        return SceneState(t_s, tiles)


def make_script(*, students: int = 25, seconds: float = 60.0, seed: int = 7) -> Script:
    """Makes the script of a class; the same arguments give the same one.

    Raises `SettingsError` for a class that cannot be drawn.
    """
    check_class(students=students, seconds=seconds)
    rng = random.Random(f"script {seed} {students}")
    behaviours = make_behaviours(rng, students=students, seconds=seconds)
    expressions = make_expressions(rng, students=students, seconds=seconds)
    return assemble_script(rng, behaviours, expressions, seconds=seconds, seed=seed)


def check_class(*, students: int, seconds: float) -> None:
    """Raises `SettingsError` for a class that cannot be drawn."""
    if not 1 <= students <= LARGEST_CLASS:
        raise SettingsError(f"the simulated class has 1 to {LARGEST_CLASS} students, not {students}")
    if not 1 <= seconds <= _LONGEST_S:
        raise SettingsError(f"the simulated class runs for 1 second to {_LONGEST_S // 3600} hours, not {seconds} s")


def assemble_script(
    rng: random.Random,
    behaviours: Behaviours,
    expressions: Mapping[int, tuple[ExpressionSpan, ...]],
    *,
    seconds: float,
    seed: int,
) -> Script:
    """Puts a script together. `expressions`: of each student, 1 and up."""
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
                away=_spans(behaviours.away, number),
                camera_off=_spans(behaviours.camera_off, number),
                turned_away=_spans(behaviours.turned_away, number),
                drowsy=_spans(behaviours.drowsy, number),
                second_screen=_spans(behaviours.second_screen, number),
                writing=_spans(behaviours.writing, number),
                empty_chair=_spans(behaviours.empty_chair, number),
                masked=_spans(behaviours.masked, number),
                profile=_spans(behaviours.profile, number),
                bent=_spans(behaviours.bent, number),
                rhythm=rng.random(),
            )
            for number in range(1, students + 1)
        ),
        orders=_make_orders(behaviours, students),
        speakers=make_speakers(rng, behaviours, students=students, seconds=seconds),
    )


def _spans(spans: Sequence[tuple[int, Span]], number: int) -> tuple[Span, ...]:
    return tuple(sorted((span for student, span in spans if student == number), key=lambda span: span.start_s))


def _make_orders(behaviours: Behaviours, students: int) -> tuple[tuple[float, tuple[int, ...]], ...]:
    """A student who comes back gets the last tile, as in call apps; a swap exchanges two tiles."""
    order = list(range(1, students + 1))
    changes: list[tuple[float, int, int]] = [(span.end_s, number, 0) for number, span in behaviours.away]
    changes += list(behaviours.swaps)
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
    yaw_deg, pitch_deg = _turn_at(script, t_s)
    return StudentMoment(
        student=script.student,
        camera_on=script.is_camera_on(t_s),
        pose=_pose_at(script, t_s),
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
        masked=script.is_masked(t_s),
    )


def _pose_at(script: StudentScript, t_s: float) -> Pose:
    if script.has_left_chair(t_s):
        return Pose.GONE
    if not script.is_turned_away(t_s):
        return Pose.FRONT
    return Pose.AROUND if (script.student + int(t_s // 20)) % 2 == 0 else Pose.DOWN


def _turn_at(script: StudentScript, t_s: float) -> tuple[float, float]:
    """Yaw and pitch in degrees. Students who write look up now and then."""
    if script.is_at_second_screen(t_s):
        smallest_deg, more_deg = _MOTION.screen_yaw_deg
        return (1 if script.student % 2 else -1) * (smallest_deg + more_deg * script.rhythm), 0.0
    if script.is_in_profile(t_s):
        smallest_deg, more_deg = _MOTION.profile_yaw_deg
        return script.looks.far_side * (smallest_deg + more_deg * script.rhythm), 0.0
    if script.is_bent(t_s):
        return 0.0, -_MOTION.bent_pitch_deg
    if script.is_writing(t_s) and (t_s + 7 * script.rhythm) % _MOTION.writing_period_s > _MOTION.writing_glance_s:
        return 0.0, -_MOTION.writing_pitch_deg
    return 0.0, 0.0


def _eye_open_at(script: StudentScript, t_s: float) -> float:
    """A blink every 3 to 5 seconds at irregular times. Drowsy students open their eyes for a moment now and then."""
    rhythm = script.rhythm
    if script.is_drowsy(t_s):
        return 0.5 if (t_s + 5 * rhythm) % _MOTION.drowsy_period_s < _MOTION.drowsy_glance_s else 0.0
    if _turn_at(script, t_s)[1] < 0:
        return 0.5  # the lids follow the gaze
    period_s = 3.0 + 2.0 * rhythm
    count = math.floor(t_s / period_s)
    # A common hash of shader programming: a pseudo-random number from 0 to 1.
    jitter = math.sin(count * 12.9898 + rhythm * 78.233) * 43758.5453 % 1.0
    into_s = t_s - count * period_s - jitter * (period_s - _MOTION.blink_s)
    return 1.0 if not 0 <= into_s < _MOTION.blink_s else abs(into_s / _MOTION.blink_s * 2 - 1)


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
