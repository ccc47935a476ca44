"""A text made from a marked template is found again, with what was filled in."""

import sys
from collections.abc import Iterator
from itertools import count
from threading import Thread

import pytest

from fer_desktop.messages.told import english_forms, find_template, mark

ABSENT = mark("made up for a test: {who} was not seen for {duration}")
MORE = mark("made up for a test: {who} was not seen for {duration} of {whole}")
PLAIN = mark("made up for a test: nothing (filled) in.")


def test_a_template_is_handed_back_as_it_is() -> None:
    assert PLAIN == "made up for a test: nothing (filled) in."
    assert find_template(PLAIN) == (PLAIN, {})


def test_what_was_filled_in_is_found_again() -> None:
    text = ABSENT.format(who="Student 7", duration="2 min")
    assert find_template(text) == (ABSENT, {"who": "Student 7", "duration": "2 min"})


def test_the_template_with_more_words_of_its_own_wins() -> None:
    text = MORE.format(who="Student 7", duration="2 min", whole="1 h")
    assert find_template(text) == (MORE, {"who": "Student 7", "duration": "2 min", "whole": "1 h"})


def test_any_other_text_has_no_template() -> None:
    assert find_template("The teacher's own words {who}") is None


@pytest.fixture
def threads_take_turns_often() -> Iterator[None]:
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval_s)


@pytest.mark.usefixtures("threads_take_turns_often")
def test_a_module_may_be_imported_by_another_thread_meanwhile() -> None:
    importing = Thread(target=lambda: [mark(f"made up for a test: text {number}") for number in range(300)])
    importing.start()
    for number in count():
        assert find_template(f"The teacher's own words {number}") is None
        if not importing.is_alive():
            break
    importing.join()


def test_only_numbers_fit_where_seconds_minutes_and_hours_stand() -> None:
    template = mark("{seconds} made-up units")
    assert find_template("45 made-up units") == (template, {"seconds": "45"})
    assert find_template("some made-up units") is None


def test_english_has_a_form_of_one_and_of_many() -> None:
    assert english_forms("%n face(s) (was|were) seen") == ("%n face was seen", "%n faces were seen")
