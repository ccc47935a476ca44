"""Draws figures as PNG files: confusion matrix, reliability diagram, explanation of a prediction.

Matplotlib is imported only in `make_figure`, without its windows.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np

from data.fer2013 import Labels, one_hot
from fer_desktop.types import Floats, Image
from models.evaluation.metrics import Counts, bin_confidence
from models.labels import LABELS
from models.packages import require_packages

DPI: Final = 120
BLUE: Final = "#2b6cb0"
_GREY: Final = "#a0aec0"


def draw_confusion(path: Path, confusion: Counts) -> None:
    """The confusion matrix (7, 7) as shares of each true expression, with the counts."""
    figure, axes = make_figure((7, 6))
    totals = np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    shares = confusion / totals
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 0.5 else "black"
        text = f"{share:.0%}\n{confusion[row, column]}"
        axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(len(LABELS)), LABELS, rotation=30)
    axes.set_yticks(range(len(LABELS)), LABELS)
    axes.set(xlabel="predicted", ylabel="labelled", title="Confusion matrix")
    figure.savefig(path, dpi=DPI)


def draw_reliability(path: Path, probabilities: Floats, labels: Labels) -> None:
    """The reliability diagram: accuracy by confidence in 15 bins, above the distribution of the pictures."""
    bins = bin_confidence(probabilities, one_hot(labels))
    seen = bins.pictures > 0
    counts = bins.pictures[seen]
    figure, axes = make_figure((6, 6))
    centres = (np.arange(len(bins.pictures)) + 0.5) / len(bins.pictures)
    axes.bar(
        centres, bins.pictures / bins.pictures.sum(), 0.9 / len(centres), color=_GREY, label="share of the pictures"
    )
    axes.plot([0, 1], [0, 1], "--", color=_GREY, label="calibrated")
    axes.plot(bins.confidence[seen] / counts, bins.correct[seen] / counts, "o-", color=BLUE, label="measured")
    axes.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1), title="Reliability")
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=DPI)


def draw_explanation(path: Path, image: Image, heat: Floats, probabilities: Floats) -> None:
    """A face (48, 48), the heat map of its prediction (the same size, 0..1), and all probabilities (7,)."""
    figure, (left, middle, right) = make_figure((10, 3.6), columns=3)
    for axes, title in ((left, "input of the network"), (middle, "parts that led to the prediction")):
        axes.imshow(image, cmap="gray", vmin=0, vmax=255)
        axes.set_title(title, fontsize=9)
        axes.set_axis_off()
    middle.imshow(heat, cmap="inferno", alpha=0.55, vmin=0, vmax=1)
    best = int(probabilities.argmax())
    right.barh(LABELS, probabilities, color=[BLUE if i == best else _GREY for i in range(len(LABELS))])
    right.invert_yaxis()
    right.set(xlim=(0, 1), title=f"{LABELS[best]}, {probabilities[best]:.0%}")
    figure.savefig(path, dpi=DPI)


def make_figure(size_inches: tuple[float, float], *, columns: int = 1) -> tuple[Any, Any]:
    """A Matplotlib figure and its axes: one, or an array of `columns`."""
    require_packages(["matplotlib"])
    from matplotlib.figure import Figure

    figure = Figure(figsize=size_inches, layout="constrained")
    return figure, figure.subplots(1, columns)
