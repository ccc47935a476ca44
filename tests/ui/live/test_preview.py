"""The preview: folded until wanted, and its boxes on the very frame that is shown."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fer_desktop.types import PipelineState
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_class, make_observation, make_student
from tests.ui.live.driving import attach
from ui.live.live_window import LiveWindow
from ui.live.preview import Preview
from ui.theme import current_theme


def test_the_preview_is_folded_until_it_is_wanted(qtbot: QtBot, window: LiveWindow, session: FakeLiveSession) -> None:
    attach(window, session)
    window.resize(1000, 900)
    card = window.watch_panel.preview
    session.publish(make_observation(make_class(9, 5), 5, probabilities=make_probabilities()))
    qtbot.waitUntil(lambda: window.header.headline.text() not in ("", "One moment…"))
    assert card.folded
    card.toggle_button.click()
    qtbot.waitUntil(lambda: card.preview.has_frame)
    assert card.toggle_button.accessibleName() == "Hide who is who"
    card.toggle_button.click()
    assert card.folded
    assert not card.preview.has_frame, "no frame is kept"


def test_nothing_that_was_watched_is_shown_or_kept_afterwards(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    session.publish(make_observation([make_student(1)], 3))
    card = window.watch_panel.preview
    card.toggle_button.click()
    qtbot.waitUntil(lambda: card.preview.has_frame)
    window.detach()
    assert not card.preview.has_frame
    attach(window, FakeLiveSession(state=PipelineState.STARTING))
    assert (card.preview.has_frame, window.footer.figures.text()) == (False, "")


def test_the_preview_comes_into_view_when_it_unfolds(
    qtbot: QtBot, window: LiveWindow, session: FakeLiveSession
) -> None:
    attach(window, session)
    window.resize(400, 700)
    session.publish(make_observation([make_student(n) for n in range(1, 26)], 190))
    panel = window.watch_panel
    qtbot.waitUntil(lambda: len(panel.students.texts()) == 25)
    panel.preview.toggle_button.click()
    qtbot.waitUntil(lambda: panel.preview.preview.height() > 100)
    card = panel.preview
    qtbot.waitUntil(lambda: card.mapTo(panel.viewport(), card.rect().bottomLeft()).y() < panel.viewport().height())


def test_the_preview_unfolds_by_its_title_too(qtbot: QtBot, window: LiveWindow) -> None:
    card = window.watch_panel.preview
    window.show_start()
    QTest.mouseClick(card.title, Qt.MouseButton.LeftButton)
    assert not card.folded
    QTest.mouseClick(card.title, Qt.MouseButton.LeftButton)
    assert card.folded


def test_the_place_of_the_selected_student_is_marked_with_or_without_a_face(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(412, 232)
    preview.show()
    observation = make_observation([make_student(1), make_student(2)], 5)
    place = observation.result.tiles[1].tile.box
    result = replace(observation.result, faces=())
    preview.show_observation(replace(observation, result=result))

    def edge() -> str:
        scale = preview.width() / observation.result.frame.width
        return preview.grab().toImage().pixelColor(round(place.x * scale), round(place.centre[1] * scale)).name()

    assert edge() != current_theme().accent
    preview.select(2)
    assert edge() == current_theme().accent
    preview.anonymous = True
    assert edge() != current_theme().accent, "single students are not shown"


def test_the_boxes_lie_on_the_faces_of_the_very_frame_that_is_shown(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(640, 360)
    preview.show()
    for width, height in ((1280, 720), (1920, 1080), (1000, 700)):
        observation = make_observation([make_student(1)], 5, width=width, height=height)
        preview.show_observation(observation)
        picture = preview.grab().toImage()
        box, scale = observation.result.faces[0].face.box, preview.width() / width
        row = round((box.y + box.height / 2) * scale)
        for edge in (box.x, box.right):
            column = round(edge * scale)
            near = {picture.pixelColor(x, row).name() for x in range(column - 1, column + 2)}
            assert "#ffffff" in near
        inside = picture.pixelColor(round(box.centre[0] * scale), row)
        assert (inside.red(), inside.green(), inside.blue()) == (190, 150, 120), "the face itself, in true colours"
