"""Every window in both themes: painted without a warning, and kept as a picture where a folder is named.

`FER_DESKTOP_LOOKS=/some/folder` keeps the pictures, to be looked at.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.settings import Settings
from fer_desktop.types import ClassMood, Event, EventKind, FlagKind, PipelineState
from models.card import read_card
from models.loading import SHIPPED_FOLDER
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, FakeStore, make_class, make_observation, make_session
from ui.dialogs.accuracy_dialog import AccuracyDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.student_dialogs import JoinDialog, OtherStudent, RenameDialog, SplitDialog
from ui.live_window import LiveWindow
from ui.review_window import ReviewWindow
from ui.start.consent_dialog import ConsentDialog
from ui.start.place_dialog import PlaceDialog
from ui.theme import apply_theme, pick_theme

FOLDER = os.environ.get("FER_DESKTOP_LOOKS")


NAMES = ("Anna Schmidt", "Zoë Kim", "Adil O'Neil", "Priya Ramachandran", "李小龙", "Jean-Luc Picard")


def cells_of(window: ReviewWindow) -> list[object]:
    model = window.page.students.attendance.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    name = str(request.param)
    apply_theme(qapp, name)
    return name


def look_at(widget: QWidget, name: str, theme: str) -> None:
    """The picture is not empty and stands on the theme's ground; it is kept where a folder is named."""
    QApplication.processEvents()
    picture = widget.grab()
    image = picture.toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    ground = pick_theme(theme, QApplication.styleHints().colorScheme())
    assert len(colours) > 8
    assert colours & {ground.window, ground.surface}
    if FOLDER:
        picture.save(str(Path(FOLDER) / f"{name}_{theme}.png"))


@pytest.mark.parametrize("size", [(360, 820), (440, 900), (1000, 760)], ids=["narrow", "usual", "wide"])
def test_the_live_window(qtbot: QtBot, theme: str, size: tuple[int, int]) -> None:
    window, session = LiveWindow(), FakeLiveSession(state=PipelineState.RUNNING)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.attach(session, source="Simulated class", aggregate_only=False, law_line=None)
    students = make_class(27, 700)
    for second in range(300, 700):
        shares = make_probabilities(happy=0.3 + 0.2 * float(np.sin(second / 40)), sad=0.1, surprise=0.05)
        window.watch_panel.series.add(ClassMood(second, shares, 22, 25, 27))
    session.publish(make_observation(students, 700, probabilities=shares))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    look_at(window, f"live_{size[0]}", theme)
    window.watch_panel.students.select(7)
    look_at(window, f"live_selected_{size[0]}", theme)
    window.detach()


def test_the_start(qtbot: QtBot, theme: str) -> None:
    window = LiveWindow()
    qtbot.addWidget(window)
    window.show()
    look_at(window, "start", theme)


def test_the_review_window(qtbot: QtBot, theme: str) -> None:
    store = FakeStore([make_session(1), make_session(2, simulated=True)], seconds=3120, students=27)
    store.stored_events = [
        Event(EventKind.BOOKMARK, 700, "Started the group work"),
        Event(EventKind.FLAG_RAISED, 1500, "not seen for 2 min", 7, FlagKind.AWAY),
    ]
    window = ReviewWindow(store, lambda *_, **__: None)
    qtbot.addWidget(window)
    window.show()
    window.refresh()
    qtbot.waitUntil(window.page.isVisible)
    window.page.students.table.select(7)
    qtbot.waitUntil(window.page.student_timeline.isVisible)
    look_at(window, "review", theme)
    window.page.timeline.show_moment(1500)
    window.page.students.tabs.setCurrentIndex(1)
    store.names = {number: NAMES[number % len(NAMES)] for number in range(1, 20)}
    store.rosters["Physics 101"] = [*NAMES, "Émile Zola", "Nobody Here"]
    window.refresh()
    qtbot.waitUntil(lambda: "Nobody Here" in cells_of(window))
    window.page.students.select(7)
    qtbot.waitUntil(window.page.student_timeline.isVisible)
    look_at(window, "review_attendance", theme)
    window.wait()


def test_the_dialogs(qtbot: QtBot, theme: str) -> None:
    for name, dialog in (
        ("place", PlaceDialog(None, guess="DE")),
        ("consent", ConsentDialog(None, live=True, expressions_on=True, aggregate_only=False)),
        ("settings", SettingsDialog(None, Settings(place="IN"))),
        ("rename", RenameDialog(None, label="Student 7", name="")),
        ("join", JoinDialog(None, label="Student 7", others=[OtherStudent(3, "Anna Schmidt", "Both are here now.")])),
        ("split", SplitDialog(None, label="Student 7", first=0, last=2999, at_second=700)),
        ("accuracy", AccuracyDialog(None, read_card(SHIPPED_FOLDER))),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        look_at(dialog, name, theme)
        dialog.close()


def test_changing_the_theme_changes_a_window_that_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    window = LiveWindow()
    qtbot.addWidget(window)
    window.show()
    window.attach(FakeLiveSession(), source="", aggregate_only=False, law_line=None)
    for name in ("dark", "light", "dark"):
        apply_theme(qapp, name)
        look_at(window, "switched", name)
    window.detach()
