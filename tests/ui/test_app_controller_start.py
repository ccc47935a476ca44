"""The way to a session: where the class is, what is to be watched, informing the class. The engine is a fake."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.consent import consent_text
from fer_desktop.settings import Settings, Setup, Thresholds
from fer_desktop.timetable import CourseTimes
from tests.ui.controllers import RECORDING, Controllers, FakeEngine, change_place, consent, dialog_of, start_simulated
from ui.app_controller import AppController
from ui.dialogs.base import Dialog
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.start.calendar_dialog import CalendarDialog
from ui.start.choice import NamedSource, choose_region, choose_shared
from ui.start.consent_dialog import ConsentDialog
from ui.start.window_dialog import WindowDialog


def test_until_it_is_answered_each_start_asks_where_the_class_is(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(theme="light", guide_seen=True))
    dialog = dialog_of(controller, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.picker.setEditText("Germany")
    dialog.accept_button.click()
    assert engine.saved[-1].place == "DE"
    assert "Article 5(1)(f)" in controller.live.start_panel.place.text


def test_a_known_place_is_not_asked_for_again(controllers: Controllers) -> None:
    assert dialog_of(controllers.open(), PlaceDialog) is None
    assert dialog_of(controllers.open(Settings(theme="light"), place="DE"), PlaceDialog) is None


def test_a_place_said_for_this_run_counts_and_is_not_stored(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", theme="light"), place="DE")
    assert "Article 5(1)(f)" in controller.live.start_panel.place.text
    start_simulated(controllers, controller)
    assert engine.made[0][0].place == "DE"
    assert all(settings.place == "IN" for settings in engine.saved)


def test_a_place_set_later_counts_instead_of_the_one_said_for_this_run(controllers: Controllers) -> None:
    controller = controllers.open(Settings(place="US", theme="light"), place="IN")
    change_place(controller, "Germany")
    assert "Article 5(1)(f)" in controller.live.start_panel.place.text


def test_a_guess_is_offered_but_switches_nothing_on(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(theme="light", guide_seen=True), guess="IN")
    dialog = dialog_of(controller, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    assert dialog.place() == "IN"
    dialog.reject_button.click()
    assert "to turn on expressions" in controller.live.start_panel.place.text
    controller.begin(RECORDING)
    text = consent_text(expressions_on=False, names_allowed=False, watched="recording")
    assert consent(controller).text_shown.toPlainText() == text
    consent(controller).reject_button.click()
    engine.expressions_on = False
    start_simulated(controllers, controller)
    assert engine.made[0][0].place is None
    assert "to turn on expressions" in controller.live.banners.law.text


def test_the_class_is_informed_where_its_numbers_are_kept_on_a_server(
    controllers: Controllers, engine: FakeEngine
) -> None:
    engine.store.on_server = True
    controller = controllers.open(Settings(place="IN", theme="light"))
    controller.begin(RECORDING)
    assert "The numbers are kept on our school's server." in consent(controller).text_shown.toPlainText()


def test_a_guess_where_the_law_forbids_expressions_switches_them_off(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open(Settings(theme="light", guide_seen=True), guess="DE")
    dialog = dialog_of(controller, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.reject_button.click()
    assert "Article 5(1)(f)" in controller.live.start_panel.place.text
    start_simulated(controllers, controller)
    assert engine.made[0][0].place == "DE"


def test_watching_starts_once_the_class_is_informed(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    controller.begin(RECORDING)
    dialog = consent(controller)
    dialog.course.setText("  Physics  101 ")
    QTest.mouseClick(dialog.aggregate, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.confirmation, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    settings, choice = engine.made[0]
    assert choice == RECORDING
    assert settings.aggregate_only
    assert settings.course == "Physics 101"
    assert engine.saved[-1].course == "Physics 101"
    assert not engine.saved[-1].aggregate_only, "the choice holds for one session"


def test_the_source_of_the_command_line_is_watched_once_the_class_is_informed(controllers: Controllers) -> None:
    settings = Settings(place="IN", theme="light", region="640x360+10+20")
    assert dialog_of(controllers.open(settings), ConsentDialog) is None
    assert consent(controllers.open(settings, watch=NamedSource(region=Region(1, 2, 300, 200)))).isVisible()


def test_a_window_of_the_command_line_that_is_not_found_is_reported_and_not_remembered(
    controllers: Controllers, engine: FakeEngine
) -> None:
    settings = Settings(place="IN", theme="light", window="app=zoom,title=Zoom Meeting")
    controller = controllers.open(settings, watch=NamedSource(window=WindowSelector("Nope")))
    dialog = dialog_of(controller, WindowDialog)
    assert isinstance(dialog, WindowDialog)
    dialog.reject_button.click()
    controller.live.shared_actions.quiet.trigger()
    assert engine.saved[-1].window == "app=zoom,title=Zoom Meeting"


def test_where_the_class_is_goes_before_what_the_command_line_names(controllers: Controllers) -> None:
    watch = NamedSource(region=Region(10, 20, 640, 360))
    controller = controllers.open(Settings(theme="light", guide_seen=True), watch=watch)
    assert dialog_of(controller, PlaceDialog) is not None
    assert dialog_of(controller, ConsentDialog) is None


WHOLE_SCREEN = choose_region(Region(0, 0, 300, 200))


def test_a_lesson_with_a_course_leaves_a_set_up(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", theme="light", drowsy_after_s=45))
    controller.begin(WHOLE_SCREEN)
    dialog = consent(controller)
    dialog.course.setText("Physics 101")
    dialog.aggregate.setChecked(True)
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    [setup] = engine.saved[-1].setups
    assert (setup.course, setup.region, setup.aggregate_only) == ("Physics 101", "300x200+0+0", True)
    assert setup.thresholds.drowsy_after_s == 45
    assert [button.accessibleName() for button in controller.live.start_panel.setups] == [
        "Physics 101: 300 × 200 at 0, 0 · class totals only"
    ]


def test_a_set_up_of_a_shared_window_asks_for_it_again(
    controllers: Controllers, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    controller = controllers.open(Settings(place="IN", theme="light", region="300x200+0+0"))
    controller.begin(choose_shared("window"))
    dialog = consent(controller)
    dialog.course.setText("Physics 101")
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    [setup] = engine.saved[-1].setups
    assert (setup.course, setup.region, setup.window) == ("Physics 101", None, None)
    assert engine.saved[-1].region == "300x200+0+0", "for the next X11 session"
    controller.live.stop_requested.emit()
    controllers.qtbot.waitUntil(lambda: not controller.live.watching)
    controller.live.start_panel.setups[0].click()
    assert consent(controller).course_name() == "Physics 101"


def test_a_set_up_fills_in_course_privacy_and_rules(controllers: Controllers, engine: FakeEngine) -> None:
    setup = Setup(
        course="Chemistry", region="300x200+0+0", aggregate_only=True, thresholds=Thresholds(away_after_s=300)
    )
    controller = controllers.open(Settings(place="IN", theme="light", course="Physics", setups=(setup,)))
    controller.live.start_panel.setups[0].click()
    dialog = consent(controller)
    assert (dialog.course_name(), dialog.aggregate_only()) == ("Chemistry", True)
    assert not dialog.confirmation.isChecked(), "another lesson, another class to inform"
    dialog.confirmation.setChecked(True)
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: controller.live.watching)
    settings, _ = engine.made[0]
    assert (settings.course, settings.aggregate_only, settings.away_after_s) == ("Chemistry", True, 300)


def test_a_set_up_that_was_given_up_fills_in_nothing(controllers: Controllers, engine: FakeEngine) -> None:
    setup = Setup(course="Chemistry", window="app=zoom,title=Not open")
    controller = controllers.open(Settings(place="IN", theme="light", course="Physics", setups=(setup,)))
    controller.live.start_panel.setups[0].click()
    listed = dialog_of(controller, WindowDialog)
    assert isinstance(listed, WindowDialog)
    listed.reject_button.click()
    controller.begin(WHOLE_SCREEN)
    assert consent(controller).course_name() == "Physics"


def lesson_now(course: str) -> CourseTimes:
    began = datetime.now(UTC) - timedelta(minutes=5)
    return CourseTimes(course=course, lessons=((began, began + timedelta(minutes=45)),))


def test_the_calendar_fills_in_the_course_of_a_call_but_no_other(controllers: Controllers, engine: FakeEngine) -> None:
    setup = Setup(course="Chemistry", region="300x200+0+0")
    timetable = (lesson_now("Maths 7b"),)
    settings = Settings(place="IN", theme="light", course="Physics", setups=(setup,), timetable=timetable)
    controller = controllers.open(settings)
    controller.begin(WHOLE_SCREEN)
    dialog = consent(controller)
    assert dialog.course_name() == "Maths 7b"
    assert dialog.from_calendar.isVisible()
    QTest.keyClicks(dialog.course, "!")
    assert not dialog.from_calendar.isVisible(), "it is the teacher's word now"
    dialog.reject_button.click()
    controllers.qtbot.wait(1)
    controller.begin(RECORDING)
    assert consent(controller).course_name() == "Physics", "of another time"
    consent(controller).reject_button.click()
    controllers.qtbot.wait(1)
    controller.live.start_panel.setups[0].click()
    assert consent(controller).course_name() == "Chemistry", "chosen by the teacher"


def test_a_calendar_is_chosen_beside_the_course_and_kept(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", theme="light", timetable=(lesson_now("Maths 7b"),)))
    controller.begin(WHOLE_SCREEN)
    dialog = consent(controller)
    rename_course_in_calendar(dialog)
    assert [each.course for each in engine.saved[-1].timetable] == ["Maths 8a"]
    assert dialog.course_name() == "Maths 8a"
    assert not dialog.confirmation.isChecked()


def test_a_calendar_that_is_chosen_beside_a_recording_names_no_course(controllers: Controllers) -> None:
    settings = Settings(place="IN", theme="light", course="Physics", timetable=(lesson_now("Maths 7b"),))
    controller = controllers.open(settings)
    controller.begin(RECORDING)
    dialog = consent(controller)
    rename_course_in_calendar(dialog)
    assert dialog.course_name() == "Physics", "of another time"


def rename_course_in_calendar(dialog: ConsentDialog) -> None:
    """From Maths 7b to Maths 8a, and saves the calendar."""
    QTest.mouseClick(dialog.calendar_button, Qt.MouseButton.LeftButton)
    calendar = dialog.findChild(CalendarDialog)
    assert calendar is not None
    item = calendar.table.item(0, 0)
    assert item is not None
    item.setText("Maths 8a")
    calendar.accept_button.click()


def test_a_set_up_is_removed_after_a_question(controllers: Controllers, engine: FakeEngine) -> None:
    setups = (Setup(course="Chemistry", region="300x200+0+0"), Setup(course="Physics", region="300x200+0+0"))
    controller = controllers.open(Settings(place="IN", theme="light", setups=setups))
    controller.live.start_panel.setups[0].actions()[0].trigger()
    question = dialog_of(controller, Dialog)
    assert isinstance(question, Dialog)
    assert "Remove Chemistry from this list?" in question.text()
    assert len(controller.live.start_panel.setups) == 2
    question.accept_button.click()
    assert [each.course for each in engine.saved[-1].setups] == ["Physics"]
    assert len(controller.live.start_panel.setups) == 1


def test_giving_up_the_consent_step_starts_nothing(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    controller.begin(RECORDING)
    consent(controller).reject_button.click()
    controllers.qtbot.wait(1)
    assert engine.made == []


def test_the_simulated_class_asks_nothing(controllers: Controllers) -> None:
    session = start_simulated(controllers, controllers.open())
    assert session.calls == [("start",)]


def test_after_a_crash_the_next_start_says_what_is_kept_of_the_session(controllers: Controllers) -> None:
    controller = controllers.open(crashed=1)
    saved = controller.live.start_panel.saved
    controllers.qtbot.waitUntil(saved.isVisible)
    assert saved.text.startswith("The last lesson was interrupted after ")
    assert "is saved" in saved.text


def test_what_was_taken_in_from_rescue_files_is_reported(controllers: Controllers) -> None:
    controller = controllers.open(rescued_seconds=180)
    saved = controller.live.start_panel.saved
    assert saved.isVisible()
    assert saved.text.startswith("3 min of earlier lessons")


def test_the_window_stands_at_the_edge_of_the_screen_and_leaves_the_call_in_view(controllers: Controllers) -> None:
    live = controllers.open().live
    free = live.screen().availableGeometry()
    assert free.contains(live.geometry())
    assert free.right() - live.geometry().right() < 40


KEPT_FOR_A_DAY = Settings(place="IN", theme="light", retention_days=1)


def wait_for_dialog(controllers: Controllers, controller: AppController, title: str) -> Dialog:
    def find() -> list[Dialog]:
        return [each for each in controller.live.findChildren(Dialog) if title in each.windowTitle()]

    controllers.qtbot.waitUntil(lambda: len(find()) == 1)
    return find()[0]


def test_old_sessions_are_shown_at_the_start_and_deleted_once_confirmed(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open(KEPT_FOR_A_DAY)
    dialog = wait_for_dialog(controllers, controller, "Delete 1 old lesson?")
    assert "24 November 2026" in dialog.text()
    assert "clock" not in dialog.text()
    assert engine.store.purged == []
    dialog.accept_button.click()
    controllers.qtbot.waitUntil(lambda: engine.store.purged == [1])


def test_old_sessions_are_kept_where_the_teacher_does_not_confirm(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(KEPT_FOR_A_DAY)
    wait_for_dialog(controllers, controller, "Delete 1 old lesson?").reject_button.click()
    controller.end()
    assert engine.store.purged == []


def test_a_clock_that_is_far_ahead_is_asked_about(controllers: Controllers, engine: FakeEngine) -> None:
    engine.store.now += timedelta(days=40)
    controller = controllers.open(KEPT_FOR_A_DAY)
    dialog = wait_for_dialog(controllers, controller, "Delete 1 old lesson?")
    assert "The clock says Tuesday 5 January 2027" in dialog.text()
    dialog.reject_button.click()


def test_a_clock_that_leapt_ahead_while_the_question_was_open_deletes_nothing(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open(KEPT_FOR_A_DAY)
    dialog = wait_for_dialog(controllers, controller, "Delete 1 old lesson?")
    engine.store.now += timedelta(days=40)
    dialog.accept_button.click()
    problem = controller.live.start_panel.problem
    controllers.qtbot.waitUntil(lambda: "more than a month later" in problem.text)
    assert engine.store.purged == []


def test_a_database_that_is_not_the_users_own_is_not_cleared(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(place="IN", theme="light", retention_days=30), purge=False)
    controller.end()
    assert engine.store.purged == []


def test_a_notice_of_the_settings_file_is_shown(controllers: Controllers) -> None:
    controller = controllers.open(notice="Your settings could not be understood.")
    assert controller.live.start_panel.problem.text == "Your settings could not be understood."


def test_a_backup_that_could_not_be_made_is_shown_at_the_next_start(
    controllers: Controllers, engine: FakeEngine
) -> None:
    engine.store.copies.missed = Message(MessageKey.BACKUP_WITHOUT_ROOM, path="/lessons", free_mb=3)
    problem = controllers.open(notice="Your settings were damaged.").live.start_panel.problem
    controllers.qtbot.waitUntil(lambda: "The last backup of your lessons failed." in problem.text)
    assert problem.isVisible()
    assert problem.text.startswith("Your settings were damaged. ")
    assert problem.text.endswith("There is no room for a backup in /lessons: 3 MB are free; make room, and try again.")


def test_of_damaged_lessons_the_damage_is_shown_and_no_missed_backup(
    controllers: Controllers, engine: FakeEngine
) -> None:
    engine.store.copies.missed = Message(MessageKey.BACKUP_WITHOUT_ROOM, path="/lessons", free_mb=3)
    engine.store.copies.found = Message(MessageKey.DATABASE_DAMAGED, database="/lessons")
    problem = controllers.open().live.start_panel.problem
    controllers.qtbot.waitUntil(lambda: "damaged" in problem.text)
    assert "backup of your lessons failed" not in problem.text


def test_the_first_start_begins_with_the_guide(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open(Settings(theme="light"))
    guide = dialog_of(controller, FirstStepsDialog)
    assert isinstance(guide, FirstStepsDialog)
    guide.picker.setEditText("Germany")
    for _ in range(3):
        guide.accept_button.click()
    assert engine.saved[-1].place == "DE"
    assert engine.saved[-1].guide_seen
    assert "Article 5(1)(f)" in controller.live.start_panel.place.text


def test_skipped_first_steps_answer_nothing_and_are_not_shown_again(
    controllers: Controllers, engine: FakeEngine
) -> None:
    controller = controllers.open(Settings(theme="light"), guess="IN")
    guide = dialog_of(controller, FirstStepsDialog)
    assert isinstance(guide, FirstStepsDialog)
    guide.reject_button.click()
    assert engine.saved[-1].guide_seen
    assert engine.saved[-1].place is None
    controller.live.first_steps_requested.emit()
    again = controller.live.findChildren(FirstStepsDialog)[-1]
    assert again.isVisible(), "it can be asked for"
    again.close()


def test_a_window_that_is_kept_quiet_opens_quiet(controllers: Controllers) -> None:
    controller = controllers.open(Settings(place="IN", theme="light", do_not_disturb=True))
    assert controller.live.header.quiet.isVisible()


def test_with_unconfirmed_settings_only_class_totals_can_be_chosen(
    controllers: Controllers, engine: FakeEngine
) -> None:
    settings = Settings(place="US", theme="light", retention_days=1, unconfirmed=("aggregate_only",))
    controller = controllers.open(settings, notice="Your settings file is damaged.")
    assert "settings were damaged" in controller.live.start_panel.place.text
    assert engine.store.purged == []
    controller.begin(RECORDING)
    dialog = consent(controller)
    assert dialog.aggregate_only()
    assert not dialog.aggregate.isEnabled()
    dialog.reject_button.click()


def test_saving_the_settings_confirms_them(controllers: Controllers, engine: FakeEngine) -> None:
    settings = Settings(place="US", theme="light", unconfirmed=("aggregate_only",))
    controller = controllers.open(settings, notice="Your settings file is damaged.")
    controller.open_settings()
    dialog = dialog_of(controller, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert dialog.aggregate_only.isChecked()
    dialog.accept_button.click()
    assert engine.saved[-1].confirmed
    assert engine.saved[-1].aggregate_only
    assert not controller.live.start_panel.problem.isVisible()


def test_a_place_lost_is_asked_for_again(controllers: Controllers, engine: FakeEngine) -> None:
    settings = Settings(place="US", theme="light", guide_seen=True, unconfirmed=("place",))
    dialog = dialog_of(controllers.open(settings), PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.accept_button.click()
    assert engine.saved[-1].confirmed
