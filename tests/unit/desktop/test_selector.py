"""A window is found again: within a session by its number, tomorrow by program and title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.desktop.types import clean_title
from fer_desktop.errors import SettingsError
from fer_desktop.messages import MessageKey
from tests.raising import raises_message
from tests.unit.capture.windows import make_window

texts = st.text(max_size=30).map(clean_title)


@given(texts.filter(bool), texts, st.integers(0, 2**64 - 1))
def test_a_selector_reads_back_as_it_was_written(title: str, app: str, number: int) -> None:
    selector = WindowSelector.of(make_window(number, title, app))
    assert WindowSelector.parse(str(selector)) == selector
    assert WindowSelector.parse(str(selector.without_id())) == selector.without_id()
    assert selector.find([make_window(number, title, app)]) is not None


def test_a_comma_in_the_name_of_a_program_does_not_end_it() -> None:
    window = make_window(7, app="Foo, Inc. Call")
    selector = WindowSelector.parse(str(WindowSelector.of(window)))
    assert selector.find([window]) == window
    assert selector.without_id().find([window]) == window


def test_a_part_of_a_title_or_a_program_is_enough() -> None:
    call, notes = make_window(1, "Zoom Meeting"), make_window(2, "Notes on zoom", "gedit")
    assert WindowSelector.parse("meet").find([notes, call]) == call
    assert WindowSelector.parse("ZOOM").find([notes, call]) == call, "calls go first"
    assert WindowSelector.parse("gedit").find([notes, call]) == notes
    assert WindowSelector.parse("teams").find([notes, call]) is None


def test_tomorrow_the_title_may_have_grown_or_shrunk() -> None:
    selector = WindowSelector("Zoom Meeting", "zoom")
    assert selector.matches(make_window(title="(2) Zoom Meeting"))
    assert selector.matches(make_window(title="Zoom Meeting 40-Minutes"))
    assert WindowSelector("Zoom Meeting 40-Minutes", "zoom").matches(make_window())
    assert not selector.matches(make_window(title="Zoom"))
    assert not selector.matches(make_window(app="gedit"))


def test_the_exact_title_goes_before_a_longer_one_and_a_shown_window_before_a_hidden_one() -> None:
    longer, exact, hidden = make_window(1, "Zoom Meeting 2"), make_window(2), make_window(3, hidden=True)
    assert WindowSelector("Zoom Meeting", "zoom").find([hidden, longer, exact]) == exact
    assert WindowSelector("Zoom Meeting", "zoom").find([hidden]) == hidden


@pytest.mark.parametrize("text", ["", "  ", "\x00", "app=,title="])
def test_a_text_without_title_or_program_is_refused(text: str) -> None:
    with raises_message(SettingsError, MessageKey.WINDOW_NOT_NAMED):
        WindowSelector.parse(text)
