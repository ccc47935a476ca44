"""Starts a stage and runs scenes on it; see `stage.py`."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.faults.request import Outcome, Request

ROOT: Final = Path(__file__).resolve().parents[2]
_SOURCE: Final = Path(__file__).with_name("interposer.c")


class Stage:
    """A process that forks one for each scene. For one thread."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, request: Request) -> Outcome:
        """Runs one scene to its end, its kill or its time limit."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(dataclasses.asdict(request)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the stage has ended"
        return Outcome(**json.loads(answer))


def build_interposer(folder: Path) -> Path:
    """Compiles it with the system's C compiler."""
    library = folder / "interposer.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, _SOURCE], check=True)
    return library


@contextmanager
def open_stage(interposer: Path) -> Iterator[Stage]:
    """A stage, which ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.stage", str(interposer)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(interposer), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Stage(process)
    finally:
        process.communicate()


def lay_out(template: Path, folder: Path) -> Path:
    """A fresh copy of a prepared folder, with an empty temporary folder in it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    (folder / "tmp").mkdir(exist_ok=True)
    return folder
