"""The commands that open windows. Cheap to import: Qt and the engine are loaded when a command runs."""

import gc
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from fer_desktop.cli import Command
from fer_desktop.cli.place import add_place_argument, check_place
from fer_desktop.errors import DisplayError, DisplayLostError, SettingsError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.signals import EndRequested, hold_end_signals

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from fer_desktop.report.lesson_import import Imported
    from fer_desktop.session.live_session import LiveSession
    from fer_desktop.settings import Settings
    from fer_desktop.storage.store import Store
    from ui.app_controller import AppController
    from ui.engine import Engine
    from ui.single_instance import SingleInstance
    from ui.start.choice import NamedSource, SourceChoice


_IDLE_MS: Final = 100
"""Between the first picture of the window and the loading of what only a lesson needs."""


def _add_window_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--db", metavar="URL", help="where sessions are kept: a file or an SQLAlchemy URL")
    add_place_argument(parser)
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--window", metavar="TITLE", help="watch this window: a part of its title or program")
    place.add_argument("--region", metavar="WxH+X+Y", help="watch this part of the screen, such as 1280x720+0+40")


def run_window(arguments: Namespace) -> int:
    """Opens the live window and runs until it is closed."""
    from ui.application import make_application

    place = check_place(arguments.place) if arguments.place else None
    watch = check_named_source(arguments.region, arguments.window)
    with hold_end_signals():
        application = make_application()

    from fer_desktop.policy.place_guess import guess_place
    from fer_desktop.settings import load_settings
    from ui.app_controller import AppController
    from ui.desktop_keys import open_desktop_keys
    from ui.language import render, use_language
    from ui.opening import name_lessons
    from ui.single_instance import claim_instance

    settings, notice = load_settings()
    use_language(settings.language)
    url = arguments.db or settings.database_url
    asked = watch is not None or place is not None
    with ExitStack() as lessons:
        with claim_instance(name_lessons(url)) as instance:
            if instance is None:
                return _report_already_open(asked=asked)
            store = lessons.enter_context(_open_store(url, instance))
            if not instance.acquire_or_raise_running():
                return _report_already_open(asked=asked)
            own = arguments.db is None  # the user's retention setting does not concern another database
            guess, keys = guess_place(), open_desktop_keys()
            engine = make_engine(store)
            with hold_end_signals():
                controller = AppController(engine, settings, place=place, guess=guess, purge=own, keys=keys)
                instance.raise_requested.connect(lambda: controller.live.bring_to_front())
            crashed = next(reversed(store.crashed), None)
            open_window = partial(
                controller.open,
                notice=render(notice) if notice else None,
                watch=watch,
                crashed=crashed,
                rescued_seconds=store.rescued_seconds,
            )
            code = _run_until_closed(application, controller, store, open_window)
        _finish(store)  # after the claim, so that another start opens a window meanwhile
        return code


def _open_store(url: str | None, instance: "SingleInstance") -> "Store":
    """Another start raises the dialog that may ask for a password, or offer help, before there is a window."""
    from ui.application import raise_dialogs
    from ui.opening import open_store_or_offer_help

    instance.raise_requested.connect(raise_dialogs)
    try:
        return open_store_or_offer_help(url)
    finally:
        instance.raise_requested.disconnect(raise_dialogs)


def _finish(store: "Store") -> None:
    """Makes the backup of the day, or checks the database. What is damaged, or not made, is shown at the next start."""
    from fer_desktop.cli.language import print_notice

    try:
        damage = store.copies.finish()
    except StorageError as error:
        damage = error.message
    if damage is not None and sys.stderr is not None:
        print_notice(damage)


def _run_until_closed(
    application: "QApplication", controller: "AppController", store: "Store", open_window: Callable[[], None]
) -> int:
    """Returns the exit code. Raises `SessionInterruptedError` or `DisplayLostError` once the display is lost."""
    from PySide6.QtCore import QTimer

    from ui.application import deliver_end_signals, report_uncaught_errors, save_before_log_off

    signals: list[int] = []

    def end(number: int) -> None:
        signals.append(number)
        controller.end()

    with (
        report_uncaught_errors(controller.show_unexpected_error, controller),
        save_before_log_off(application, controller.save_session),
        deliver_end_signals(end, controller),
    ):
        open_window()
        QTimer.singleShot(_IDLE_MS, controller, _load_rest)
        code = application.exec()
        if code:  # as Qt ends the loop itself once the display is gone
            controller.end_interrupted(DisplayLostError(Message(MessageKey.DESKTOP_CLOSED)))
        controller.end()
        store.take_in_rescued()
    return EndRequested(signals[0]).exit_code if signals else code


def _load_rest() -> None:
    """Loads what a lesson needs, while the teacher reads the window that is there already."""
    import fer_desktop.app  # noqa: F401
    import ui.charts.live_charts  # noqa: F401

    gc.freeze()  # what is loaded stays: going through all of it would stop the window for a tenth of a second


def _report_already_open(*, asked: bool) -> int:
    """Raises `SettingsError` if `asked`: options were given that count only when the program starts."""
    if asked:
        raise SettingsError(Message(MessageKey.APP_ALREADY_OPEN))
    if sys.stderr is not None:  # None on Windows without a terminal
        sys.stderr.write("FER Desktop is open already: its window was asked to come to the front.\n")
    return 0


def make_engine(store: "Store") -> "Engine":
    """The engine of the windows. Its reports are in their language."""
    import fer_desktop.capture.open_source  # noqa: F401 - marks texts of sources, which old sessions contain
    from fer_desktop.expression.figures import read_model_summary
    from fer_desktop.recording.desk import RecordingDesk
    from fer_desktop.report.export import export_session
    from fer_desktop.settings import save_changes
    from fer_desktop.storage.protection import StoreProtection
    from ui.engine import Engine
    from ui.export.pdf import write_pdf
    from ui.language import current_language

    return Engine(
        store=store,
        make_session=partial(_make_session, store=store),
        save_settings=save_changes,
        export=lambda *which, **how: export_session(
            store, *which, write_pdf=write_pdf, language=current_language(), **how
        ),
        read_model_summary=read_model_summary,
        protection=StoreProtection(store),
        recordings=RecordingDesk(store),
        import_lesson=partial(_import_lesson, store),
    )


def _import_lesson(store: "Store", path: "Path", settings: "Settings") -> "Imported":
    from fer_desktop.report.lesson_import import import_lesson

    return import_lesson(store, path, settings)


def _make_session(settings: "Settings", choice: "SourceChoice", *, store: "Store") -> "LiveSession":
    from fer_desktop.app import build_live_session
    from fer_desktop.capture.open_source import open_source
    from fer_desktop.policy.expressions import decide_expressions
    from fer_desktop.session.clock import MonotonicClock

    if choice.make_source is not None:
        source = choice.make_source()
    else:
        source = open_source(choice.source, fps=settings.frames_per_second, clock=MonotonicClock())
    expressions = decide_expressions(setting=settings.place, simulated=choice.simulated, confirmed=settings.confirmed)
    return build_live_session(settings, source, store, expressions=expressions)


def check_named_source(region: str | None, window: str | None) -> "NamedSource | None":
    """What is to be watched at once; None if nothing is named. Raises `SettingsError`."""
    if region is None and window is None:
        return None
    from fer_desktop.desktop.region import Region
    from fer_desktop.desktop.selector import WindowSelector
    from ui.start.choice import NamedSource

    return NamedSource(
        region=None if region is None else Region.parse(region),
        window=None if window is None else WindowSelector.parse(window).without_id(),
    )


DEFAULT_COMMAND: Final = Command(
    name="window",
    help="Shows the mood of a class beside a video call. Without a command the window opens.",
    add_arguments=_add_window_arguments,
    run=run_window,
)


def _add_demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--students", type=int, default=25, metavar="N", help="1 to 98 drawn students (default: 25)")
    parser.add_argument("--seconds", type=int, default=60, metavar="S", help="length of the class (default: 60)")
    parser.add_argument("--seed", type=int, default=7, metavar="K", help="another class for another number")
    parser.add_argument("--db", metavar="URL", help="where sessions are kept: a file or an SQLAlchemy URL")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def run_demo_command(arguments: Namespace) -> int:
    """Watches the simulated class from the screen and prints what was seen against its script."""
    from fer_desktop.simulation.script import make_script
    from ui.application import deliver_end_signals, make_application

    make_script(students=arguments.students, seconds=arguments.seconds, seed=arguments.seed)  # refuses what makes none
    if os.environ.get("WAYLAND_DISPLAY"):
        raise DisplayError(Message(MessageKey.DEMO_NEEDS_X11))
    with hold_end_signals():
        application = make_application()

    from fer_desktop.cli.opening import open_user_store
    from fer_desktop.cli.settings import load_settings_or_defaults
    from ui.demo.demo import run_demo
    from ui.demo.report import describe_report, report_figures
    from ui.language import use_language

    signals: list[int] = []

    def end(number: int) -> None:
        signals.append(number)
        application.closeAllWindows()

    settings = load_settings_or_defaults()
    use_language(settings.language)
    with open_user_store(arguments.db or settings.database_url) as store, deliver_end_signals(end, application):
        try:
            report = run_demo(store, students=arguments.students, seconds=arguments.seconds, seed=arguments.seed)
        finally:
            if signals:
                raise EndRequested(signals[0])
        figures = report_figures(report, database=store.name)
    sys.stdout.write(json.dumps(figures) + "\n" if arguments.json else describe_report(report, figures))
    return 0


COMMANDS: Final[Sequence[Command]] = (
    Command(
        name="demo",
        help="Watch a simulated class of drawn students, and see how well it was read",
        add_arguments=_add_demo_arguments,
        run=run_demo_command,
    ),
)
