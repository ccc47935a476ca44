"""From a chosen source to a running session: the course, the consent of the class, and saved set-ups."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import SettingsError
from fer_desktop.settings import Settings, Setup, keep_setup, remove_setup
from fer_desktop.timetable import CourseTimes, find_course
from ui.dialogs.base import make_confirmation_dialog
from ui.language import tr
from ui.start.calendar_dialog import CalendarDialog
from ui.start.choice import SourceChoice
from ui.start.consent_dialog import ConsentDialog
from ui.start.source_picker import SourcePicker


class Runner(Protocol):
    """Runs one session at a time."""

    @property
    def busy(self) -> bool:
        """Whether a session is on, or being opened or saved."""
        ...

    def start(self, choice: SourceChoice, *, aggregate_only: bool) -> None:
        """Starts a session with the current settings."""
        ...


class StartFlow:
    """Asks for what a start needs, remembers it in the settings, and starts.

    A saved set-up fills in the course, the privacy and the flag rules; they are stored once the teacher starts. Without
    one the timetable fills in the course of a call.
    """

    def __init__(
        self,
        window: QWidget,
        picker: SourcePicker,
        runner: Runner,
        *,
        stored: Callable[[], Settings],
        known: Callable[[], Settings],
        expressions_on: Callable[[], bool],
        on_server: Callable[[], bool],
        change: Callable[[Settings], None],
        analyze: Callable[[Sequence[Path], bool], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`stored`, `known`: the settings, and the settings with the place from the command line. `on_server`: whether
        the lessons are stored on another computer. `analyze`: reads recordings in the background; the second argument:
        only class totals are to be stored.
        """
        self._window = window
        self._picker = picker
        self._runner = runner
        self._stored = stored
        self._known = known
        self._expressions_on = expressions_on
        self._on_server = on_server
        self._change = change
        self._analyze = analyze
        self._now = now
        self._setup: Setup | None = None
        picker.cancelled.connect(self._drop_setup)
        picker.failed.connect(self._drop_setup)

    def _drop_setup(self) -> None:
        self._setup = None

    def pick_setup(self, setup: Setup) -> None:
        """Looks for the window or region of a saved set-up; where it is not found, the list of windows opens."""
        self._setup = setup
        try:
            region = Region.parse(setup.region) if setup.region else None
            window = WindowSelector.parse(setup.window) if setup.window else None
        except SettingsError:
            region = window = None
        self._picker.pick_named(region=region, window=window)

    def ask_to_forget_setup(self, setup: Setup) -> None:
        """Removes a saved set-up after a question. Lessons and roster of its course stay."""
        dialog = make_confirmation_dialog(
            self._window,
            title=tr("Remove {course} from this list?", course=setup.course),
            about=tr("Its saved choices are lost. Its lessons and its roster stay."),
            action=tr("Remove"),
        )
        dialog.accepted.connect(lambda: self._forget_setup(setup))
        dialog.open()

    def _forget_setup(self, setup: Setup) -> None:
        settings = self._stored()
        self._change(settings.model_copy(update={"setups": remove_setup(settings.setups, setup.course)}))

    def begin(self, choice: SourceChoice) -> None:
        """Starts a session of `choice`, once the teacher has confirmed that the class is informed.

        The simulated class starts at once.
        """
        if self._runner.busy:
            return
        if choice.simulated:
            self._runner.start(choice, aggregate_only=False)
            return
        settings, setup = self._known(), self._setup
        self._setup = None
        dialog = ConsentDialog(
            self._window,
            watched=choice.watched,
            expressions_on=self._expressions_on(),
            aggregate_only=settings.class_totals or (setup is not None and setup.aggregate_only),
            names_allowed=settings.names_allowed,
            on_server=self._on_server(),
            course=settings.course if setup is None else setup.course,
            courses=[each.course for each in settings.setups],
            own_texts=settings.consent_texts,
        )
        dialog.aggregate.setEnabled(settings.confirmed)
        is_recording = choice.watched == "recording"
        dialog.calendar_requested.connect(lambda: self._open_calendar(dialog, proposes=not is_recording))
        if setup is None and not is_recording:
            dialog.propose_course(find_course(settings.timetable, self._now()))
        dialog.accepted.connect(lambda: self._start(choice, dialog, setup))
        dialog.open()

    def _open_calendar(self, consent: ConsentDialog, *, proposes: bool) -> None:
        """`proposes`: the course of this hour; a recording is of another one."""
        courses = [each.course for each in self._stored().setups]
        dialog = CalendarDialog(consent, self._stored().timetable, courses=courses)
        dialog.accepted.connect(lambda: self._take_timetable(dialog.timetable(), consent if proposes else None))
        dialog.open()

    def _take_timetable(self, timetable: tuple[CourseTimes, ...], consent: ConsentDialog | None) -> None:
        self._change(self._stored().model_copy(update={"timetable": timetable}))
        if consent is not None:
            consent.propose_course(find_course(timetable, self._now()))

    def _start(self, choice: SourceChoice, dialog: ConsentDialog, setup: Setup | None) -> None:
        settings = self._stored()
        changes: dict[str, object] = {"course": dialog.course_name(), "consent_texts": dialog.own_texts()}
        changes |= choice.settings_kept()
        if setup is not None:
            changes |= setup.thresholds.model_dump()
        settings = settings.model_copy(update=changes)
        if settings.course and choice.kept_in_setup:
            kept = choice.settings_kept()
            new = Setup(
                course=settings.course,
                region=kept.get("region"),
                window=kept.get("window"),
                aggregate_only=dialog.aggregate_only(),
                thresholds=settings.thresholds,
            )
            settings = settings.model_copy(update={"setups": keep_setup(settings.setups, new)})
        if settings != self._stored():
            self._change(settings)
        if choice.recordings:
            self._analyze(choice.recordings, dialog.aggregate_only())
        else:
            self._runner.start(choice, aggregate_only=dialog.aggregate_only())
