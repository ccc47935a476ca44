"""`fer-desktop doctor --self-test`: tries the program's promises out on this computer, with a drawn class.

Everything that is written lies in a temporary folder, which is removed at the end; settings and sessions of the user
are neither read nor changed.
"""

import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.connections import ConnectionWatch
from fer_desktop.cli.finding import Finding
from fer_desktop.errors import DisplayError, FerDesktopError
from fer_desktop.messages import ENGLISH, Message, MessageKey

if TYPE_CHECKING:
    from fer_desktop.ports import PdfWriter
    from fer_desktop.simulation.script import Script
    from fer_desktop.storage.store import Store
    from fer_desktop.types import FrameResult, Observation

_MARK: Final = "words-that-deletion-has-to-overwrite"
_DATABASE: Final = "self-test.sqlite"
_EXPORT_STARTS: Final = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "csv": b""}


@dataclass(frozen=True, slots=True)
class _DrawnClass:
    """The class that is read, and how well it must be: of drawn faces, on processors, more than so is measured."""

    students: int = 6
    seconds: float = 8.0
    seed: int = 7
    frames_per_second: float = 2.0
    min_found: float = 0.95
    min_agreement: float = 0.7


_CLASS: Final = _DrawnClass()


class CheckFailed(Exception):  # noqa: N818 - a result
    """A promise is not kept; the text says which."""


class CheckSkipped(Exception):  # noqa: N818 - a result
    """This computer lacks what the check needs; the text says what."""


def run_self_test(write_pdf: "PdfWriter") -> Iterator[tuple[str, Finding]]:
    """Yields the finding of each check, by name, as it ends; all together take some ten seconds."""
    from fer_desktop.storage.store import open_store
    from fer_desktop.system.folders import make_private_folder

    with tempfile.TemporaryDirectory(prefix="fer-desktop-self-test-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary) / "data"
        make_private_folder(folder)
        with ConnectionWatch() as watch, open_store(str(folder / _DATABASE)) as store:
            for name, check in _list_checks(store, folder, write_pdf).items():
                yield name, run_check(check)
            yield "network", run_check(lambda: check_connections(watch.stop()))


def _list_checks(store: "Store", folder: Path, write_pdf: "PdfWriter") -> dict[str, Callable[[], str]]:
    """By name, in order: exports need the recorded class, and file modes what was written before."""
    tally = ReadingTally(_make_script())
    sessions: list[int] = []

    def record() -> str:
        sessions.append(record_drawn_class(store, tally))
        return tally.judge()

    def export() -> str:
        if not sessions:
            raise CheckFailed("there is no recorded class to export")
        return check_exports(store, sessions[0], folder, write_pdf)

    return {
        "model files": check_installed_models,
        "screen": check_screen,
        "drawn class": record,
        "names": lambda: check_names_absent(folder, tally.names),
        "pictures": lambda: check_only_database(folder),
        "exports": export,
        "file modes": lambda: check_modes([folder, *sorted(folder.iterdir())]),
        "deletion": lambda: check_deletion(store, folder),
        "encryption": lambda: check_encryption(folder.parent / "encrypted"),
    }


def run_check(check: Callable[[], str]) -> Finding:
    """The finding of one check; an expected error is a failure."""
    try:
        return Finding(True, check(), {"skipped": False})
    except CheckSkipped as reason:
        return Finding(True, f"not checked: {reason}", {"skipped": True})
    except (CheckFailed, FerDesktopError, OSError, ImportError) as error:
        return Finding(False, str(error), {"skipped": False})


def check_installed_models() -> str:
    """Every model file has the hash of the manifest."""
    from fer_desktop.system.model_files import MODEL_FILES, check_model_file

    for file in MODEL_FILES:
        check_model_file(file)
    return f"all {len(MODEL_FILES)} are those that belong to this version"


def check_screen() -> str:
    """One picture of the first monitor, which is looked at by nothing and dropped."""
    from fer_desktop.capture.region import Screen, list_monitors

    try:
        monitor = list_monitors()[0].region
    except (DisplayError, IndexError) as error:
        raise CheckSkipped("there is no display") from error
    with closing(Screen()) as screen:
        height, width = screen.grab(monitor).shape[:2]
    if (width, height) != (monitor.width, monitor.height):
        raise CheckFailed(f"a picture of {width} x {height} came, not {monitor.width} x {monitor.height}")
    return f"{width} x {height} captured and dropped"


def record_drawn_class(store: "Store", tally: "ReadingTally") -> int:
    """Records the drawn class as a session, with the default settings; its number."""
    from fer_desktop.app import build_live_session
    from fer_desktop.policy.expressions import decide_expressions
    from fer_desktop.settings import Settings
    from fer_desktop.simulation.source import SimulatedSource

    source = SimulatedSource(_make_script(), fps=_CLASS.frames_per_second)
    session = build_live_session(
        Settings(), source, store, expressions=decide_expressions(simulated=True), sinks=(tally,)
    )
    session.start()
    session.join()
    session.stop()
    session.raise_fault()
    if session.notice is not None:
        raise CheckFailed(ENGLISH.render(session.notice))
    if session.session_id is None:
        raise CheckFailed("nothing was recorded")
    return session.session_id


def _make_script() -> "Script":
    from fer_desktop.simulation.script import make_script

    return make_script(students=_CLASS.students, seconds=_CLASS.seconds, seed=_CLASS.seed)


class ReadingTally:
    """An `ObservationSink` that compares each frame with what was drawn."""

    def __init__(self, script: "Script") -> None:
        self._script = script
        self.names: set[str] = set()
        self._drawn = self._found = self._read = self._agreeing = self._false = 0

    def publish(self, observation: "Observation") -> None:
        """Counts the frame's faces."""
        self.count(observation.result)

    def count(self, result: "FrameResult") -> None:
        """Counts the faces of a frame, and keeps the names that were read in it."""
        from fer_desktop.simulation.drawing import truth_at

        frame, faces = result.frame, result.faces
        self.names |= {each.tile.name for each in result.tiles if each.tile.name is not None}
        self._false += len(faces)
        for tile in truth_at(self._script, frame.captured_at_s, frame.width, frame.height):
            if tile.face is None:
                continue
            self._drawn += 1
            found = next((face for face in faces if tile.box.contains(*face.face.box.centre)), None)
            if found is None:
                continue
            self._found += 1
            self._false -= 1
            self._read += found.expression is not None
            self._agreeing += found.expression is tile.expression

    def judge(self) -> str:
        """The counts in words. Raises `CheckFailed` where they are too low."""
        words = f"{self._found} of {self._drawn} faces found, {self._agreeing} of {self._read} expressions as drawn"
        if not self._drawn or self._found < _CLASS.min_found * self._drawn or self._false:
            raise CheckFailed(f"{words}, {self._false} found where none is")
        if not self._read or self._agreeing < _CLASS.min_agreement * self._read:
            raise CheckFailed(words)
        return words


def check_names_absent(folder: Path, names: Collection[str]) -> str:
    """None of the names that were read is in any file of the folder."""
    if not names:
        raise CheckFailed("no name was read")
    stored = sorted(name for name in names if _is_in_files(folder, name))
    if stored:
        raise CheckFailed(f"stored: {', '.join(stored)}")
    return f"{len(names)} were read, and none is stored"


def _is_in_files(folder: Path, text: str) -> bool:
    return any(text.encode() in path.read_bytes() for path in folder.iterdir() if path.is_file())


def check_only_database(folder: Path) -> str:
    """The folder holds the database and its companions, nothing else."""
    others = sorted(path.name for path in folder.iterdir() if not path.name.startswith((_DATABASE, f".{_DATABASE}")))
    if others:
        raise CheckFailed(f"also written: {', '.join(others)}")
    return "none was written: there is nothing but the database"


def check_exports(store: "Store", session: int, folder: Path, write_pdf: "PdfWriter") -> str:
    """The session as HTML, PDF and CSV, in files of that kind."""
    from fer_desktop.report.export import export_session, guess_format

    sizes = []
    for ending, start in _EXPORT_STARTS.items():
        path = folder / f"lesson.{ending}"
        export_session(store, session, format=guess_format(path), path=path, write_pdf=write_pdf)
        content = path.read_bytes()
        if not content or not content.lower().startswith(start.lower()):
            raise CheckFailed(f"{path.name} is no {ending.upper()} file")
        sizes.append(f"{ending} {-(-len(content) // 1000)} kB")
    return ", ".join(sizes)


def check_modes(paths: Iterable[Path]) -> str:
    """Folders are 0700 and files 0600: for this user alone."""
    if os.name == "nt":
        raise CheckSkipped("Windows keeps the rights of the user's own folder")
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise CheckFailed(f"{path.name} can be opened by others: its mode is {mode:04o}")
    return "files 0600, their folder 0700: for this user alone"


def check_deletion(store: "Store", folder: Path) -> str:
    """A note is written, read, and deleted with its session; then its words are in no file."""
    from fer_desktop.storage.values import NewSession
    from fer_desktop.types import Event, EventKind

    session = NewSession(datetime.now(UTC), Message(MessageKey.SOURCE_SIMULATED, n=1), simulated=True)
    writer = store.begin_session(session)
    writer.add_event(Event(EventKind.NOTE, 0, _MARK))
    writer.close()
    if [event.text for event in store.events(writer.session_id)] != [_MARK] or not _is_in_files(folder, _MARK):
        raise CheckFailed("what was written is not what is read")
    store.delete_session(writer.session_id)
    if _is_in_files(folder, _MARK):
        raise CheckFailed("the words of a deleted session are still in a file")
    return "a session was written, read and deleted; its words are in no file"


def check_encryption(folder: Path) -> str:
    """A database of its own is encrypted with a random key, read, refused without the key, and decrypted."""
    from fer_desktop.encryption.key import make_key
    from fer_desktop.storage.store import open_store
    from fer_desktop.system.folders import make_private_folder

    make_private_folder(folder)
    key, path = make_key(), folder / _DATABASE
    with open_store(str(path)) as store:
        store.set_roster(_MARK, [_MARK])
        store.change_key(key)
    if _is_in_files(folder, _MARK):
        raise CheckFailed("words are in clear text although the database is encrypted")
    with open_store(str(path), {key.salt: key}.get) as store:
        if store.roster(_MARK) != [_MARK]:
            raise CheckFailed("what was encrypted is not what is read")
        store.change_key(None)
    with open_store(str(path)) as store:
        if store.roster(_MARK) != [_MARK]:
            raise CheckFailed("what was decrypted is not what is read")
    return "a database was encrypted, read with its key and decrypted; its words were in no file meanwhile"


def check_connections(connections: Iterable[str]) -> str:
    """No connection to another computer was seen."""
    seen = sorted(set(connections))
    if seen:
        raise CheckFailed(f"connected: {', '.join(seen)}")
    return "no connection to another computer"
