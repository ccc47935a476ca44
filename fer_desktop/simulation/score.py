"""Scores a recorded session of the simulated class against its script."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.simulation.drawing import TrueTile, truth_at
from fer_desktop.simulation.script import Script
from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Box, Expression, Floats, StudentSecond

_SETTLED_S: Final = 0.3
"""Drawing and capture lag behind the script: sightings nearer to a move of the tiles are inconclusive."""
_SLACK_S: Final = 0.1
"""The session's first and last second may start this much before the script does, or end this much after it."""
_CHECKS: Final = 5
"""Moments within a second at which the script is read; a second counts where they all agree."""

StudentAtSecond = tuple[int, int]
"""A second of the session and a scripted student."""


@dataclass(frozen=True, slots=True)
class ObservedFace:
    """Where the session saw a student at a moment.

    `at_s` counts from the start of the session's second 0; `box_px` is in pixels of the scene, not of the screen.
    """

    at_s: float
    student: int
    box_px: Box


@dataclass(frozen=True, slots=True)
class DemoScore:
    """How much of the script the session holds. Shares are 0 to 1, None where there was nothing to score.

    students: scripted students to whom at least one observed student was assigned.
    identity_switches: how often, along the session, a scripted student's tile was seen under another observed
        number than the one before.
    scripted_face_seconds: seconds in which a student is in the call, with the camera on and the face towards it,
        all second long.
    face_seconds_share: share of these for which the session holds a found face of a student assigned to the right one.
    expression_agreement: share of the found ones, leaving out seconds with a change of expression, whose most
        probable expression is the scripted one. `compared_seconds` counts them.
    valence_agreement: the same with happy as positive, neutral and surprise as neutral, the other four as negative.
    per_expression: the agreement for each scripted expression that occurred.
    """

    students: int
    identity_switches: int
    scripted_face_seconds: int
    face_seconds_share: float | None
    compared_seconds: int
    expression_agreement: float | None
    valence_agreement: float | None
    per_expression: dict[Expression, float]


def score_session(
    script: Script,
    seconds: Sequence[tuple[int, Sequence[StudentSecond]]],
    *,
    observed: Sequence[ObservedFace],
    offset_s: float,
    width: int,
    height: int,
) -> DemoScore:
    """Scores the session's samples (second, its students).

    Student numbers are the session's own, so each is assigned to the scripted student in whose tile it was `observed`
    most often. `offset_s`: the script's time when the session's second 0 began. `width`, `height`: size of the drawn
    scene, which `observed` boxes refer to. Every second from 0 to the session's last one counts, also one that the
    session does not hold; seconds before the script's start and after its end do not.
    """
    scene = _Scene(script, offset_s, width, height)
    sightings = scene.match(observed)
    assigned = _assign_by_majority(sightings)
    scripted = scene.list_visible(last_second=max((second for second, _ in seconds), default=-1))
    readings = _collect_readings(seconds, assigned)
    pairs = _pair_expressions(scripted, readings)
    return DemoScore(
        students=len(set(assigned.values())),
        identity_switches=_count_switches(sightings),
        scripted_face_seconds=len(scripted),
        face_seconds_share=_share(len(scripted.keys() & readings.keys()), len(scripted)),
        compared_seconds=len(pairs),
        expression_agreement=_share(sum(shown is read for shown, read in pairs), len(pairs)),
        valence_agreement=_share(sum(_valence(shown) == _valence(read) for shown, read in pairs), len(pairs)),
        per_expression=_agreement_per_expression(pairs),
    )


def assign_students(
    script: Script, observed: Sequence[ObservedFace], *, offset_s: float, width: int, height: int
) -> dict[int, int]:
    """The scripted student of each observed one, assigned as `score_session` does."""
    return _assign_by_majority(_Scene(script, offset_s, width, height).match(observed))


@dataclass(frozen=True, slots=True)
class _Scene:
    """The script as the session saw it: shifted by `offset_s`, drawn at one size."""

    script: Script
    offset_s: float
    width: int
    height: int

    def truth_at(self, t_s: float) -> tuple[TrueTile, ...]:
        """The ground truth at a time of the script, not before its start."""
        return tuple(truth_at(self.script, max(0.0, t_s), self.width, self.height))

    def list_visible(self, *, last_second: int) -> dict[StudentAtSecond, Expression | None]:
        """Who shows a face all through each second, and the expression; None where it changes within the second."""
        visible: dict[StudentAtSecond, Expression | None] = {}
        for second in range(last_second + 1):
            start_s = second + self.offset_s
            if -_SLACK_S <= start_s <= self.script.seconds - 1 + _SLACK_S:
                for student, expression in self._visible_from(start_s).items():
                    visible[second, student] = expression
        return visible

    def _visible_from(self, start_s: float) -> dict[int, Expression | None]:
        moments = [start_s + (index + 0.5) / _CHECKS for index in range(_CHECKS)]
        views = [self.truth_at(t_s) for t_s in (start_s, *moments, start_s + 0.999)]
        shown = [{tile.student: tile.expression for tile in view if tile.face is not None} for view in views]
        always = set(shown[0]).intersection(*shown[1:])
        return {number: shown[0][number] if len({view[number] for view in shown}) == 1 else None for number in always}

    def match(self, observed: Sequence[ObservedFace]) -> list[tuple[int, int]]:
        """(observed student, scripted student in whose tile they were seen), in time's order, while no tile moved."""
        tiles = {at_s: self._settled_tiles(at_s + self.offset_s) for at_s in {face.at_s for face in observed}}
        sightings = []
        for face in sorted(observed, key=lambda face: face.at_s):
            student = _student_at(tiles[face.at_s], face.box_px)
            if student is not None:
                sightings.append((face.student, student))
        return sightings

    def _settled_tiles(self, t_s: float) -> tuple[TrueTile, ...]:
        """The tiles at the script's time; none where one moves about then."""
        before, now, after = (self.truth_at(t_s + shift) for shift in (-_SETTLED_S, 0.0, _SETTLED_S))
        return now if _places(before) == _places(now) == _places(after) else ()


def _places(tiles: tuple[TrueTile, ...]) -> list[tuple[int, Box]]:
    return [(tile.student, tile.box) for tile in tiles]


def _student_at(tiles: tuple[TrueTile, ...], box: Box) -> int | None:
    best = max(tiles, key=lambda tile: tile.box.intersection_area(box), default=None)
    return best.student if best is not None and best.box.intersection_area(box) > 0 else None


def _assign_by_majority(sightings: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Observed student to scripted student."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for observed, student in sightings:
        votes[observed][student] += 1
    return {number: counter.most_common(1)[0][0] for number, counter in votes.items()}


def _collect_readings(
    seconds: Sequence[tuple[int, Sequence[StudentSecond]]], assigned: dict[int, int]
) -> dict[StudentAtSecond, Floats | None]:
    """(7,) probabilities of each found face; None where none were read. Of several, the first that has any."""
    readings: dict[StudentAtSecond, Floats | None] = {}
    for second, students in seconds:
        for sample in students:
            if sample.face_found and sample.student in assigned:
                key = second, assigned[sample.student]
                if readings.get(key) is None:
                    readings[key] = sample.probabilities
    return readings


def _pair_expressions(
    scripted: dict[StudentAtSecond, Expression | None], readings: dict[StudentAtSecond, Floats | None]
) -> list[tuple[Expression, Expression]]:
    """(scripted expression, most probable one) of each found face that has both."""
    return [
        (expression, EXPRESSIONS[int(probabilities.argmax())])
        for key, expression in scripted.items()
        if expression is not None and (probabilities := readings.get(key)) is not None
    ]


def _count_switches(sightings: Sequence[tuple[int, int]]) -> int:
    latest: dict[int, int] = {}
    switches = 0
    for observed, student in sightings:
        switches += latest.get(student, observed) != observed
        latest[student] = observed
    return switches


def _valence(expression: Expression) -> int:
    if expression is Expression.HAPPY:
        return 1
    return -1 if expression in NEGATIVE_EXPRESSIONS else 0


def _agreement_per_expression(pairs: Sequence[tuple[Expression, Expression]]) -> dict[Expression, float]:
    shown = Counter(expression for expression, _ in pairs)
    right = Counter(expression for expression, read in pairs if expression is read)
    return {expression: right[expression] / shown[expression] for expression in EXPRESSIONS if shown[expression]}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
