"""What a training run reports: the state after each step, and a log with one line per epoch."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

LOG_NAME: Final = "log.csv"
CURVE_NAME: Final = "learning_curve.png"


@dataclass(frozen=True, slots=True)
class EpochLog:
    """One line of the log: mean `loss` on augmented training pictures, hints included, and `accuracy` on validation.

    The accuracy is that of the averaged weights' first head.
    """

    epoch: int
    learning_rate: float
    loss: float
    accuracy: float
    seconds: float


@dataclass(frozen=True, slots=True)
class StepReport:
    """The state of a run after a step; `epoch_log` is set after the last step of an epoch only."""

    epoch: int
    step: int
    steps: int
    loss: float
    epoch_log: EpochLog | None = None


Watcher = Callable[[StepReport], None]


def write_log(path: Path, log: Sequence[EpochLog]) -> None:
    """Writes the log as csv, numbers with six significant digits."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, [f.name for f in fields(EpochLog)], lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: v if k == "epoch" else f"{v:.6g}" for k, v in asdict(line).items()} for line in log)
