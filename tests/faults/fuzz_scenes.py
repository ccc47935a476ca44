"""Opens one damaged input as the program does; `arguments.json` in the scene's folder says which, and how."""

import json
import os
import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import main as program
from data.fer2013 import read_fer2013
from fer_desktop.capture.open_source import open_source
from fer_desktop.cli.language import print_notice
from fer_desktop.errors import SourceError
from fer_desktop.report.export import export_session
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.settings import load_settings, save_settings
from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import open_store
from models.card import read_card as read_model_card
from tests.faults.fuzz_inputs import mutate
from tests.faults.scenes import DATABASE, Say, hasten, run_as_command, run_program
from tests.unit.storage.lessons import new_session, record, seen

_MOST_FRAMES: Final = 40


def open_input(folder: Path, _say: Say) -> int:
    """The scene."""
    hasten()
    os.chdir(folder)  # a mutated URL may name a file here
    way, *arguments = json.loads((folder / "arguments.json").read_text())
    return _WAYS[way](folder, *arguments)


def _run(folder: Path, *arguments: str) -> int:
    return run_program(folder, *arguments)


def _run_bare(_folder: Path, *arguments: str) -> int:
    sys.argv = ["fer-desktop", *arguments]
    try:
        return program.main()
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)


def _read_settings(_folder: Path) -> int:
    def act() -> int:
        settings, notice = load_settings()
        if notice is not None:
            print_notice(notice)
        save_settings(settings)
        again, _ = load_settings()
        assert again == settings
        return 0

    return run_as_command(act)


def _read_source(_folder: Path, text: str) -> int:
    def act() -> int:
        source = open_source(text, fps=None, clock=MonotonicClock())
        try:
            source.open()
            for _ in range(_MOST_FRAMES):
                if source.read() is None:
                    break
        finally:
            source.close()
        return 0

    return run_as_command(act)


def _read_card(_folder: Path, model: str) -> int:
    return run_as_command(lambda: len(read_model_card(Path(model)).title) * 0)


def _read_faces(_folder: Path, path: str) -> int:
    return run_as_command(lambda: len(read_fer2013(Path(path))) * 0)


def _store_names(folder: Path) -> int:
    """Names of students go into the database, every export and the report, and come back as they are shown."""
    names = json.loads((folder / "names.json").read_text())

    def act() -> int:
        with open_store(str(folder / DATABASE)) as store:
            writer = store.begin_session(new_session(course=names[0]))
            writer.record(record(0, [seen(1), seen(2), seen(3)], names=list(enumerate(names, 1))))
            writer.close()
            store.set_roster("Physics", [name for name in names if name.strip()])
            session = writer.session_id
            store.rename_student(session, 2, names[2])
            for format in ("html", "csv", "json"):
                export_session(store, session, format=format, path=folder / f"out.{format}")
        html = (folder / "out.html").read_text(encoding="utf-8")
        assert "<script" not in html.lower().replace("<script type", "")
        return 0

    return run_as_command(act)


def _take_in_rescued(folder: Path, seed: str) -> int:
    """Records into a database that takes nothing, damages the rescue file, and starts again."""
    chance = random.Random(int(seed))

    def act() -> int:
        database = folder / DATABASE
        with open_store(str(database)) as store:
            aside = database.rename(folder / "aside")
            writer = store.begin_session(new_session())
            for second in range(3):
                writer.record(record(second, [seen(1), seen(2)]))
            writer.close()
        aside.replace(database)
        rescued = [path for each in rescue_folders() if each.exists() for path in each.glob("*.jsonl")]
        if not rescued:
            raise SourceError("nothing was rescued: the scene is wrong")
        for path in rescued:
            path.write_bytes(mutate(chance, path.read_bytes()))
        with open_store(str(database)) as store:
            for session in store.list_sessions():
                store.students(session.id)
        return 0

    return run_as_command(act)


_WAYS: Final[Mapping[str, Callable[..., int]]] = {
    "run": _run,
    "run_bare": _run_bare,
    "read_settings": _read_settings,
    "read_source": _read_source,
    "read_card": _read_card,
    "read_faces": _read_faces,
    "store_names": _store_names,
    "take_in_rescued": _take_in_rescued,
}
