"""Whether a session reads expressions: one decision for the windows and the command line."""

import pytest

from fer_desktop.policy.expressions import LAW_LINE, Reason, decide_expressions


@pytest.mark.parametrize(
    ("argument", "setting", "guess", "place", "reason"),
    [
        ("US", None, None, "US", Reason.ALLOWED),
        ("DE", None, None, "DE", Reason.FORBIDDEN),
        ("US", "DE", "DE", "US", Reason.ALLOWED),
        ("DE", "US", "US", "DE", Reason.FORBIDDEN),
        (None, "US", "DE", "US", Reason.ALLOWED),
        (None, "DE", "US", "DE", Reason.FORBIDDEN),
        (None, None, None, None, Reason.PLACE_UNKNOWN),
    ],
)
def test_the_argument_counts_before_the_setting_and_both_before_the_guess(
    argument: str | None, setting: str | None, guess: str | None, place: str | None, reason: Reason
) -> None:
    decision = decide_expressions(argument=argument, setting=setting, guess=guess)
    assert (decision.place, decision.reason, decision.on) == (place, reason, reason is Reason.ALLOWED)


def test_a_guess_switches_expressions_off_but_never_on() -> None:
    assert decide_expressions(guess="DE").reason is Reason.FORBIDDEN
    assert decide_expressions(guess="DE").place == "DE"
    assert decide_expressions(guess="US").reason is Reason.PLACE_UNKNOWN
    assert decide_expressions(guess="US").place is None


@pytest.mark.parametrize("place", ["DE", "US", None])
def test_a_simulated_class_is_read_anywhere(place: str | None) -> None:
    decision = decide_expressions(setting=place, simulated=True)
    assert (decision.on, decision.simulated, decision.place) == (True, True, place)


@pytest.mark.parametrize("guess", ["DE", "US", None])
def test_deciding_again_by_the_place_decided_for_changes_nothing(guess: str | None) -> None:
    decision = decide_expressions(guess=guess)
    assert decide_expressions(setting=decision.place) == decision


@pytest.mark.parametrize("code", ["UK", "EL", "XX", "de"])
def test_a_code_that_no_place_has_counts_as_unknown(code: str) -> None:
    assert decide_expressions(setting=code).reason is Reason.PLACE_UNKNOWN


def test_unconfirmed_settings_switch_expressions_off_where_the_law_allows_them() -> None:
    assert decide_expressions(setting="US", confirmed=False).reason is Reason.SETTINGS_UNCONFIRMED
    assert decide_expressions(setting="DE", confirmed=False).reason is Reason.FORBIDDEN
    assert not decide_expressions(setting="US", confirmed=False).on


def test_the_line_for_the_user_names_the_law() -> None:
    assert "Article 5(1)(f)" in LAW_LINE
