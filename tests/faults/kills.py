"""Kills a scene (`scenes.py`, or any function of that form) by SIGKILL in one of its calls, and hands over the remains.

    for run in killed_runs(stage, "tests.faults.scenes:delete_session", template, tmp_path / "run", most=8):
        check_integrity(run.folder / DATABASE)

Between two calls that change the folder nothing on the disk changes, so killing in each of them covers every moment. A
write is torn: half of it is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.moments import pick_moments
from tests.faults.request import CHANGES, KILL, Outcome, Request
from tests.faults.running import Stage, lay_out


@dataclass(frozen=True, slots=True)
class KilledRun:
    """`folder`: what the process left. `at`: the call in which it was killed. `outcome`: with all that it had said."""

    folder: Path
    at: int
    outcome: Outcome


def killed_runs(stage: Stage, scene: str, template: Path, folder: Path, *, most: int) -> Iterator[KilledRun]:
    """A run for each of at most `most` calls, spread over all; for every call in an exhaustive run.

    `template`: what the folder is before each run.
    """
    lay_out(template, folder)
    total = stage.run(Request(scene, str(folder), kinds=CHANGES)).met
    assert total, "the scene changes nothing"
    for at in pick_moments(total, most):
        lay_out(template, folder)
        outcome = stage.run(Request(scene, str(folder), kinds=CHANGES, at=at, error=KILL))
        if outcome.killed:  # two threads do not always make as many calls
            yield KilledRun(folder, at, outcome)
