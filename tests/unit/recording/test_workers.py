"""Processes that share a recording: what they finish is not lost when one is killed, and they end with the program."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from fer_desktop.capture.video_segment import Segment
from fer_desktop.errors import ModelError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.task import FileIdentity, SegmentTask
from fer_desktop.recording.workers import LocalWorkers
from tests.e2e.program import ROOT
from tests.needs import LINUX
from tests.raising import raises_message

pytestmark = LINUX


def tasks(folder: Path, count: int) -> list[SegmentTask]:
    file = FileIdentity(1, "")
    return [
        SegmentTask(str(folder), file, "", Segment(number, number, number + 1), None, False, 1)
        for number in range(count)
    ]


def count_up(task: SegmentTask) -> bytes:
    return str(task.segment.number).encode()


def read_priority(task: SegmentTask) -> bytes:
    return str(psutil.Process().nice()).encode()


def die_once(task: SegmentTask) -> bytes:
    """The process that reads segment 2 is killed the first time, as by a system that is short of memory."""
    mark = Path(task.path, "died")
    if task.segment.number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return count_up(task)


def die(task: SegmentTask) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def fail(task: SegmentTask) -> bytes:
    raise ModelError(Message(MessageKey.NO_PICTURE, path="here"))


def take_long(task: SegmentTask) -> bytes:
    Path(task.path, f"{task.segment.number}-{os.getpid()}").touch()
    time.sleep(0 if task.segment.number == 0 else 60)
    return count_up(task)


def see(folder: Path, see_one: object, *, count: int = 5) -> dict[int, bytes]:
    return dict(LocalWorkers(2, see_one=see_one).see(tasks(folder, count), lambda: False))  # type: ignore[arg-type]


def test_every_segment_comes_once(tmp_path: Path) -> None:
    assert see(tmp_path, count_up) == {number: str(number).encode() for number in range(5)}


def test_the_segment_of_a_killed_worker_is_read_by_another(tmp_path: Path) -> None:
    assert see(tmp_path, die_once) == {number: str(number).encode() for number in range(5)}
    assert (tmp_path / "died").exists()


def test_workers_that_are_always_killed_are_reported(tmp_path: Path) -> None:
    with raises_message(SourceError, MessageKey.WORKERS_ENDED):
        see(tmp_path, die)


def test_an_error_keeps_its_message_between_processes(tmp_path: Path) -> None:
    with raises_message(ModelError, MessageKey.NO_PICTURE, path="here"):
        see(tmp_path, fail)


def test_a_cancelled_analysis_ends_at_once_with_its_workers(tmp_path: Path) -> None:
    done: list[int] = []
    started_s = time.monotonic()
    with closing(LocalWorkers(2, see_one=take_long).see(tasks(tmp_path, 4), lambda: bool(done))) as parts:
        for number, _ in parts:
            done.append(number)
    assert done == [0]
    assert time.monotonic() - started_s < 50
    assert not [process for process in psutil.Process().children() if "spawn_main" in " ".join(process.cmdline())]


@pytest.mark.timeout(120)
def test_workers_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom fer_desktop.recording.workers import LocalWorkers\n"
        "from tests.unit.recording.test_workers import take_long, tasks\n"
        "if __name__ == '__main__':\n"
        "    list(LocalWorkers(2, see_one=take_long).see(tasks(Path(sys.argv[1]), 4), lambda: False))\n"
    )
    started = tmp_path / "started"
    started.mkdir()
    program = subprocess.Popen([sys.executable, "-c", code, str(started)], cwd=ROOT, env={**os.environ})
    while len(list(started.iterdir())) < 3:
        assert program.poll() is None
        time.sleep(0.1)
    workers = {int(path.name.split("-")[1]) for path in started.iterdir()}
    program.kill()
    program.wait()
    ends_s = time.monotonic() + 20
    while any(psutil.pid_exists(worker) for worker in workers):
        assert time.monotonic() < ends_s, "a worker goes on without its program"
        time.sleep(0.1)


def test_a_system_without_shared_memory_is_reported_with_what_to_do(tmp_path: Path) -> None:
    """As in a bare container, or where an administrator has closed it."""
    unshare = ("unshare", "-rm")
    mounted = subprocess.run([*unshare, "mount", "-t", "tmpfs", "none", "/dev/shm"], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("needs `unshare -rm`, which is not allowed here")
    code = (
        "import sys\nfrom pathlib import Path\nfrom fer_desktop.errors import SourceError\n"
        "from tests.unit.recording.test_workers import count_up, see\n"
        "try:\n    see(Path(sys.argv[1]), count_up)\n"
        "except SourceError as error:\n    sys.stdout.write(f'{error.message.key}\\n{error}')\n"
    )
    mount = 'mount -t tmpfs -o ro none /dev/shm && exec "$0" "$@"'
    done = subprocess.run(
        [*unshare, "sh", "-c", mount, sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    key, text = done.stdout.split("\n")
    assert key == MessageKey.NO_SHARED_MEMORY
    assert "/dev/shm" in text
    assert done.stderr == ""


def test_a_full_system_is_not_reported_as_one_without_shared_memory(tmp_path: Path) -> None:
    code = (
        "import os, resource, sys\nfrom pathlib import Path\nfrom fer_desktop.errors import SourceError\n"
        "from tests.unit.recording.test_workers import count_up, see\n"
        "most = os.dup(0)\nos.close(most)\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))\n"
        "try:\n    see(Path(sys.argv[1]), count_up)\n"
        "except SourceError as error:\n    sys.stdout.write(f'{error.message.key}\\n{error}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    key, text = done.stdout.split("\n")
    assert key == MessageKey.SYSTEM_FULL
    assert "Too many open files" in text


@pytest.mark.parametrize("background", [True, False])
def test_processes_in_the_background_leave_the_processor_to_a_call(tmp_path: Path, background: bool) -> None:
    workers = LocalWorkers(1, background=background, see_one=read_priority)
    [(_, priority)] = workers.see(tasks(tmp_path, 1), lambda: False)
    own = psutil.Process().nice()
    assert int(priority) == (max(10, own) if background else own)
