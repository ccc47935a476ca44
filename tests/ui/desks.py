"""Desks over a stand-in for the engine, and the steps that their tests share."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import ModelError
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from models.card import ModelCard, read_card
from models.loading import SHIPPED_FOLDER
from tests.ui.fakes import FakeLiveSession, FakeStore, make_session
from ui.desk import Desk, Engine
from ui.dialogs.settings_dialog import SettingsDialog
from ui.start.choice import SourceChoice
from ui.start.consent_dialog import ConsentDialog

RECORDING = SourceChoice("/lessons/monday.mp4", watched="recording")
SIMULATED = SourceChoice("simulated", watched="recording", simulated=True)


class World:
    """The engine's side of the desk, and what reached it."""

    def __init__(self) -> None:
        self.store = FakeStore([make_session(1)])
        self.saved: list[Settings] = []
        self.made: list[tuple[Settings, SourceChoice]] = []
        self.sessions: list[FakeLiveSession] = []
        self.failure: Exception | None = None
        self.card_failure: ModelError | None = None
        self.expressions_on = True
        self.gate = Event()
        self.gate.set()

    def make_session(self, settings: Settings, choice: SourceChoice) -> FakeLiveSession:
        if self.failure is not None:
            raise self.failure
        self.made.append((settings, choice))
        self.gate.wait(5)
        self.sessions.append(FakeLiveSession(expressions_on=self.expressions_on))
        return self.sessions[-1]

    def export(
        self,
        session_id: int,
        *,
        format: str,
        path: Path,
        student: int | None = None,
        part: str = "all",
        individuals: bool = True,
    ) -> None:
        raise AssertionError("nothing is exported here")

    def read_card(self) -> ModelCard:
        if self.card_failure is not None:
            raise self.card_failure
        return read_card(SHIPPED_FOLDER)

    def engine(self) -> Engine:
        return Engine(self.store, self.make_session, self.saved.append, self.export, self.read_card)


class Desks:
    """Opens desks and ends them after the test."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot = qtbot
        self.world = world
        self.opened: list[Desk] = []

    def open(
        self,
        settings: Settings | None = None,
        *,
        place: str | None = None,
        guess: str | None = None,
        purge: bool = True,
        notice: str | None = None,
        watch: bool = False,
        crashed: int | None = None,
    ) -> Desk:
        settings = settings or Settings(place="IN", theme="light")
        desk = Desk(self.world.engine(), settings, place=place, guess=guess, purge=purge)
        self.opened.append(desk)
        desk.open(notice=notice, watch=watch, crashed=crashed)
        return desk


def dialog_of(desk: Desk, kind: type[QDialog]) -> QDialog | None:
    found: QObject | None = desk.live.findChild(kind)
    return found if isinstance(found, kind) and found.isVisible() else None


def consent(desk: Desk) -> ConsentDialog:
    dialog = dialog_of(desk, ConsentDialog)
    assert isinstance(dialog, ConsentDialog)
    return dialog


def start_recording(desks: Desks, desk: Desk) -> FakeLiveSession:
    desk.begin(RECORDING)
    dialog = consent(desk)
    QTest.mouseClick(dialog.told, Qt.MouseButton.LeftButton)
    dialog.accept_button.click()
    desks.qtbot.waitUntil(lambda: desk.live.watching)
    return desks.world.sessions[-1]


def change_place(desk: Desk, name: str) -> None:
    desk.open_settings()
    dialog = dialog_of(desk, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.place.setEditText(name)
    dialog.accept_button.click()


def break_down(desks: Desks, desk: Desk, session: FakeLiveSession) -> None:
    session.state, session.fault = PipelineState.FAULTED, "the picture is gone"
    desks.qtbot.waitUntil(desk.live.fault.isVisible)


def start_simulated(desks: Desks, desk: Desk) -> FakeLiveSession:
    desk.begin(SIMULATED)
    desks.qtbot.waitUntil(lambda: desk.live.watching)
    return desks.world.sessions[-1]
