"""How a session is put together from the settings."""

from pathlib import Path

import pytest

from fer_desktop.app import build_live_session
from fer_desktop.settings import Settings
from fer_desktop.storage.store import open_store
from tests.fakes import ScriptedSource


@pytest.mark.parametrize(("simulated", "course"), [(False, "Biology 2"), (True, "")])
def test_a_simulated_class_is_no_lesson_of_the_teachers_course(tmp_path: Path, simulated: bool, course: str) -> None:
    with open_store(str(tmp_path / "sessions.sqlite")) as store:
        settings = Settings(course="Biology 2", place="IN")
        session = build_live_session(settings, ScriptedSource([]), store, simulated=simulated)
        assert session._new_session.course == course
