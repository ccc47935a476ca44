"""The ways in which a disk fails, and the runs in which it begins to fail with the n-th call."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.moments import pick_moments
from tests.faults.request import Call, Outcome, Request
from tests.faults.running import Stage, lay_out

EVERY_ACCESS: Final = Call.OPEN | Call.READ | Call.WRITE | Call.SYNC | Call.RENAME | Call.UNLINK


@dataclass(frozen=True, slots=True)
class Illness:
    """Calls of `kinds` fail with `error`, an errno: one of them, or all from one on."""

    name: str
    kinds: Call
    error: int
    ever_after: bool

    def __str__(self) -> str:
        return self.name


# Locks never fail for good: the kernel keeps them, whatever the disk does.
ILLNESSES: Final = (
    Illness("one call fails", EVERY_ACCESS, errno.EIO, ever_after=False),
    Illness("the disk is gone", EVERY_ACCESS, errno.EIO, ever_after=True),
    Illness("the disk is full", Call.WRITE | Call.SYNC, errno.ENOSPC, ever_after=True),
    Illness("the right is gone", Call.OPEN | Call.RENAME | Call.UNLINK, errno.EACCES, ever_after=True),
    Illness("one lock is refused", Call.LOCK, errno.ENOLCK, ever_after=False),
)


@dataclass(frozen=True, slots=True)
class IllRun:
    """`folder`: what the run left. `at`: the first call that failed."""

    illness: Illness
    folder: Path
    at: int
    outcome: Outcome

    @property
    def unlinking_fails(self) -> bool:
        """Then temporary files can only stay, until a later start deletes them."""
        return Call.UNLINK in self.illness.kinds and self.illness.ever_after


def ill_runs(
    stage: Stage, scene: str, illness: Illness, template: Path, folder: Path, *, most: int
) -> Iterator[IllRun]:
    """A run for each of at most `most` first failing calls, spread over all; for every call in an exhaustive run."""
    lay_out(template, folder)
    total = stage.run(Request(scene, str(folder), kinds=illness.kinds)).met
    for at in pick_moments(total, most):
        lay_out(template, folder)
        request = Request(
            scene, str(folder), kinds=illness.kinds, at=at, error=illness.error, ever_after=illness.ever_after
        )
        yield IllRun(illness, folder, at, stage.run(request))
