"""Draws figures for people as PNG files: confusions, reliability, a run's curve, where a network looked.

matplotlib is imported only here, and without its windows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from data.fer2013 import Labels, one_hot
from fer_desktop.types import Floats, Image
from models.evaluation.metrics import Counts, bin_confidence
from models.labels import LABELS

if TYPE_CHECKING:
    from models.training.training import EpochLog

_DPI: Final = 120
_BLUE, _ORANGE, _GREY = "#2b6cb0", "#dd6b20", "#a0aec0"


def draw_confusion(path: Path, confusion: Counts) -> None:
    """Shares of each true expression (7, 7), rows adding up to 1, with the counts behind them."""
    figure, axes = _begin((7, 6))
    totals = np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    shares = confusion / totals
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 0.5 else "black"
        text = f"{share:.0%}\n{confusion[row, column]}"
        axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(len(LABELS)), LABELS, rotation=30)
    axes.set_yticks(range(len(LABELS)), LABELS)
    axes.set(xlabel="read as", ylabel="labelled", title="How often each expression was read as each")
    figure.savefig(path, dpi=_DPI)


def draw_reliability(path: Path, probabilities: Floats, labels: Labels) -> None:
    """How often the readings were right against how sure they were, in 15 bins; bars show where the pictures are."""
    bins = bin_confidence(probabilities, one_hot(labels))
    seen = bins.pictures > 0
    counts = bins.pictures[seen]
    figure, axes = _begin((6, 6))
    edges = (np.arange(len(bins.pictures)) + 0.5) / len(bins.pictures)
    axes.bar(edges, bins.pictures / bins.pictures.sum(), 0.9 / len(edges), color=_GREY, label="share of the pictures")
    axes.plot([0, 1], [0, 1], "--", color=_GREY, label="as sure as right")
    axes.plot(bins.confidence[seen] / counts, bins.right[seen] / counts, "o-", color=_BLUE, label="measured")
    axes.set(xlabel="confidence", ylabel="share read right", xlim=(0, 1), ylim=(0, 1), title="Reliability")
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=_DPI)


def draw_learning_curve(path: Path, log: "Sequence[EpochLog]") -> None:
    """The loss on changed training pictures and the accuracy on PublicTest, by epoch."""
    figure, axes = _begin((8, 4.5))
    epochs = [line.epoch + 1 for line in log]
    axes.plot(epochs, [line.loss for line in log], color=_ORANGE)
    axes.set(xlabel="epoch", title="Learning curve")
    axes.set_ylabel("loss, training pictures", color=_ORANGE)
    right = axes.twinx()
    right.plot(epochs, [line.accuracy for line in log], color=_BLUE)
    right.set_ylabel("accuracy, PublicTest", color=_BLUE)
    figure.savefig(path, dpi=_DPI)


def draw_explanation(path: Path, image: Image, heat: Floats, probabilities: Floats) -> None:
    """A face (48, 48), what in it spoke for the reading (`heat`, the same size, 0..1), and all probabilities (7,)."""
    figure, (left, middle, right) = _begin((10, 3.6), columns=3)
    for axes, title in ((left, "the face as the network sees it"), (middle, "what spoke for the reading")):
        axes.imshow(image, cmap="gray", vmin=0, vmax=255)
        axes.set_title(title, fontsize=9)
        axes.set_axis_off()
    middle.imshow(heat, cmap="inferno", alpha=0.55, vmin=0, vmax=1)
    best = int(probabilities.argmax())
    right.barh(LABELS, probabilities, color=[_BLUE if i == best else _GREY for i in range(len(LABELS))])
    right.invert_yaxis()
    right.set(xlim=(0, 1), title=f"{LABELS[best]}, {probabilities[best]:.0%}")
    figure.savefig(path, dpi=_DPI)


def _begin(size_inches: tuple[float, float], *, columns: int = 1) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=size_inches, layout="constrained")
    return figure, figure.subplots(1, columns)
