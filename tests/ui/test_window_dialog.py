"""Choosing a window from a list: calls on top, one Enter away, and followed while the list is open."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import DisplayError, SettingsError
from fer_desktop.messages import MessageKey
from tests.raising import raises_message
from ui.commands import check_named_source
from ui.start.choice import NamedSource, choose_shared, choose_window, describe_source
from ui.start.source_picker import SourcePicker
from ui.start.start_panel import StartPanel
from ui.start.window_dialog import WindowDialog
from ui.start.window_list import WINDOW_ROLE

REGION = Region(0, 0, 800, 600)
MEETING = DesktopWindow(5, "Zoom Meeting", "zoom", REGION)
WEBINAR = DesktopWindow(6, "Zoom Webinar", "zoom", REGION)
NOTES = DesktopWindow(3, "Notes", "gedit", REGION)
OWN = DesktopWindow(1, "FER Desktop", "fer-desktop", REGION, own=True)


def draw_picture(window: DesktopWindow) -> QPixmap | None:
    if window.hidden:
        return None
    picture = QPixmap(400, 100)
    picture.fill(QColor("#336699"))
    return picture


class Desktop:
    """The windows that are open, as a test changes them."""

    def __init__(self, *windows: DesktopWindow) -> None:
        self.windows = list(windows)
        self.error: DisplayError | None = None

    def list(self) -> list[DesktopWindow]:
        if self.error is not None:
            raise self.error
        return self.windows


Make = Callable[..., WindowDialog]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def make(desktop: Desktop, *, remembered: WindowSelector | None = None, missing: bool = False) -> WindowDialog:
        dialog = WindowDialog(
            None, list_windows=desktop.list, take_picture=draw_picture, remembered=remembered, missing=missing
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def shown(view: QListView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_calls_stand_on_top_under_a_heading_and_our_own_windows_not_at_all(make: Make) -> None:
    dialog = make(Desktop(OWN, NOTES, WEBINAR, MEETING))
    assert shown(dialog.list) == [
        "Calls",
        "Zoom Meeting, Zoom · 800 × 600",
        "Zoom Webinar, Zoom · 800 × 600",
        "Other windows",
        "Notes, gedit · 800 × 600",
    ]
    dialog.reject()


def test_the_first_call_is_picked_and_enter_takes_it(make: Make, qtbot: QtBot) -> None:
    dialog = make(Desktop(NOTES, MEETING))
    assert dialog.chosen() == MEETING
    assert dialog.accept_button.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)


def test_arrow_keys_in_the_search_field_step_over_headings(make: Make) -> None:
    dialog = make(Desktop(NOTES, MEETING, WEBINAR))
    picked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(dialog.search, key)
        picked.append(dialog.chosen())
    assert picked == [WEBINAR, NOTES, NOTES, WEBINAR]
    dialog.reject()


def test_searching_by_title_or_program(make: Make) -> None:
    dialog = make(Desktop(NOTES, MEETING))
    dialog.search.setText("GEDIT")
    assert dialog.chosen() == NOTES
    dialog.search.setText("xyz")
    assert not dialog.list.isVisible()
    assert dialog.empty.text() == "No matching window."
    assert not dialog.accept_button.isEnabled()
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_without_any_window_it_says_what_to_do_and_picks_the_call_once_it_opens(make: Make) -> None:
    desktop = Desktop()
    dialog = make(desktop)
    assert dialog.empty.text() == "No other window is open. Open your call and it will appear here."
    desktop.windows = [MEETING]
    dialog.refresh()
    assert dialog.list.isVisible()
    assert not dialog.empty.isVisible()
    assert dialog.chosen() == MEETING
    dialog.reject()


def test_what_is_picked_stays_so_while_windows_come_and_change(make: Make) -> None:
    desktop = Desktop(MEETING, NOTES)
    dialog = make(desktop)
    dialog.list.select(NOTES.id)
    renamed = DesktopWindow(3, "Notes*", "gedit", Region(0, 0, 100, 100))
    desktop.windows = [WEBINAR, MEETING, renamed]
    dialog.refresh()
    assert dialog.chosen() == renamed
    assert "Notes*, gedit · 100 × 100" in shown(dialog.list)
    desktop.windows = [WEBINAR, MEETING]
    dialog.refresh()
    assert dialog.chosen() == MEETING
    dialog.reject()


def test_a_heading_cannot_be_picked(make: Make) -> None:
    dialog = make(Desktop(MEETING))
    heading = dialog.list.model().index(0, 0)
    assert heading.data(WINDOW_ROLE) is None
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    dialog.reject()


def test_the_picture_keeps_its_shape_and_a_minimised_window_has_words_instead(make: Make) -> None:
    minimised = DesktopWindow(4, "Zoom Meeting", "zoom", REGION, hidden=True)
    desktop = Desktop(MEETING)
    dialog = make(desktop)
    size = dialog.picture.pixmap().deviceIndependentSize()
    assert size.width() == pytest.approx(4 * size.height(), abs=2)
    desktop.windows = [minimised]
    dialog.refresh()
    assert not dialog.picture.isVisible()
    assert "Bring it back" in dialog.about_picture.text()
    assert shown(dialog.list)[1] == "Zoom Meeting, Zoom · minimised"
    dialog.reject()


def test_the_last_window_is_preselected_or_reported_missing(make: Make) -> None:
    dialog = make(Desktop(MEETING, NOTES), remembered=WindowSelector("Notes", "gedit"))
    assert dialog.chosen() == NOTES
    dialog.reject()
    dialog = make(Desktop(NOTES), remembered=WindowSelector("Zoom Meeting", "zoom"), missing=True)
    assert "Zoom Meeting" in dialog.missing.text
    assert "is not open" in dialog.missing.text
    dialog.reject()


def test_a_desktop_that_lists_nothing_is_reported(make: Make) -> None:
    desktop = Desktop(MEETING)
    dialog = make(desktop)
    desktop.error = DisplayError("the desktop does not answer")
    dialog.refresh()
    assert dialog.problem.text == "The desktop does not answer."
    desktop.error = None
    dialog.refresh()
    assert not dialog.problem.isVisible()
    dialog.reject()


class TestSourcePicker:
    @pytest.fixture(autouse=True)
    def x11(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("XDG_SESSION_TYPE", "x11")

    @pytest.fixture
    def panel(self, qtbot: QtBot) -> StartPanel:
        panel = StartPanel()
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def pick(self, panel: StartPanel, desktop: Desktop) -> tuple[SourcePicker, list[object], list[str]]:
        picker, chosen, failed = SourcePicker(panel, panel, windows=desktop.list), list[object](), list[str]()
        picker.chosen.connect(chosen.append)
        picker.failed.connect(failed.append)
        return picker, chosen, failed

    def open_list(self, panel: StartPanel) -> WindowDialog:
        dialog = panel.findChild(WindowDialog)
        assert isinstance(dialog, WindowDialog)
        return dialog

    def test_a_window_is_the_first_thing_to_choose(self, panel: StartPanel) -> None:
        _, chosen, _ = self.pick(panel, Desktop(MEETING))
        assert panel.choices()[1] is panel.window_choice
        panel.window_choice.click()
        self.open_list(panel).accept_button.click()
        assert chosen == [choose_window(MEETING)]

    def test_the_window_of_last_time_is_one_click_away(self, panel: StartPanel) -> None:
        picker, chosen, _ = self.pick(panel, Desktop(NOTES, MEETING))
        picker.remember(window="app=zoom,title=Zoom Meeting")
        assert panel.again.accessibleName() == "Watch again: Zoom Meeting"
        panel.again.click()
        assert chosen == [choose_window(MEETING)]

    def test_where_it_is_not_open_the_list_says_so(self, panel: StartPanel) -> None:
        picker, chosen, _ = self.pick(panel, Desktop(NOTES))
        picker.remember(window="app=zoom,title=Zoom Meeting")
        panel.again.click()
        dialog = self.open_list(panel)
        assert dialog.missing.isVisible()
        dialog.reject()
        assert chosen == []

    def test_a_failure_to_list_windows_is_reported(self, panel: StartPanel) -> None:
        desktop = Desktop()
        desktop.error = DisplayError("no display")
        picker, _, failed = self.pick(panel, desktop)
        picker.remember(window="Zoom")
        panel.again.click()
        assert failed == ["No display."]

    def test_on_wayland_no_list_opens(self, panel: StartPanel, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        _, chosen, failed = self.pick(panel, Desktop(MEETING))
        panel.window_choice.click()
        assert (chosen, failed) == ([choose_shared("window")], [])
        assert panel.findChild(WindowDialog) is None


def test_a_window_named_on_the_command_line_is_found_by_title_or_program() -> None:
    assert check_named_source(None, None) is None
    assert check_named_source(None, " Zoom Meeting ") == NamedSource(window=WindowSelector("Zoom Meeting"))
    with_id = check_named_source(None, "id=5,app=zoom,title=Zoom")
    assert with_id == NamedSource(window=WindowSelector("Zoom", "zoom")), "numbers of windows are not stable"
    with raises_message(SettingsError, MessageKey.WINDOW_NOT_NAMED):
        check_named_source(None, " ")


def test_a_chosen_window_is_remembered_by_program_and_title_in_place_of_a_region() -> None:
    choice = choose_window(MEETING)
    assert choice.source == "window:id=5,app=zoom,title=Zoom Meeting"
    assert choice.settings_kept() == {"region": None, "window": "app=zoom,title=Zoom Meeting"}
    assert describe_source(choice) == "Window “\u2068Zoom Meeting\u2069”"
