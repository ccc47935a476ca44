"""Draws the learning curve of a training run."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.evaluation.pictures import BLUE, DPI, make_figure
from models.training.run_log import EpochLog

_ORANGE: Final = "#dd6b20"


def draw_learning_curve(path: Path, log: Sequence[EpochLog]) -> None:
    """The loss on augmented training pictures and the accuracy on PublicTest, by epoch."""
    figure, axes = make_figure((8, 4.5))
    epochs = [line.epoch + 1 for line in log]
    axes.plot(epochs, [line.loss for line in log], color=_ORANGE)
    axes.set(xlabel="epoch", title="Learning curve")
    axes.set_ylabel("loss, training pictures", color=_ORANGE)
    right = axes.twinx()
    right.plot(epochs, [line.accuracy for line in log], color=BLUE)
    right.set_ylabel("accuracy, PublicTest", color=BLUE)
    figure.savefig(path, dpi=DPI)
