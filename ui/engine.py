"""The parts of the engine that the windows need."""

from collections.abc import Callable
from dataclasses import dataclass

from fer_desktop.expression.figures import ModelSummary
from fer_desktop.settings import Settings
from ui.lesson_import import ImportFunction
from ui.live.session_runner import SessionMaker
from ui.ports import ExportFunction, ProtectionPort, RecordingPort, StorePort


@dataclass(frozen=True, slots=True)
class Engine:
    """What `AppController` connects the windows with."""

    store: StorePort
    make_session: SessionMaker
    save_settings: Callable[[Settings, Settings], None]
    """Those of before, and those of now."""
    export: ExportFunction
    read_model_summary: Callable[[], ModelSummary]
    protection: ProtectionPort
    recordings: RecordingPort
    import_lesson: ImportFunction
