"""Little room on the disk is reported once, and once more when there is room again."""

from pathlib import Path

import pytest

from fer_desktop.storage import free_space
from fer_desktop.storage.free_space import SPACE_FLOOR_MB, SpaceWatch

MB = 1_000_000


class Disk:
    def __init__(self, free_mb: int) -> None:
        self.free_mb = free_mb
        self.reports: list[int | None] = []

    def free_bytes(self, _: Path) -> int:
        if self.free_mb < 0:
            raise OSError(5, "the disk is gone")
        return self.free_mb * MB


@pytest.fixture(autouse=True)
def look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(free_space, "_CHECK_PERIOD_S", 0.0)


def test_changes_are_reported_and_nothing_else() -> None:
    disk = Disk(SPACE_FLOOR_MB)
    watch = SpaceWatch(Path("/lessons/a.db"), disk.reports.append, free_bytes=disk.free_bytes)
    for free_mb in (SPACE_FLOOR_MB, SPACE_FLOOR_MB - 1, 20, -1, SPACE_FLOOR_MB + 1):
        disk.free_mb = free_mb
        watch.check()
    assert disk.reports == [SPACE_FLOOR_MB - 1, None]


def test_between_two_looks_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(free_space, "_CHECK_PERIOD_S", 60.0)
    disk = Disk(SPACE_FLOOR_MB)
    watch = SpaceWatch(Path("/lessons/a.db"), disk.reports.append, free_bytes=disk.free_bytes)
    watch.check()
    disk.free_mb = 1
    watch.check()
    assert disk.reports == []


def test_a_database_server_has_no_disk_here() -> None:
    disk = Disk(1)
    SpaceWatch(None, disk.reports.append, free_bytes=disk.free_bytes).check()
    assert disk.reports == []
