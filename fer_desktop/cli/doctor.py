"""`fer-desktop doctor`: whether this computer has what the program needs."""

import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fer_desktop import __version__
from fer_desktop.cli.command import Command
from fer_desktop.cli.finding import Finding, print_findings
from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.errors import FerDesktopError, ModelError, StorageError

if TYPE_CHECKING:
    from fer_desktop.ports import PdfWriter

PACKAGES: Final = (
    "PySide6-Essentials",
    "ai-edge-litert",
    "alembic",
    "filelock",
    "icalendar",
    "jeepney",
    "jinja2",
    "keyring",
    "lap",
    "mss",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "platformdirs",
    "psutil",
    "pycryptodomex",
    "pydantic",
    "pyqtgraph",
    "pyzipper",
    "rapidfuzz",
    "recurring-ical-events",
    "rich",
    "sqlalchemy",
    "sqlcipher3",
    "tesserocr",
    "tzdata",
)

_SUPPORTED_PYTHON: Final = (3, 11), (3, 13)
"""The first version that is supported, and the first that no longer is, as in `pyproject.toml`."""
_GPU_PROBE: Final = "import tensorflow; print(len(tensorflow.config.list_physical_devices('GPU')))"
_GPU_TIMEOUT_S: Final = 120.0


ListFonts = Callable[[], Sequence[str]]
"""The fonts of this computer that have Hindi's letters."""


def examine(list_hindi_fonts: ListFonts, database_url: str | None = None) -> dict[str, Finding]:
    """Runs every examination, by name. Takes some seconds, as TensorFlow is asked for the GPU."""
    return {
        "python": examine_python(),
        "packages": examine_packages(),
        "display": examine_display(os.environ, sys.platform),
        "screen_capture": examine_screen_capture(sys.platform),
        "fonts": examine_fonts(list_hindi_fonts),
        "gpu": examine_gpu(),
        "model": examine_model(),
        "model_files": examine_model_files(),
        "settings": examine_settings(),
        "database": examine_database(database_url),
        "keyring": examine_keyring(),
        "place": examine_place(),
    }


def examine_python() -> Finding:
    """The versions of Python, the system and this program."""
    oldest, too_new = _SUPPORTED_PYTHON
    details = {"version": platform.python_version(), "system": platform.platform(), "fer_desktop": __version__}
    words = f"FER Desktop {__version__}, Python {details['version']}, {details['system']}"
    return Finding(oldest <= sys.version_info < too_new, words, details)


def examine_packages() -> Finding:
    """The installed version of each package of `PACKAGES`."""
    versions = {name: _version_of(name) for name in PACKAGES}
    missing = [name for name, found in versions.items() if found is None]
    repair = "install FER Desktop again (in a checkout: make setup)"
    words = f"missing: {', '.join(missing)}; {repair}" if missing else f"all {len(PACKAGES)} are installed"
    return Finding(not missing, words, versions)


def _version_of(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def examine_display(environment: Mapping[str, str], system: str) -> Finding:
    """The window system. `environment`: of the process. `system`: as `sys.platform` names it."""
    if system in ("win32", "darwin"):
        return Finding(True, "the desktop", {"kind": "desktop"})
    if environment.get("WAYLAND_DISPLAY"):
        return Finding(True, "Wayland, where you choose what to share", {"kind": "wayland"})
    if environment.get("DISPLAY"):
        return Finding(True, f"X11, {environment['DISPLAY']}", {"kind": "x11", "display": environment["DISPLAY"]})
    return Finding(False, "none: run on a desktop, or under xvfb-run", {"kind": "none"})


def examine_screen_capture(system: str) -> Finding:
    """The monitors that can be captured. `system`: as `sys.platform` names it."""
    if system == "darwin" and not _has_macos_permission():
        words = "not allowed: System Settings, Privacy & Security, Screen Recording; then start again"
        return Finding(False, words, {"allowed": False, "monitors": []})
    if is_wayland():
        return _catch_errors(_examine_portal, {"allowed": False, "monitors": []})

    def check() -> Finding:
        from fer_desktop.capture.region import list_monitors

        monitors = [str(monitor.region) for monitor in list_monitors()]
        return Finding(bool(monitors), f"monitors: {', '.join(monitors)}", {"allowed": True, "monitors": monitors})

    return _catch_errors(check, {"allowed": False, "monitors": []})


def _examine_portal() -> Finding:
    """What the desktop shares on Wayland. Nobody is asked yet. Raises `SourceError` where it shares nothing."""
    from fer_desktop.portal.libpipewire import load_library
    from fer_desktop.portal.screen_cast import ScreenCast

    with closing(ScreenCast()) as cast:
        abilities = cast.abilities()
    pipewire = load_library().pw_get_library_version().decode()
    kinds = " or ".join(f"a {kind}" for kind in abilities.kinds)
    words = f"{kinds or 'nothing'}, by the desktop portal (version {abilities.version}) and PipeWire {pipewire}"
    details = {"allowed": True, "kinds": abilities.kinds, "portal": abilities.version, "pipewire": pipewire}
    return Finding(bool(abilities.kinds), words, details)


def _has_macos_permission() -> bool:
    """Asks without opening the system's permission dialog."""
    import ctypes

    graphics: Any = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    graphics.CGPreflightScreenCaptureAccess.restype = ctypes.c_bool
    return bool(graphics.CGPreflightScreenCaptureAccess())


def examine_fonts(list_hindi_fonts: ListFonts) -> Finding:
    """Whether Hindi's letters (Devanagari) can be shown. Without them only a user of the windows in Hindi must act."""
    from fer_desktop.cli.language import user_language

    fonts = list(list_hindi_fonts())
    if fonts:
        return Finding(True, f"for Hindi: {fonts[0]}", {"devanagari": fonts})
    words = "none for Hindi: its letters, also in names, are empty boxes; install one, such as Noto Sans Devanagari"
    return Finding(user_language().code != "hi", words, {"devanagari": []})


def examine_gpu() -> Finding:
    """The number of GPUs, by a process of its own: TensorFlow loads for seconds and logs to stderr.

    Without TensorFlow, as in the slim installation, none is used.
    """
    if find_spec("tensorflow") is None:
        return Finding(True, "not used without TensorFlow: the CPU does the work", {"count": 0})
    try:
        probe = subprocess.run(
            [sys.executable, "-c", _GPU_PROBE], capture_output=True, text=True, timeout=_GPU_TIMEOUT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return Finding(False, "TensorFlow does not start; run `make setup`", {"count": 0})
    count = int(probe.stdout.split()[-1])
    return Finding(True, f"{count} found" if count else "none: the CPU does the work", {"count": count})


def examine_model() -> Finding:
    """The shipped network, compared with its model card."""

    def check() -> Finding:
        from fer_desktop.expression import check_shipped_model

        card = check_shipped_model()
        details = {"name": card.name, "version": card.version, "sha256": card.weights_sha256}
        return Finding(True, f"{card.name} {card.version}, as its card describes it", details)

    return _catch_errors(check, {})


def examine_model_files(folder: Path | None = None) -> Finding:
    """Every model file, compared with the manifest. `folder`: where all of them lie, by default where installed."""
    from fer_desktop.system.model_files import MODEL_FILES, check_model_file

    problems: dict[str, str] = {}
    for file in MODEL_FILES:
        try:
            check_model_file(file, folder)
        except ModelError as error:
            problems[file.name] = str(error)
    words = "; ".join(problems.values()) or f"all {len(MODEL_FILES)} are those that belong to this version"
    return Finding(not problems, words, {"files": [file.name for file in MODEL_FILES], "damaged": list(problems)})


def examine_settings() -> Finding:
    """The settings file; a damaged one is left where it is."""
    from fer_desktop.messages import ENGLISH
    from fer_desktop.settings import peek_settings, settings_path

    notice = peek_settings()[1]
    path = settings_path()
    details = {"path": str(path), "exists": path.exists()}
    if notice is not None:
        return Finding(False, ENGLISH.render(notice), details)
    return Finding(True, str(path) if details["exists"] else "as they come: nothing was changed", details)


def examine_database(url: str | None) -> Finding:
    """The database of `url`, else the user's own; one that does not exist yet is not created."""

    def check() -> Finding:
        from fer_desktop.settings import peek_settings
        from fer_desktop.storage.database_url import database_file
        from fer_desktop.storage.migrate import REVISIONS
        from fer_desktop.storage.store import open_store

        chosen = url or peek_settings()[0].database_url
        path = database_file(chosen)
        if path is not None and not path.exists() and (chosen is None or path.parent.is_dir()):
            return Finding(True, f"{path}, made with the first session", {"name": str(path), "exists": False})
        with open_store(chosen) as store:
            sessions, key = len(store.list_sessions()), store.key
        details: dict[str, object] = {"name": store.name, "exists": True, "schema": REVISIONS[-1], "sessions": sessions}
        if path is not None:
            details["bytes"] = path.stat().st_size
            details["writable"] = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        details["encrypted"] = key is not None
        words = f"{store.name}, {sessions} sessions, {'' if key else 'not '}encrypted"
        return Finding(details.get("writable") is not False, words, details)

    return _catch_errors(check, {})


def examine_keyring() -> Finding:
    """The system's keyring, which can keep the key of encrypted lessons. Without one, a password does."""
    from fer_desktop.encryption.key_ring import open_key_ring

    try:
        name = open_key_ring().name
    except StorageError:
        return Finding(True, "none; encrypted lessons need a password", {"name": None})
    return Finding(True, name, {"name": name})


def examine_place() -> Finding:
    """The place of the class, and whether expressions are read there."""
    from fer_desktop.policy.expressions import Reason, decide_expressions
    from fer_desktop.policy.place_guess import guess_place
    from fer_desktop.settings import peek_settings

    settings, guess = peek_settings()[0], guess_place()
    setting = settings.place
    decision = decide_expressions(setting=setting, guess=guess, confirmed=settings.confirmed)
    effects = {
        Reason.ALLOWED: "expressions on",
        Reason.FORBIDDEN: "expressions off (EU AI Act, Article 5(1)(f))",
        Reason.SETTINGS_UNCONFIRMED: "expressions off until the damaged settings are checked and saved",
        Reason.PLACE_UNKNOWN: "expressions off until the first start or --place CC says where the class is",
    }
    where = setting or (f"not set, {guess} by the time zone" if guess else "unknown")
    details = {"place": setting, "guess": guess, "expressions_allowed": decision.on}
    return Finding(True, f"{where}; {effects[decision.reason]}", details)


def _catch_errors(examination: Callable[[], Finding], details: Mapping[str, object]) -> Finding:
    """The finding of `examination`; an expected error is a finding too, with `details`."""
    try:
        return examination()
    except (FerDesktopError, ImportError) as error:
        return Finding(False, str(error), details)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--db",
        metavar="URL",
        help="the database to look at: a file or an SQLAlchemy URL (default: the one in the settings)",
    )
    parser.add_argument(
        "--capture",
        metavar="PLACE",
        help="look once at this window (a part of its title, or a source such as monitor:1) and say what is read, in "
        "memory only; exit code 1 if something is missing",
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help="try the program's promises out with a drawn class, in a temporary folder; exit code 1 if one fails",
    )


def _look(arguments: Namespace) -> int:
    from fer_desktop.capture.open_source import open_source
    from fer_desktop.cli.capture_look import look_once, parse_place
    from fer_desktop.session.clock import MonotonicClock

    source = open_source(parse_place(arguments.capture), fps=None, clock=MonotonicClock())
    return 0 if print_findings(look_once(source), as_json=arguments.json, bad="LOOK") else 1


def _run(arguments: Namespace, *, write_pdf: "PdfWriter", list_hindi_fonts: ListFonts) -> int:
    if arguments.capture is not None:
        return _look(arguments)
    if arguments.self_test:
        from fer_desktop.cli.self_test import run_self_test

        return 0 if print_findings(run_self_test(write_pdf), as_json=arguments.json, bad="FAILED") else 1
    print_findings(examine(list_hindi_fonts, arguments.db).items(), as_json=arguments.json, bad="LOOK")
    return 0


def make_doctor_command(write_pdf: "PdfWriter", list_hindi_fonts: ListFonts) -> Command:
    """The command. `write_pdf` makes the PDF file of the self-test."""
    help = "say what this computer has of what the program needs"
    run = partial(_run, write_pdf=write_pdf, list_hindi_fonts=list_hindi_fonts)
    return Command("doctor", help, _add_arguments, run)
