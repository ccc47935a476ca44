"""Draws the pictures of the user guide: `.venv/bin/python tools/guide_pictures.py` (some minutes, no display).

Real windows show a real session of a simulated class: drawn students, no real people. Only the pictures are kept.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.5")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402 - Qt reads the two when it loads
from PySide6.QtGui import QImageWriter  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from fer_desktop.app import build_live_session  # noqa: E402
from fer_desktop.policy.expressions import decide_expressions  # noqa: E402
from fer_desktop.report.export import export_session  # noqa: E402
from fer_desktop.session.live_session import LiveSession  # noqa: E402
from fer_desktop.settings import Settings  # noqa: E402
from fer_desktop.simulation.source import SimulatedSource  # noqa: E402
from fer_desktop.simulation.trials import make_trial  # noqa: E402
from fer_desktop.storage.store import Store, open_store  # noqa: E402
from fer_desktop.types import Observation, PipelineState  # noqa: E402
from ui.application import make_application  # noqa: E402
from ui.export.export_dialog import ExportDialog  # noqa: E402
from ui.language import render, use_language  # noqa: E402
from ui.live.live_window import LiveWindow  # noqa: E402
from ui.review.review_window import ReviewWindow  # noqa: E402
from ui.start.consent_dialog import ConsentDialog  # noqa: E402

_STUDENTS: Final = 25
_SECONDS: Final = 480.0
_SEED: Final = 3
_FRAMES_PER_SECOND: Final = 2.0
_FLAGGED: Final = range(3, 6)
"""So many students are flagged in the picture of a lesson: enough to show flags, few enough to be typical."""
_QUALITY: Final = 84
_MOST_BYTES: Final = 150_000
_LIMIT_MS: Final = 1_800_000


class _NewestObservation:
    """An observation sink that keeps the newest one. Called by the inference thread."""

    def __init__(self) -> None:
        self._observation: Observation | None = None

    def publish(self, observation: Observation) -> None:
        """Keeps it."""
        self._observation = observation

    def flagged(self) -> list[int]:
        """The students with flags."""
        students = self._observation.students if self._observation else ()
        return [each.student for each in students if each.flags]


def main() -> None:
    """Draws all pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "docs" / "pictures", help="where the pictures go")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    _application = make_application(theme="light")  # lives as long as its name
    use_language("en")
    with tempfile.TemporaryDirectory() as scratch, open_store(str(Path(scratch) / "guide.db")) as store:
        _draw_beginning(folder)
        session = _draw_lesson(folder, store)
        _draw_review(folder, store, session)


def _draw_beginning(folder: Path) -> None:
    window = LiveWindow()
    window.start_panel.remember()
    window.resize(440, 620)
    window.show()
    _save(window, folder / "guide-start")
    dialog = ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)
    dialog.show()
    _save(dialog, folder / "guide-tell")
    dialog.close()
    window.close()


def _draw_lesson(folder: Path, store: Store) -> int:
    """Draws the live window during a lesson. Returns the session's number in the store."""
    script = make_trial(students=_STUDENTS, seconds=_SECONDS, seed=_SEED).script
    settings = Settings(place="IN", course="Biology 2", frames_per_second=_FRAMES_PER_SECOND)
    newest = _NewestObservation()
    source = SimulatedSource(script, fps=_FRAMES_PER_SECOND)
    expressions = decide_expressions(setting=settings.place, simulated=True)
    session = build_live_session(settings, source, store, expressions=expressions, sinks=(newest,))
    window = LiveWindow()
    window.resize(440, 900)
    window.show()
    window.attach(session, source=render(source.name), aggregate_only=False, law_line=None)
    session.start()
    _wait_until(lambda: len(newest.flagged()) in _FLAGGED)
    _mark_moment(session)
    window.watch_panel.students.select(newest.flagged()[0])
    _save(window, folder / "guide-live")
    _save(window.watch_panel.students, folder / "guide-flags")
    window.watch_panel.preview.toggle()
    _save(window.watch_panel.preview, folder / "guide-watched")
    _wait_until(lambda: session.state is PipelineState.STOPPED)
    window.detach()
    session.stop()
    window.close()
    session.raise_fault()
    if session.session_id is None:
        raise SystemExit("nothing was recorded")
    return session.session_id


def _mark_moment(session: LiveSession) -> None:
    session.bookmark("The leaf", second=70)
    session.note(None, "Show it again", second=150)


def _draw_review(folder: Path, store: Store, session: int) -> None:
    window = ReviewWindow(store, partial(export_session, store))
    window.resize(1320, 900)
    window.show()
    window.refresh(select=session)
    _wait_until(lambda: window.page.summary is not None)
    flagged = next(each for each in store.students(session) if each.flags)
    window.page.students.select(flagged.student)
    _rest(1500)
    _save(window, folder / "guide-review")
    _save(window.page.heat, folder / "guide-heat-map")
    dialog = ExportDialog(window, store.session(session))
    dialog.show()
    _save(dialog, folder / "guide-export")
    dialog.close()
    window.close()


def _save(widget: QWidget, path: Path) -> None:
    """Writes the widget's picture. Raises `SystemExit` where it is too large for a guide."""
    _rest(500)
    written = path.with_suffix(".webp")
    writer = QImageWriter(str(written))
    writer.setQuality(_QUALITY)
    if not writer.write(widget.grab().toImage()):
        raise SystemExit(f"{written}: {writer.errorString()}")
    if written.stat().st_size > _MOST_BYTES:
        raise SystemExit(f"{written} has {written.stat().st_size} bytes, more than {_MOST_BYTES}")


def _wait_until(ready: Callable[[], bool]) -> None:
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if ready() else None)
    timer.start(20)
    QTimer.singleShot(_LIMIT_MS, loop.quit)
    loop.exec()


def _rest(milliseconds: int) -> None:
    """Lets the windows paint."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
