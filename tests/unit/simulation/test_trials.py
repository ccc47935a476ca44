"""Classes that test the flags, and how flags are scored against them."""

from itertools import pairwise

import numpy as np
import pytest

from fer_desktop.engagement import FlagRules
from fer_desktop.errors import SettingsError
from fer_desktop.simulation.flag_score import ExpectedFlag, list_expected, score_flags
from fer_desktop.simulation.timeline import Span
from fer_desktop.simulation.trials import make_trial
from fer_desktop.simulation.turning import turn_head
from fer_desktop.types import NEGATIVE_EXPRESSIONS, Event, EventKind, FlagKind

TRIAL = make_trial(students=12, seconds=600, seed=1)
DROWSY = ExpectedFlag(FlagKind.DROWSY, 3, from_s=116, due_s=120, until_s=150, required=True)


def raised(second: int, student: int | None = 7, flag: FlagKind = FlagKind.DROWSY) -> Event:
    return Event(EventKind.FLAG_RAISED, second, "because", student, flag)


def test_the_same_seed_makes_the_same_class() -> None:
    assert make_trial(seed=4) == make_trial(seed=4)
    assert make_trial(seed=4) != make_trial(seed=5)


def test_a_trial_has_every_behaviour_and_its_harmless_likeness() -> None:
    for behaviour in ("away", "camera_off", "drowsy"):
        lengths = [span.end_s - span.start_s for each in TRIAL.script.students for span in getattr(each, behaviour)]
        assert min(lengths) < 90
        assert max(lengths) >= 40
    assert any(each.second_screen for each in TRIAL.script.students)
    assert any(each.writing for each in TRIAL.script.students)


def test_no_student_does_two_things_at_once_and_all_is_calm_when_the_mood_of_the_class_falls() -> None:
    for student in TRIAL.script.students:
        spans = [*student.away, *student.camera_off, *student.turned_away, *student.empty_chair, *student.drowsy]
        spans = sorted([*spans, *student.second_screen, *student.writing], key=lambda span: span.start_s)
        assert all(a.end_s < b.start_s for a, b in pairwise(spans))
        assert all(span.end_s < TRIAL.drop.start_s for span in spans)
        assert student.expression_at(TRIAL.drop.start_s + 0.1).expression in NEGATIVE_EXPRESSIONS


@pytest.mark.parametrize("behaviour", ["drowsy", "writing", "second_screen"])
def test_the_drowsy_have_shut_eyes_writers_bend_and_a_second_screen_turns_heads(behaviour: str) -> None:
    shown: list[bool] = []
    for student in TRIAL.script.students:
        for span in getattr(student, behaviour):
            for t_s in np.arange(span.start_s, span.end_s, 1.0):
                moment = next(tile for tile in TRIAL.script.state_at(t_s).tiles if tile.student == student.student)
                turned = abs(moment.yaw_deg) > 25
                shown.append({"drowsy": moment.eye_open == 0, "writing": moment.pitch_deg < 0}.get(behaviour, turned))
    assert len(shown) > 60
    assert np.mean(shown) > 0.75


def test_a_class_that_is_too_short_to_test_anything_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"takes .* seconds at least"):
        make_trial(seconds=60)


def test_only_what_lasts_long_enough_is_expected() -> None:
    rules = FlagRules()
    expected = list_expected(TRIAL.script, rules, drop=TRIAL.drop)
    spans = [span for student in TRIAL.script.students for span in student.drowsy]
    long = [span for span in spans if span.end_s - span.start_s >= 20]
    drowsy = [flag for flag in expected if flag.kind is FlagKind.DROWSY]
    assert len(drowsy) == len(long) < len(spans)
    assert {flag.due_s for flag in drowsy} == {span.start_s + rules.drowsy_after_s for span in long}
    assert [flag.due_s for flag in expected if flag.student is None] == [TRIAL.drop.start_s]


def test_a_flag_is_right_for_its_student_and_its_time() -> None:
    students = {7: 3, 8: 4}
    events = [raised(121), raised(121, 8), raised(60), raised(200), raised(121, 7, FlagKind.NEGATIVE)]
    score = score_flags([DROWSY], events, students)
    drowsy, negative = score[FlagKind.DROWSY], score[FlagKind.NEGATIVE]
    assert (drowsy.raised, drowsy.correct, drowsy.due, drowsy.came, drowsy.delays_s) == (4, 1, 1, 1, (2.0,))
    assert (drowsy.precision, drowsy.recall) == (0.25, 1.0)
    assert (negative.raised, negative.correct, negative.recall) == (1, 0, None)


def test_scores_of_classes_add_up() -> None:
    one = score_flags([DROWSY], [raised(121)], {7: 3})[FlagKind.DROWSY]
    both = one + score_flags([DROWSY], [], {})[FlagKind.DROWSY]
    assert (both.raised, both.correct, both.due, both.came) == (1, 1, 2, 1)


def test_negative_expressions_in_a_row_are_one_time() -> None:
    expected = list_expected(TRIAL.script, FlagRules(negative_after_s=25), drop=Span(0, 1))
    assert any(flag.kind is FlagKind.NEGATIVE and flag.due_s == TRIAL.drop.start_s + 25 for flag in expected)


@pytest.mark.parametrize("yaw_deg", [-30.0, 30.0])
def test_a_turned_head_moves_its_middle_to_that_side_and_mirrors(yaw_deg: float) -> None:
    head = np.zeros((120, 100, 4), np.uint8)
    head[10:110, 15:85] = 255
    head[55:65, 48:52, :3] = 0
    turned = turn_head(head, yaw_deg=yaw_deg, pitch_deg=0, eyes_px=(49.5, 50.0), unit_px=35.0)
    columns = np.flatnonzero((turned[60, :, 0] < 100) & (turned[60, :, 3] > 200))
    assert np.sign(columns.mean() - 49.5) == np.sign(yaw_deg)
    mirrored = turn_head(
        np.ascontiguousarray(head[:, ::-1]), yaw_deg=-yaw_deg, pitch_deg=0, eyes_px=(49.5, 50.0), unit_px=35.0
    )
    assert np.abs(mirrored[:, ::-1].astype(int) - turned.astype(int)).mean() < 1
