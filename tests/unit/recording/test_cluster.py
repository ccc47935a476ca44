"""A cluster reads recordings: a real scheduler and its workers, processes on loopback, one of which is killed."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.recording.build import open_recording
from fer_desktop.recording.cluster import ClusterWorkers, connect_client, find_problem, path_on_workers
from fer_desktop.recording.packing import unpack_segment
from fer_desktop.recording.perceiving import SegmentReader
from fer_desktop.recording.task import SegmentTask
from tests.e2e.program import ROOT
from tests.raising import raises_message
from tests.unit.recording.material import FPS, write_class
from tests.unit.storage.lessons import wait_until

pytest.importorskip("distributed", reason="needs Dask: the extra `cluster`")
pytestmark = pytest.mark.timeout(240)


class Cluster:
    """A scheduler and workers of one thread, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        wait_until(self._is_written, timeout_s=60)
        self.address = str(json.loads(self._file.read_text())["address"])

    def add_worker(self) -> "subprocess.Popen[bytes]":
        """Returns once the scheduler knows it."""
        self.workers.append(self._start("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny"))
        with connect_client(self.address) as client:
            client.wait_for_workers(len(self.workers), timeout=60)
        return self.workers[-1]

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _is_written(self) -> bool:
        assert self.scheduler.poll() is None
        return self._file.exists() and self._file.read_text().endswith("}")

    def _start(self, module: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", module, "--scheduler-file", str(self._file), "--no-dashboard", *options]
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.Popen(command, cwd=self._file.parent, env=environment, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with closing(Cluster(tmp_path)) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> tuple[SegmentTask, ...]:
    path = write_class(tmp_path_factory.mktemp("shared") / "lesson.mp4", students=4)
    return open_recording(path, fps=FPS, expressions_on=False, workers=1, read_as=str(path)).tasks


def see(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> dict[int, bytes]:
    return dict(ClusterWorkers(cluster.address).see(tasks, lambda: False))


def test_a_killed_worker_loses_nothing(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    """Both read; one is killed while it does."""
    killed = cluster.add_worker()
    cluster.add_worker()
    looks: list[float] = []

    def kill_later() -> bool:
        looks.append(time.monotonic())
        if looks[-1] - looks[0] > 1 and killed.poll() is None:
            killed.kill()
        return False

    parts = dict(ClusterWorkers(cluster.address).see(tasks, kill_later))
    assert killed.wait() != 0
    assert sorted(parts) == [0, 1, 2]
    here = SegmentReader().read(tasks[1])
    there = unpack_segment(parts[1])
    assert [frame.captured_at_s for frame in there.frames] == [frame.captured_at_s for frame in here.frames]
    assert [[tile.tile.box for tile in frame.tiles] for frame in there.frames] == [
        [tile.tile.box for tile in frame.tiles] for frame in here.frames
    ]


def test_a_scheduler_that_ends_is_reported(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    cluster.add_worker()

    def kill_scheduler() -> bool:
        cluster.scheduler.kill()
        return False

    with raises_message(SourceError, MessageKey.SCHEDULER_LOST, address=cluster.address):
        list(ClusterWorkers(cluster.address).see(tasks, kill_scheduler))


def test_a_cancelled_analysis_leaves_nothing_with_the_scheduler(
    cluster: Cluster, tasks: tuple[SegmentTask, ...]
) -> None:
    cluster.add_worker()
    looks = iter([False, False, True])
    assert list(ClusterWorkers(cluster.address).see(tasks, lambda: next(looks))) == []
    with connect_client(cluster.address) as client:
        # A task that is being worked on goes once its worker has answered.
        wait_until(lambda: client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)) == 0)


def cancel_beside_next_client(dask_scheduler: Any) -> None:
    """Runs in the scheduler: sends what all clients get when somebody cancels together with the next one's welcome."""
    welcome = dask_scheduler.handlers["register-client"]

    def add_client(comm: Any, **client: Any) -> Any:
        dask_scheduler.handlers["register-client"] = welcome
        dask_scheduler.loop.add_callback(dask_scheduler.report, {"op": "cancelled-keys", "keys": ["somebody's"]})
        return welcome(comm, **client)

    dask_scheduler.handlers["register-client"] = add_client


def test_an_analysis_begins_beside_one_that_is_cancelled(cluster: Cluster) -> None:
    with connect_client(cluster.address) as client:
        client.run_on_scheduler(cancel_beside_next_client)
    with connect_client(cluster.address) as client:
        assert client.status == "running"


def test_no_picture_goes_through_the_scheduler(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    """What comes back is far smaller than the pictures: some kilobytes a frame."""
    cluster.add_worker()
    for content in see(cluster, tasks[:1]).values():
        segment = unpack_segment(content)
        assert len(content) < 8_000 * len(segment.frames)


def test_workers_of_another_version_are_refused(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    cluster.add_worker()
    with pytest.raises(SourceError) as caught:
        see(cluster, tuple(replace(task, program="9.9, models abc") for task in tasks))
    assert caught.value.message.key is MessageKey.WORKER_DIFFERS
    assert "9.9, models abc" in str(caught.value)


def test_workers_that_cannot_read_the_folder_are_refused(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    cluster.add_worker()
    with pytest.raises(SourceError) as caught:
        see(cluster, tuple(replace(task, path="/nowhere/lesson.mp4") for task in tasks))
    assert caught.value.message.key is MessageKey.WORKER_WITHOUT_FILE
    assert "/nowhere/lesson.mp4" in str(caught.value)


def test_a_scheduler_without_workers_is_reported(cluster: Cluster, tasks: tuple[SegmentTask, ...]) -> None:
    with raises_message(SourceError, MessageKey.SCHEDULER_WITHOUT_WORKERS, address=cluster.address):
        see(cluster, tasks)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
def test_a_scheduler_that_is_not_there_is_reported(address: str, tasks: tuple[SegmentTask, ...]) -> None:
    with raises_message(SourceError, MessageKey.SCHEDULER_MISSING, address=address):
        list(ClusterWorkers(address).see(tasks, lambda: False))


def test_another_file_of_the_same_name_is_noticed(tmp_path: Path, tasks: tuple[SegmentTask, ...]) -> None:
    other = write_class(tmp_path / "lesson.mp4", seconds=5, students=2)
    problem = find_problem(replace(tasks[0], path=str(other)))
    assert problem is not None
    assert problem[0] is MessageKey.WORKER_WITHOUT_FILE
    assert find_problem(tasks[0]) is None


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("/mnt/lectures", "/mnt/lectures/a b.mp4"),
        ("/mnt/lectures/", "/mnt/lectures/a b.mp4"),
        ("file:///mnt/the%20lectures", "/mnt/the lectures/a b.mp4"),
        ("file://school/lectures", "//school/lectures/a b.mp4"),
        (None, "/here/a b.mp4"),
    ],
)
def test_workers_find_the_file_in_their_own_folder(folder: str | None, path: str) -> None:
    assert path_on_workers(Path("/here/a b.mp4"), folder) == path
