"""Scores a recorded session of the simulated class against its script."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.simulation.drawing import TrueTile, truth_at
from fer_desktop.simulation.script import Script
from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Box, Expression, Floats, StudentSecond

_CHECKS: Final = 5
"""Moments within a second at which the script is asked; a second counts where it says the same at all of them."""


@dataclass(frozen=True, slots=True)
class ObservedFace:
    """Where a student of the session was seen in a second; `box_px` in pixels of the scene (not of the screen)."""

    second: int
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
    the drawn scene, which `observed` boxes refer to.
    """
    truths = {second: _Truth.of(script, second + offset_s, width, height) for second, _ in seconds}
    assigned = _assign(observed, truths)
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
        identity_switches=_count_switches(observed, truths),
        scripted_face_seconds=len(scripted),
        face_seconds_share=_share(len(hits), len(scripted)),
        compared_seconds=len(pairs),
        expression_agreement=_share(sum(wanted is read for wanted, read in pairs), len(pairs)),
        valence_agreement=_share(sum(_valence(wanted) == _valence(read) for wanted, read in pairs), len(pairs)),
        per_expression=_agreement_per_expression(pairs),
    )


@dataclass(frozen=True, slots=True)
class _Truth:
    """One second of the script: tiles in its middle, and who shows a face all second long.

    `visible`: student to expression, None where the expression changes within the second.
    """

    tiles: tuple[TrueTile, ...]
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
        return cls(tuple(views[len(views) // 2]), visible)

    def student_at(self, box: Box) -> int | None:
        best = max(self.tiles, key=lambda tile: tile.box.intersection_area(box), default=None)
        return best.student if best is not None and best.box.intersection_area(box) > 0 else None


def _assign(observed: Sequence[ObservedFace], truths: dict[int, _Truth]) -> dict[int, int]:
    """Observed student to scripted student."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for face in observed:
        student = truths[face.second].student_at(face.box_px) if face.second in truths else None
        if student is not None:
            votes[face.student][student] += 1
    return {number: counter.most_common(1)[0][0] for number, counter in votes.items()}


def _count_switches(observed: Sequence[ObservedFace], truths: dict[int, _Truth]) -> int:
    last: dict[int, int] = {}
    switches = 0
    for face in sorted(observed, key=lambda face: face.second):
        student = truths[face.second].student_at(face.box_px) if face.second in truths else None
        if student is None:
            continue
        switches += last.get(student, face.student) != face.student
        last[student] = face.student
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
