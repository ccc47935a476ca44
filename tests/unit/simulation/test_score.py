"""The score compares a session's samples with the script, by definitions that its docstring gives."""

import numpy as np
import pytest

from fer_desktop.simulation.drawing import truth_at
from fer_desktop.simulation.score import DemoScore, ObservedFace, score_session
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.types import EXPRESSIONS, Expression, Floats, StudentSecond

WIDTH, HEIGHT, SECONDS = 640, 400, 40


@pytest.fixture(scope="module")
def script() -> Script:
    return make_script(students=6, seconds=SECONDS, seed=3)


def sure_of(expression: Expression | None) -> Floats | None:
    return None if expression is None else np.eye(7, dtype=np.float32)[EXPRESSIONS.index(expression)]


def perfect_session(
    script: Script, *, offset_s: float = 0.0, number_of: dict[int, int] | None = None
) -> tuple[list[tuple[int, list[StudentSecond]]], list[ObservedFace]]:
    """What a session would hold that saw every face in the middle of every second."""
    seconds, observed = [], []
    for second in range(SECONDS):
        rows = []
        for tile in truth_at(script, second + 0.5 + offset_s, WIDTH, HEIGHT):
            number = (number_of or {}).get(tile.student, tile.student)
            rows.append(
                StudentSecond(
                    number, tile.face is not None, tile.face is not None, tile.camera_on, True, sure_of(tile.expression)
                )
            )
            if tile.face is not None:
                observed.append(ObservedFace(second + 0.5, number, tile.face))
        seconds.append((second, rows))
    return seconds, observed


def score(
    script: Script, seconds: list[tuple[int, list[StudentSecond]]], observed: list[ObservedFace], offset_s: float = 0.0
) -> DemoScore:
    return score_session(script, seconds, observed=observed, offset_s=offset_s, width=WIDTH, height=HEIGHT)


def test_a_session_that_saw_all_scores_full_whatever_its_numbers(script: Script) -> None:
    for numbers in (None, {1: 14, 2: 11, 3: 12, 4: 16, 5: 13, 6: 15}):
        result = score(script, *perfect_session(script, number_of=numbers))
        assert result.students == 6
        assert result.identity_switches == 0
        assert result.face_seconds_share == 1.0
        assert result.expression_agreement == 1.0
        assert result.valence_agreement == 1.0
        assert 150 < result.compared_seconds <= result.scripted_face_seconds < 6 * SECONDS


def test_a_session_that_began_late_is_compared_with_the_right_seconds(script: Script) -> None:
    seconds, observed = perfect_session(script, offset_s=7.3)
    assert score(script, seconds, observed, offset_s=7.3).expression_agreement == 1.0
    shifted = score(script, seconds, observed, offset_s=0.0)
    assert shifted.expression_agreement is not None
    assert shifted.expression_agreement < 0.9


def test_seconds_without_a_found_face_lower_the_share(script: Script) -> None:
    seconds, observed = perfect_session(script)
    half = [
        (
            second,
            [
                StudentSecond(row.student, row.face_found and second % 2 == 0, True, True, True, row.probabilities)
                for row in rows
            ],
        )
        for second, rows in seconds
    ]
    result = score(script, half, observed)
    assert result.face_seconds_share == pytest.approx(0.5, abs=0.03)
    assert result.expression_agreement == 1.0


def test_wrong_expressions_count_against_agreement_and_near_ones_keep_the_valence(script: Script) -> None:
    seconds, observed = perfect_session(script)
    swapped = {Expression.SAD: Expression.ANGRY, Expression.NEUTRAL: Expression.SURPRISE}

    def misread(row: StudentSecond) -> StudentSecond:
        if row.probabilities is None:
            return row
        read = EXPRESSIONS[int(row.probabilities.argmax())]
        return StudentSecond(row.student, row.face_found, True, True, True, sure_of(swapped.get(read, read)))

    result = score(script, [(second, [misread(row) for row in rows]) for second, rows in seconds], observed)
    assert result.expression_agreement is not None
    assert result.expression_agreement < 0.7
    assert result.valence_agreement == 1.0
    assert result.per_expression[Expression.NEUTRAL] == 0.0
    assert result.per_expression[Expression.HAPPY] == 1.0


def test_a_student_who_gets_a_second_number_is_still_found_and_the_switch_is_counted(script: Script) -> None:
    seconds, observed = perfect_session(script)
    renamed = [
        ObservedFace(face.at_s, 99 if face.student == 2 and face.at_s >= 20 else face.student, face.box_px)
        for face in observed
    ]
    rows = [
        (
            second,
            [
                StudentSecond(
                    99 if row.student == 2 and second >= 20 else row.student, row.face_found, True, True, True, None
                )
                for row in rows
            ],
        )
        for second, rows in seconds
    ]
    result = score(script, rows, renamed)
    assert result.students == 6
    assert result.identity_switches == 1
    assert result.face_seconds_share == 1.0
    assert result.expression_agreement is None


def test_a_number_that_covers_two_students_is_right_for_one_of_them_only(script: Script) -> None:
    seconds, observed = perfect_session(script, number_of={2: 1})
    result = score(script, seconds, observed)
    assert result.students == 5
    assert result.face_seconds_share is not None
    assert result.face_seconds_share < 0.9


def test_seconds_that_the_session_lost_count_as_not_found(script: Script) -> None:
    seconds, observed = perfect_session(script)
    result = score(script, [row for row in seconds if row[0] % 4 or row[0] == SECONDS - 1], observed)
    assert result.face_seconds_share == pytest.approx(0.75, abs=0.03)


def test_seconds_before_the_script_began_and_after_its_end_are_not_scored(script: Script) -> None:
    seconds, observed = perfect_session(script, offset_s=-5.0)
    full = score(script, *perfect_session(script))
    result = score(script, seconds, observed, offset_s=-5.0)
    assert result.face_seconds_share == 1.0
    assert 0.8 * full.scripted_face_seconds < result.scripted_face_seconds < full.scripted_face_seconds


def test_an_empty_session_scores_nothing(script: Script) -> None:
    result = score(script, [], [])
    assert (result.students, result.face_seconds_share, result.expression_agreement) == (0, None, None)
