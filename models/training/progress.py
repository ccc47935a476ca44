"""Shows a training run's progress on stderr, with its figures and the time left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from models.training.run_log import StepReport, Watcher

_SPEED_WINDOW_S: Final = 300.0


@contextmanager
def show_progress(epochs: int) -> Iterator[Watcher]:
    """A watcher for `Trainer.run`: one bar over the whole run, and one line for each finished epoch."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, speed_estimate_period=_SPEED_WINDOW_S) as progress:
        task = progress.add_task("training", total=None, visible=False)  # stays hidden when a finished run is resumed

        def watch(report: StepReport) -> None:
            done = report.epoch * report.steps + report.step
            description = f"epoch {report.epoch + 1}/{epochs}, loss {report.loss:.3f}"
            progress.update(task, total=epochs * report.steps, completed=done, description=description, visible=True)
            if (line := report.epoch_log) is not None:
                figures = f"loss {line.loss:.3f}, PublicTest {line.accuracy:.1%}, {line.seconds:.0f} s"
                console.print(f"epoch {line.epoch + 1}: {figures}", highlight=False)

        yield watch
