"""App controllers over a fake engine, and the steps that their tests share."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fer_desktop.errors import DataError, ModelError
from fer_desktop.expression.figures import ModelSummary, read_model_summary
from fer_desktop.messages import literal
from fer_desktop.report.lesson_import import Imported
from fer_desktop.settings import Settings
from fer_desktop.types import PipelineState
from tests.ui.fake_recordings import FakeRecordings
from tests.ui.fake_store import FakeProtection, FakeStore, make_session
from tests.ui.fakes import FakeLiveSession
from ui.app_controller import AppController
from ui.dialogs.settings_dialog import SettingsDialog
from ui.engine import Engine
from ui.start.choice import NamedSource, SourceChoice
from ui.start.consent_dialog import ConsentDialog
from ui.start.source_picker import SourcePicker

RECORDING = SourceChoice("/lessons/monday.mp4", watched="recording")
SIMULATED = SourceChoice("simulated", watched="recording", simulated=True)


class FakeEngine:
    """What a controller needs of the engine; keeps what the controller hands over."""

    def __init__(self) -> None:
        self.store = FakeStore([make_session(1)])
        self.saved: list[Settings] = []
        self.made: list[tuple[Settings, SourceChoice]] = []
        self.sessions: list[FakeLiveSession] = []
        self.failure: Exception | None = None
        self.card_failure: ModelError | None = None
        self.expressions_on = True
        self.protection = FakeProtection()
        self.recordings = FakeRecordings()
        self.gate = Event()
        self.gate.set()

    def make_session(self, settings: Settings, choice: SourceChoice) -> FakeLiveSession:
        if self.failure is not None:
            raise self.failure
        self.made.append((settings, choice))
        self.gate.wait(5)
        self.sessions.append(FakeLiveSession(expressions_on=self.expressions_on))
        return self.sessions[-1]

    def save_settings(self, _before: Settings, after: Settings) -> None:
        self.saved.append(after)

    def export(
        self,
        session_id: int,
        *,
        format: str,
        path: Path,
        student: int | None = None,
        part: str = "all",
        individuals: bool = True,
        password: str | None = None,
    ) -> None:
        raise AssertionError("nothing is exported here")

    def import_lesson(self, path: Path, settings: Settings) -> Imported:
        """By the file's stem: a number is that of the new lesson; "bad" is none.

        "there" was imported before, and so was "old", which its age has hidden since.
        """
        if path.stem == "bad":
            raise DataError("this is no exported lesson")
        left_out = (literal("Names were left out."),) if settings.place == "DE" else ()
        return Imported(int(path.stem) if path.stem.isdecimal() else None, left_out, hidden=path.stem == "old")

    def read_model_summary(self) -> ModelSummary:
        if self.card_failure is not None:
            raise self.card_failure
        return read_model_summary()

    def ports(self) -> Engine:
        return Engine(
            self.store,
            self.make_session,
            self.save_settings,
            self.export,
            self.read_model_summary,
            self.protection,
            self.recordings,
            self.import_lesson,
        )


class Controllers:
    """Opens controllers and ends them after the test."""

    def __init__(self, qtbot: QtBot, engine: FakeEngine) -> None:
        self.qtbot = qtbot
        self.engine = engine
        self.opened: list[AppController] = []

    def open(
        self,
        settings: Settings | None = None,
        *,
        place: str | None = None,
        guess: str | None = None,
        purge: bool = True,
        notice: str | None = None,
        watch: NamedSource | None = None,
        crashed: int | None = None,
        rescued_seconds: int = 0,
    ) -> AppController:
        settings = settings or Settings(place="IN", theme="light")
        controller = AppController(self.engine.ports(), settings, place=place, guess=guess, purge=purge)
        self.opened.append(controller)
        controller.open(notice=notice, watch=watch, crashed=crashed, rescued_seconds=rescued_seconds)
        return controller


def dialog_of(controller: AppController, kind: type[QDialog]) -> QDialog | None:
    found: QObject | None = controller.live.findChild(kind)
    return found if isinstance(found, kind) and found.isVisible() else None


def picker_of(controller: AppController) -> SourcePicker:
    [picker] = controller.live.findChildren(SourcePicker)
    return picker


def consent(controller: AppController) -> ConsentDialog:
    dialog = dialog_of(controller, ConsentDialog)
    assert isinstance(dialog, ConsentDialog)
    return dialog


def start_recording(controllers: Controllers, controller: AppController) -> FakeLiveSession:
    controller.begin(RECORDING)
    dialog = consent(controller)
    QTest.mouseClick(dialog.confirmation, Qt.MouseButton.LeftButton)
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    return controllers.engine.sessions[-1]


def change_place(controller: AppController, name: str) -> None:
    controller.open_settings()
    dialog = dialog_of(controller, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.place.setEditText(name)
    dialog.accept_button.click()


def change_settings(controller: AppController, settings: Settings) -> None:
    """To `settings`, in their dialog."""
    controller.open_settings()
    dialog = dialog_of(controller, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.aggregate_only.setChecked(settings.aggregate_only)
    dialog.names_allowed.setChecked(settings.names_allowed)
    dialog.away_after.setValue(settings.away_after_s)
    dialog.accept_button.click()


def fail_session(controllers: Controllers, controller: AppController, session: FakeLiveSession) -> None:
    session.state, session.fault = PipelineState.FAULTED, literal("the picture is gone")
    controllers.qtbot.waitUntil(controller.live.banners.fault.isVisible)


def start_simulated(controllers: Controllers, controller: AppController) -> FakeLiveSession:
    controller.begin(SIMULATED)
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    return controllers.engine.sessions[-1]
