"""Recordings chosen in the window are analysed in the background, one after the other, and the window stays usable."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.recording.unfinished import UnfinishedRecording
from fer_desktop.settings import Settings
from fer_desktop.storage.values import KeptSeconds
from tests.ui.controllers import Controllers, FakeEngine, consent, dialog_of, picker_of, start_simulated
from tests.ui.fake_recordings import make_outcome, make_outcome_of_lost, make_progress
from tests.ui.fake_store import make_session
from ui.app_controller import AppController
from ui.dialogs.base import Dialog
from ui.recordings.card import RecordingRow
from ui.recordings.queue import restrict
from ui.start.choice import choose_recordings
from ui.start.consent_dialog import ConsentDialog

MONDAY, TUESDAY = Path("/lessons/monday.mp4"), Path("/lessons/tuesday.mp4")


def begin(controller: AppController, *paths: Path, aggregate_only: bool = False) -> None:
    """Chooses recordings and confirms that the class is informed."""
    controller.begin(choose_recordings(paths))
    dialog = consent(controller)
    dialog.aggregate.setChecked(aggregate_only)
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()


def rows(controller: AppController) -> list[RecordingRow]:
    return controller.live.start_panel.recordings.rows


def statuses(controller: AppController) -> list[str]:
    return [row.status.text() for row in rows(controller)]


def wait_for(qtbot: QtBot, controller: AppController, *words: str) -> None:
    """Until each row's state contains these words, in order."""
    qtbot.waitUntil(
        lambda: (
            len(rows(controller)) == len(words)
            and all(each in status for each, status in zip(words, statuses(controller), strict=True))
        )
    )


def test_nothing_is_read_before_the_class_is_informed(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    controller.begin(choose_recordings([MONDAY]))
    dialog = consent(controller)
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    assert (engine.recordings.begun, rows(controller)) == ([], [])
    assert controller.live.start_panel.recordings.isHidden()


def test_a_recording_shows_its_length_how_far_it_is_and_the_time_left(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    wait_for(qtbot, controller, "Opening")
    engine.recordings.steps.put(make_progress(0))
    wait_for(qtbot, controller, "50 min long · 0 % read · estimating the time left")
    engine.recordings.steps.put(make_progress(1))
    wait_for(qtbot, controller, "50 min long · 25 % read · less than a minute left")
    assert rows(controller)[0].bar.value() == 25
    assert controller.live.start_panel.isEnabled()
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")


def test_a_finished_recording_offers_its_review(controllers: Controllers, engine: FakeEngine, qtbot: QtBot) -> None:
    engine.store.sessions[2] = make_session(2)
    controller = controllers.open()
    begin(controller, MONDAY)
    engine.recordings.steps.put(make_outcome(2))
    wait_for(qtbot, controller, "Saved as a lesson")
    rows(controller)[0].action.click()
    review = controller.review
    assert review is not None
    qtbot.waitUntil(lambda: review.page.summary is not None)
    assert review.page.summary is not None
    assert review.page.summary.id == 2
    assert rows(controller) == []
    qtbot.waitUntil(lambda: not review.busy)


def test_several_are_read_one_after_the_other_and_a_bad_one_gets_its_sentence(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY, TUESDAY)
    wait_for(qtbot, controller, "Opening", "Waiting for its turn")
    assert [path for path, _ in engine.recordings.begun] == [MONDAY]
    engine.recordings.steps.put(SourceError(Message(MessageKey.VIDEO_EMPTY, name="monday.mp4")))
    wait_for(qtbot, controller, "is empty", "Opening")
    assert [path for path, _ in engine.recordings.begun] == [MONDAY, TUESDAY]
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "is empty", "Saved as a lesson")
    rows(controller)[0].remove.click()
    wait_for(qtbot, controller, "Saved as a lesson")


def test_the_choices_of_the_consent_hold_for_each(controllers: Controllers, engine: FakeEngine, qtbot: QtBot) -> None:
    controller = controllers.open(Settings(place="IN", theme="light", course="Physics"))
    begin(controller, MONDAY, aggregate_only=True)
    qtbot.waitUntil(lambda: len(engine.recordings.begun) == 1)
    _, settings = engine.recordings.begun[0]
    assert (settings.class_totals, settings.course, settings.place) == (True, "Physics", "IN")
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (Settings(place="DE", names_allowed=True), ("DE", True, False)),
        (Settings(place="US", names_allowed=True), ("IN", True, False)),
        (Settings(place="IN", names_allowed=False), ("IN", False, False)),
        (Settings(place="IN", aggregate_only=True), ("IN", False, True)),
        (Settings(place="IN", names_allowed=True, unconfirmed=("place",)), ("IN", True, True)),
    ],
)
def test_what_the_settings_forbid_by_its_turn_holds(now: Settings, expected: tuple[str, bool, bool]) -> None:
    confirmed = Settings(place="IN", names_allowed=True)
    after = restrict(confirmed, now)
    assert (after.place, after.names_allowed, after.class_totals) == expected
    assert after.confirmed == now.confirmed


def test_a_stopped_one_is_kept_and_continues_once_the_class_is_informed_again(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    engine.recordings.steps.put(make_progress(1))
    wait_for(qtbot, controller, "25 % read")
    rows(controller)[0].action.click()
    wait_for(qtbot, controller, "Stopped at 25 %. What was read is kept for a week.")
    rows(controller)[0].action.click()
    dialog = consent(controller)
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: len(engine.recordings.begun) == 2)
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")


def test_one_that_could_not_be_saved_says_so_and_can_go_on(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    engine.recordings.unfinished.append(UnfinishedRecording(MONDAY, 4, 4, Path("/kept")))
    missing = Message(MessageKey.ANALYSIS_NOT_STORED, name="monday.mp4", lost=9, recorded=9)
    engine.recordings.steps.put(make_outcome_of_lost(KeptSeconds(9, 0, 0), missing))
    wait_for(qtbot, controller, "monday.mp4: 9 of 9 seconds could not be saved. What was read is kept for a week")
    (row,) = rows(controller)
    qtbot.waitUntil(lambda: row.action.text() == "Continue…")
    assert row.remove.text() == "Discard"
    row.action.click()
    assert consent(controller).isVisible()
    consent(controller).reject()
    row.remove.click()
    question(controller).accept_button.click()
    qtbot.waitUntil(lambda: engine.recordings.unfinished == [])


def test_one_that_is_in_a_rescue_file_alone_is_not_called_a_lesson(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    kept = Message(MessageKey.KEPT_IN_FILE, file="rescue-1.jsonl", error=literal("the disk is full"))
    engine.recordings.steps.put(make_outcome_of_lost(KeptSeconds(9, 0, 9), kept))
    wait_for(qtbot, controller, "Kept in rescue-1.jsonl until it can be saved: the disk is full.")
    assert statuses(controller)[0].startswith("Kept in")
    assert rows(controller)[0].action.isHidden()
    rows(controller)[0].remove.click()
    assert rows(controller) == []


def question(controller: AppController) -> Dialog:
    """Whether what was read is to be discarded."""
    found = [each for each in controller.live.findChildren(Dialog) if type(each) is Dialog and each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_what_an_earlier_run_left_is_offered_and_can_be_discarded(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    left = UnfinishedRecording(MONDAY, 3, 4, Path("/kept"))
    engine.recordings.unfinished.append(left)
    controller = controllers.open()
    wait_for(qtbot, controller, "Stopped at 75 %")
    assert engine.recordings.begun == []
    rows(controller)[0].remove.click()
    asked = question(controller)
    assert "75 % of monday.mp4 is read." in asked.text()
    asked.reject_button.click()
    assert len(rows(controller)) == 1
    assert engine.recordings.discarded == []
    rows(controller)[0].remove.click()
    question(controller).accept_button.click()
    qtbot.waitUntil(lambda: engine.recordings.discarded == [left])
    assert rows(controller) == []


def test_one_that_waits_can_be_cancelled(controllers: Controllers, engine: FakeEngine, qtbot: QtBot) -> None:
    controller = controllers.open()
    begin(controller, MONDAY, TUESDAY)
    wait_for(qtbot, controller, "Opening", "Waiting")
    rows(controller)[1].remove.click()
    wait_for(qtbot, controller, "Opening")
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")
    assert len(engine.recordings.begun) == 1


def test_the_same_recording_is_not_read_twice(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "link.mp4").symlink_to(MONDAY)
    controller = controllers.open()
    begin(controller, MONDAY)
    qtbot.waitUntil(lambda: controller.live.findChild(ConsentDialog) is None)
    begin(controller, tmp_path / "link.mp4")
    wait_for(qtbot, controller, "Opening")
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")
    assert len(engine.recordings.begun) == 1


def test_closing_the_window_ends_the_reading_and_keeps_what_was_read(
    controllers: Controllers, engine: FakeEngine, qtbot: QtBot
) -> None:
    controller = controllers.open()
    begin(controller, MONDAY, TUESDAY)
    qtbot.waitUntil(lambda: engine.recordings.running == 1)
    controller.live.close()
    assert engine.recordings.running == 0
    assert [each.path for each in engine.recordings.unfinished] == [MONDAY]


def test_a_class_can_be_watched_meanwhile(controllers: Controllers, engine: FakeEngine, qtbot: QtBot) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    session = start_simulated(controllers, controller)
    engine.recordings.steps.put(make_outcome())
    wait_for(qtbot, controller, "Saved as a lesson")
    assert controller.live.session is session
    controller.live.stop_requested.emit()
    qtbot.waitUntil(lambda: not controller.live.watching)


def test_all_of_it_works_by_keyboard(controllers: Controllers, engine: FakeEngine, qtbot: QtBot) -> None:
    controller = controllers.open()
    begin(controller, MONDAY)
    engine.recordings.steps.put(make_progress(2))
    wait_for(qtbot, controller, "50 % read")
    button = rows(controller)[0].action
    assert button.accessibleName() == "Stop: monday.mp4"
    widget, reached = controller.live.header.menu_button.nextInFocusChain(), set[object]()
    while widget is not None and widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert button in reached
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    wait_for(qtbot, controller, "Stopped at 50 %")
    assert button.isVisible()
    assert button.text() == "Continue…"


def drop(controller: AppController, *paths: Path) -> bool:
    """Drops files on the window; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(20, 200), *arguments)
    enter.ignore()
    QApplication.sendEvent(controller.live, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(controller.live, QDropEvent(QPointF(20, 200), *arguments))
    return True


def test_files_and_folders_can_be_dropped(controllers: Controllers, tmp_path: Path) -> None:
    for name in ("b.mp4", "a.mkv", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    controller, chosen = controllers.open(), list[object]()
    picker_of(controller).chosen.connect(chosen.append)
    assert drop(controller, tmp_path, MONDAY)
    assert chosen == [choose_recordings([tmp_path / "a.mkv", tmp_path / "b.mp4", MONDAY])]
    consent(controller).reject()


def test_a_folder_without_videos_says_so(controllers: Controllers, tmp_path: Path) -> None:
    controller = controllers.open()
    assert drop(controller, tmp_path)
    assert controller.live.start_panel.problem.text == "There is no video in what you dropped."
    assert dialog_of(controller, ConsentDialog) is None


def test_nothing_can_be_dropped_during_a_lesson(controllers: Controllers, qtbot: QtBot) -> None:
    controller = controllers.open()
    start_simulated(controllers, controller)
    assert not drop(controller, MONDAY)
    controller.live.stop_requested.emit()
    qtbot.waitUntil(lambda: not controller.live.watching)
