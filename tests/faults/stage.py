"""Runs scenes, each in a forked process of its own in which system calls fail, or that is killed in one.

    LD_PRELOAD=interposer.so python -m tests.faults.stage interposer.so

Reads a request a line, `Request` as JSON, and answers each with a line, `Outcome` as JSON. Forking a process that has
imported everything takes a hundredth of the time of starting one. Linux only.
"""

import ctypes
import dataclasses
import gc
import importlib
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from fer_desktop.system.folders import HOME_VARIABLE
from tests.faults.request import Outcome, Request

_POLL_S: Final = 0.002
_MOMENT_S: Final = 2.0

Scene = Callable[[Path, Callable[[str], None]], int]
"""What runs in the forked process. Takes the folder and a function that writes a line down; returns an exit code."""


def main() -> None:
    interposer = ctypes.CDLL(sys.argv[1])
    for line in sys.stdin:
        outcome = _run(interposer, Request(**json.loads(line)))
        sys.stdout.write(json.dumps(dataclasses.asdict(outcome)) + "\n")
        sys.stdout.flush()


def _run(interposer: ctypes.CDLL, request: Request) -> Outcome:
    scene = _load(request.scene)
    with tempfile.TemporaryDirectory(prefix="stage-") as notes:
        started_s = time.monotonic()
        child = os.fork()
        if child == 0:
            _be_child(interposer, request, scene, Path(notes))
        status, usage, hung = _wait(child, request.limit_s)
        said = _read_lines(Path(notes) / "said")
        report = json.loads((Path(notes) / "report").read_text()) if (Path(notes) / "report").exists() else {}
        return Outcome(
            exit_code=os.waitstatus_to_exitcode(status),
            hung=hung,
            said=said,
            output=(Path(notes) / "output").read_text(errors="replace"),
            met=report.get("met", 0),
            threads=report.get("threads", []),
            open_files=report.get("open_files", []),
            peak_mb=usage.ru_maxrss / 1024,
            seconds=time.monotonic() - started_s,
        )


def _load(name: str) -> Scene:
    module, _, function = name.partition(":")
    scene: Scene = getattr(importlib.import_module(module), function)
    return scene


def _wait(child: int, limit_s: float) -> tuple[int, resource.struct_rusage, bool]:
    """The child's status and usage, and whether it had to be killed."""
    end_s = time.monotonic() + limit_s
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return status, usage, False
        if time.monotonic() > end_s:
            os.kill(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            return status, usage, True
        time.sleep(_POLL_S)


def _be_child(interposer: ctypes.CDLL, request: Request, scene: Scene, notes: Path) -> None:
    """Never returns."""
    code = 1
    try:
        _set_up(request, notes)
        said = (notes / "said").open("w")

        def say(line: str) -> None:
            said.write(line + "\n")
            said.flush()

        folder = os.fsencode(request.folder)
        interposer.faults_arm(folder, request.kinds, ctypes.c_long(request.at), request.error, int(request.ever_after))
        try:
            code = scene(Path(request.folder), say)
        finally:
            interposer.faults_met.restype = ctypes.c_long
            met = interposer.faults_met()
            interposer.faults_arm(folder, 0, ctypes.c_long(0), 0, 0)
        (notes / "report").write_text(json.dumps({"met": met, **_leftovers(request.folder)}))
    except BaseException:  # noqa: BLE001 - the top of a process; the excepthook writes what the program would write
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _set_up(request: Request, notes: Path) -> None:
    output = os.open(notes / "output", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(ours, theirs)
    enter_folder(Path(request.folder))
    os.environ |= request.environment
    if request.memory_mb:
        resource.setrlimit(resource.RLIMIT_AS, (request.memory_mb * 2**20,) * 2)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def enter_folder(folder: Path) -> None:
    """The program's home, and the system's temporary folder, are in the scene's folder from now on."""
    os.environ[HOME_VARIABLE] = str(folder / "home")
    tempfile.tempdir = str(folder / "tmp")


def _leftovers(folder: str) -> dict[str, Any]:
    """The threads that do not end once garbage is collected, and the files of the folder that were open before.

    Threads that share the work of a frame end with the networks that they use (`system/worker_threads.py`): they are
    woken then, and need a moment.
    """
    files = []
    for file in os.listdir("/proc/self/fd"):
        try:
            path = os.readlink(f"/proc/self/fd/{file}")
        except OSError:  # that of this listing
            continue
        if path.startswith(folder):
            files.append(path)
    gc.collect()
    others = [each for each in threading.enumerate() if each is not threading.main_thread()]
    for each in others:
        each.join(_MOMENT_S)
    return {"threads": [each.name for each in others if each.is_alive()], "open_files": files}


def _read_lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


if __name__ == "__main__":
    main()
