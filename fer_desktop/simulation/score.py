"""Scores a recorded session of the simulated class against its script."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.simulation.drawing import TrueTile, truth_at
from fer_desktop.simulation.script import Script
from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Box, Expression, Floats, StudentSecond

_SETTLED_S: Final = 0.3
"""Tiles are drawn and captured a moment after the script moves them: sightings nearer to a move tell nothing."""
_SLACK_S: Final = 0.1
_CHECKS: Final = 5
"""Moments within a second at which the script is asked; a second counts where it says the same at all of them."""


@dataclass(frozen=True, slots=True)
class ObservedFace:
    """Where a student of the session was seen at a moment; `box_px` in pixels of the scene (not of the screen).

    `at_s` counts from when the session's second 0 began.
    """

    at_s: float
    student: int
    box_px: Box


@dataclass(frozen=True, slots=True)
class DemoScore:
    """What the session holds of what the script showed. Shares are 0 to 1, None where there was nothing to score.

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

    A session's numbers for students are its own, so each is assigned to the scripted student in whose tile it was
    `observed` most often. `offset_s`: the script's time when the session's second 0 began. `width`, `height`: size of
    the drawn scene, which `observed` boxes refer to. Every second from 0 to the session's last one counts, also one
    that the session does not hold; seconds before the script's start and after its end do not.
    """
    last = max((second for second, _ in seconds), default=-1)
    truths = {
        second: _Truth.of(script, second + offset_s, width, height)
        for second in range(last + 1)
        if -_SLACK_S <= second + offset_s <= script.seconds - 1 + _SLACK_S
    }
    sightings = _match(script, observed, offset_s=offset_s, width=width, height=height)
    assigned = _assign(sightings)
    found: dict[tuple[int, int], Floats | None] = {}
    for second, students in seconds:
        for sample in students:
            if sample.face_found and sample.student in assigned:
                key = second, assigned[sample.student]
                if found.get(key) is None:
                    found[key] = sample.probabilities
    scripted = [(second, number) for second, truth in truths.items() for number in truth.visible]
    hits = [key for key in scripted if key in found]
    pairs = [
        (expression, EXPRESSIONS[int(probabilities.argmax())])
        for second, number in hits
        if (probabilities := found[second, number]) is not None
        and (expression := truths[second].visible[number]) is not None
    ]
    return DemoScore(
        students=len(set(assigned.values())),
        identity_switches=_count_switches(sightings),
        scripted_face_seconds=len(scripted),
        face_seconds_share=_share(len(hits), len(scripted)),
        compared_seconds=len(pairs),
        expression_agreement=_share(sum(wanted is read for wanted, read in pairs), len(pairs)),
        valence_agreement=_share(sum(_valence(wanted) == _valence(read) for wanted, read in pairs), len(pairs)),
        per_expression=_agreement_per_expression(pairs),
    )


def assign_students(
    script: Script, observed: Sequence[ObservedFace], *, offset_s: float, width: int, height: int
) -> dict[int, int]:
    """Of each observed student the scripted one, as `score_session` has it."""
    return _assign(_match(script, observed, offset_s=offset_s, width=width, height=height))


@dataclass(frozen=True, slots=True)
class _Truth:
    """Who shows a face all through one second: student to expression, None where it changes within the second."""

    visible: dict[int, Expression | None]

    @classmethod
    def of(cls, script: Script, start_s: float, width: int, height: int) -> "_Truth":
        moments = [start_s + (index + 0.5) / _CHECKS for index in range(_CHECKS)]
        views = [truth_at(script, max(0.0, t_s), width, height) for t_s in (start_s, *moments, start_s + 0.999)]
        shown = [{tile.student: tile.expression for tile in view if tile.face is not None} for view in views]
        always = set(shown[0]).intersection(*shown[1:])
        visible = {
            number: shown[0][number] if len({view[number] for view in shown}) == 1 else None for number in always
        }
        return cls(visible)


def _match(
    script: Script, observed: Sequence[ObservedFace], *, offset_s: float, width: int, height: int
) -> list[tuple[int, int]]:
    """In time's order, (observed student, scripted student in whose tile they were seen) while no tile was moving."""
    moments: dict[float, tuple[TrueTile, ...]] = {}
    for at_s in {face.at_s for face in observed}:
        before, now, after = (
            tuple(truth_at(script, max(0.0, at_s + offset_s + shift), width, height))
            for shift in (-_SETTLED_S, 0.0, _SETTLED_S)
        )
        moments[at_s] = now if _places(before) == _places(now) == _places(after) else ()
    sightings = []
    for face in sorted(observed, key=lambda face: face.at_s):
        student = _student_at(moments[face.at_s], face.box_px)
        if student is not None:
            sightings.append((face.student, student))
    return sightings


def _places(tiles: tuple[TrueTile, ...]) -> list[tuple[int, Box]]:
    return [(tile.student, tile.box) for tile in tiles]


def _student_at(tiles: tuple[TrueTile, ...], box: Box) -> int | None:
    best = max(tiles, key=lambda tile: tile.box.intersection_area(box), default=None)
    return best.student if best is not None and best.box.intersection_area(box) > 0 else None


def _assign(sightings: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Observed student to scripted student."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for observed, student in sightings:
        votes[observed][student] += 1
    return {number: counter.most_common(1)[0][0] for number, counter in votes.items()}


def _count_switches(sightings: Sequence[tuple[int, int]]) -> int:
    last: dict[int, int] = {}
    switches = 0
    for observed, student in sightings:
        switches += last.get(student, observed) != observed
        last[student] = observed
    return switches


def _valence(expression: Expression) -> int:
    if expression is Expression.HAPPY:
        return 1
    return -1 if expression in NEGATIVE_EXPRESSIONS else 0


def _agreement_per_expression(pairs: Sequence[tuple[Expression, Expression]]) -> dict[Expression, float]:
    wanted = Counter(expression for expression, _ in pairs)
    right = Counter(expression for expression, read in pairs if expression is read)
    return {expression: right[expression] / wanted[expression] for expression in EXPRESSIONS if wanted[expression]}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
