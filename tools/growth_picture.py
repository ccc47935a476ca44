"""Measures how processor time grows with the class, and draws `docs/pictures/growth.svg`.

A drawn class of 9, 25, 49 and 98 students at 1920 x 1080 is read as in a lesson, five frames a second in virtual time,
so that a busy computer drops no frame; and completely, as a recording is. Without capture and storage.
"""

import argparse
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import matplotlib as mpl
import matplotlib.pyplot as plt

from fer_desktop.app import build_analyzer, build_classifier, build_namer
from fer_desktop.bench.speed.measure import STEP_S
from fer_desktop.bench.speed.rendered_class import RenderedClass
from fer_desktop.vision.budget import FrameBudget, LiveBudget, PaceKeeper, look_everywhere

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs" / "pictures" / "growth.svg"
CLASSES: Final = (9, 25, 49, 98)
_SIZE: Final = (1920, 1080)
_WARM_UP_S: Final = 8.0
_COLOURS: Final = ("#1b6ca8", "#b5541c")


class _VirtualClock:
    """Goes on by a frame at a time."""

    def __init__(self) -> None:
        self.at_s = 0.0

    def now_s(self) -> float:
        """The time of the newest frame."""
        return self.at_s


def measure(students: int, seconds: float, *, live: bool) -> float:
    """Processor time, in milliseconds, for a frame of so many drawn students."""
    clock = _VirtualClock()
    source = RenderedClass(faces=students, width=_SIZE[0], height=_SIZE[1], clock=clock)
    budget: FrameBudget = LiveBudget(PaceKeeper(clock, lambda: False)) if live else look_everywhere
    analyzer = build_analyzer(
        build_classifier(expressions_on=True), build_namer(at_once=True), live=live, budget=budget
    )
    frames, began_s = round(seconds / STEP_S), 0.0
    with closing(analyzer):
        for index in range(-round(_WARM_UP_S / STEP_S), frames):
            began_s = time.process_time() if index == 0 else began_s
            analyzer.process(source.read())
            clock.at_s += STEP_S
    return (time.process_time() - began_s) / frames * 1e3


def draw(lines: dict[str, list[float]], path: Path) -> None:
    """Both lines over the size of the class; dashed, the growth of a program that costs the same for each face."""
    mpl.rcParams["svg.hashsalt"] = "growth"  # the same file from the same figures
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for (name, values), colour in zip(lines.items(), _COLOURS, strict=True):
        axes.plot(CLASSES, values, marker="o", color=colour, label=name)
        axes.plot(CLASSES, [values[0] / CLASSES[0] * faces for faces in CLASSES], "--", color=colour, linewidth=0.8)
        for faces, value in zip(CLASSES, values, strict=True):
            axes.annotate(f"{value:.0f}", (faces, value), xytext=(0, 6), textcoords="offset points", ha="center")
    axes.set(xticks=CLASSES, xlabel="students", ylabel="processor time for a frame, ms", ylim=(0, None))
    axes.legend(title="dashed: in proportion to the students")
    figure.savefig(path, metadata={"Date": None})


def main() -> int:
    """Measures, prints the figures, and draws them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each class, in virtual time (default: 20)")
    seconds = parser.parse_args().seconds
    lines = {
        name: [measure(students, seconds, live=live) for students in CLASSES]
        for name, live in (("each face looked at twice a second", True), ("every face read in every frame", False))
    }
    for name, values in lines.items():
        sys.stdout.write(f"{name}: {', '.join(f'{value:.1f}' for value in values)} ms\n")
    draw(lines, PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
