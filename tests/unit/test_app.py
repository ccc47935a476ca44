"""How a session is described from the settings."""

import pytest

from fer_desktop.app import make_new_session
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.settings import Settings
from fer_desktop.storage.values import NewSession
from tests.fakes import ScriptedSource


def describe(settings: Settings, *, simulated: bool = False) -> NewSession:
    expressions = decide_expressions(setting=settings.place, simulated=simulated)
    return make_new_session(settings, ScriptedSource([]).name, expressions)


@pytest.mark.parametrize(("simulated", "course"), [(False, "Biology 2"), (True, "")])
def test_a_simulated_class_is_no_lesson_of_the_teachers_course(simulated: bool, course: str) -> None:
    assert describe(Settings(course="Biology 2", place="IN"), simulated=simulated).course == course


@pytest.mark.parametrize(("place", "simulated", "on"), [("IN", False, True), ("DE", False, False), ("DE", True, True)])
def test_a_session_stores_the_place_and_what_was_decided_for_it(place: str, simulated: bool, on: bool) -> None:
    session = describe(Settings(place=place), simulated=simulated)
    assert (session.place, session.simulated, session.expressions_on) == (place, simulated, on)
    assert bool(session.model) is on


def test_a_session_with_unconfirmed_settings_stores_class_totals() -> None:
    assert describe(Settings(place="IN", unconfirmed=("retention_days",))).aggregate_only
