"""A program for a test: the real windows from a session over its review and a report to the end. Only the session is a
stand-in. `python -m tests.ui.whole_lesson DATABASE FOLDER` leaves `lesson.pdf` in the folder.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QTimer

from fer_desktop.cli import run_commands
from fer_desktop.storage.store import open_store
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_observation, make_student
from tests.unit.report.reports import lesson
from tests.unit.storage.lessons import record_lesson
from ui.app_controller import AppController
from ui.commands import DEFAULT_COMMAND
from ui.export.export_dialog import ExportRequest
from ui.start.choice import SourceChoice

_STUDENTS = 150
"""So many that the rich text of the report is laid out bit by bit."""

_LOOK_EVERY_MS = 50
_LIMIT_S = 60.0


def main() -> int:
    database, folder = sys.argv[1], Path(sys.argv[2])
    with open_store(database) as store:
        record_lesson(store, lesson(30, _STUDENTS))
    open_windows = AppController.open

    def open_and_use(controller: AppController, **options: Any) -> None:
        open_windows(controller, **options)
        steps = _use(controller, folder / "lesson.pdf")
        give_up_at_s = time.monotonic() + _LIMIT_S

        def go_on() -> None:
            if time.monotonic() > give_up_at_s:
                raise TimeoutError("the windows do not close")
            if next(steps, False):
                QTimer.singleShot(_LOOK_EVERY_MS, go_on)

        go_on()

    with (
        patch.object(AppController, "open", open_and_use),
        patch("fer_desktop.app.build_live_session", lambda *_, **__: FakeLiveSession()),
    ):
        return run_commands([], DEFAULT_COMMAND, ["--place", "IN", "--db", database])


def _use(controller: AppController, report: Path) -> Iterator[bool]:
    """Yields while something is waited for."""
    live = controller.live
    controller.begin(SourceChoice("simulated", watched="recording", simulated=True))
    while not live.watching:
        yield True
    live.show_observation(make_observation([make_student(1)], 5, probabilities=make_probabilities()))
    live.repaint_now()
    live.shared_actions.stop.trigger()
    while not live.start_panel.saved.isVisible():
        yield True
    live.start_panel.saved.button.click()
    review = controller.review
    assert review is not None
    while not review.page.isVisible():
        yield True
    review.export_to(ExportRequest(1, "pdf", report))
    while not review.done.text.startswith("Saved as"):
        yield True
    live.shared_actions.quit.trigger()


if __name__ == "__main__":
    sys.exit(main())
