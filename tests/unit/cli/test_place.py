"""Where the class is, on the command line."""

import pytest

from fer_desktop.cli.place import are_expressions_on, check_place, settle_place, tell_place
from fer_desktop.errors import SettingsError
from fer_desktop.settings import Settings


def test_a_country_code_is_taken_in_any_case() -> None:
    assert check_place("in") == "IN"


@pytest.mark.parametrize("text", ["Narnia", "XX", "", "I"])
def test_something_else_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(SettingsError, match="give two letters"):
        check_place(text)


def test_what_is_said_counts_before_what_is_set() -> None:
    assert settle_place(Settings(place="IN"), "de").place == "DE"
    assert settle_place(Settings(place="IN"), None).place == "IN"


@pytest.mark.parametrize(
    ("place", "on", "words"), [("IN", True, ""), ("FR", False, "Article 5(1)(f)"), (None, True, "place unknown")]
)
def test_expressions_follow_the_law_and_it_is_told(
    place: str | None, on: bool, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(place=place)
    assert are_expressions_on(settings) is on
    tell_place(settings)
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == (1 if words else 0)
