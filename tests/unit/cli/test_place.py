"""Where the class is, on the command line."""

import pytest

from fer_desktop.cli.place import apply_place, check_place, decide_expressions_here, report_expressions_off
from fer_desktop.errors import SettingsError
from fer_desktop.policy.expressions import Reason, decide_expressions
from fer_desktop.settings import Settings


def test_a_country_code_is_taken_in_any_case() -> None:
    assert check_place("in") == "IN"


@pytest.mark.parametrize("text", ["Narnia", "XX", "", "I"])
def test_something_else_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(SettingsError, match="give two letters"):
        check_place(text)


@pytest.mark.parametrize(
    ("argument", "setting", "zone", "place", "reason"),
    [
        ("de", "IN", "Asia/Kolkata", "DE", Reason.FORBIDDEN),
        ("us", "DE", "Europe/Berlin", "US", Reason.ALLOWED),
        (None, "IN", "Europe/Berlin", "IN", Reason.ALLOWED),
        (None, None, "Europe/Berlin", "DE", Reason.FORBIDDEN),
        (None, None, "Asia/Kolkata", None, Reason.PLACE_UNKNOWN),
        (None, None, "UTC", None, Reason.PLACE_UNKNOWN),
    ],
)
def test_the_argument_counts_before_the_setting_and_the_time_zone_switches_nothing_on(
    monkeypatch: pytest.MonkeyPatch,
    argument: str | None,
    setting: str | None,
    zone: str,
    place: str | None,
    reason: Reason,
) -> None:
    monkeypatch.setenv("TZ", zone)
    decision = decide_expressions_here(apply_place(Settings(place=setting), argument))
    assert (decision.place, decision.reason) == (place, reason)


@pytest.mark.parametrize(("place", "words"), [("IN", ""), ("FR", "Article 5(1)(f)"), (None, "--place CC")])
def test_one_line_says_why_expressions_are_off(
    place: str | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report_expressions_off(decide_expressions(setting=place))
    line = capsys.readouterr().err
    assert words in line
    assert line.count("\n") == (1 if words else 0)
