"""Renders the figures of a predictor's heads: as a JSON object, and as a table with a column for each head."""

from collections.abc import Callable
from typing import Any, Final

from models.evaluation.heads_evaluation import HeadFigures, HeadsEvaluation
from models.labels import LABELS

_NAME_WIDTH: Final = 20
_COLUMN_WIDTH: Final = 18


def make_heads_object(evaluation: HeadsEvaluation, skipped: int) -> dict[str, Any]:
    """The JSON object: the figures of the head shown, those of each head under `heads`, and what holds for all."""
    shown = evaluation.heads[evaluation.shown]
    objects = {head.value: figures.to_card().model_dump(mode="json") for head, figures in evaluation.heads.items()}
    return {
        "n": shown.metrics.n,
        "skipped": skipped,
        "missing": [name for name in LABELS if name not in shown.per_class],
        "shown": evaluation.shown.value,
        **objects[evaluation.shown.value],
        "heads": objects,
        "parameters": evaluation.parameters,
        "macs": evaluation.macs,
        "seconds": round(evaluation.seconds, 2),
    }


def render_heads_table(evaluation: HeadsEvaluation, title: str) -> str:
    """The table under a line with the title and the number of pictures."""
    heads = evaluation.heads
    classes = heads[evaluation.shown].per_class
    pictures = heads[evaluation.shown].metrics.n

    def render_row(name: str, render: Callable[[HeadFigures], str], more: str = "") -> str:
        return _join_cells(name, [render(figures) for figures in heads.values()]) + more

    def render_class(name: str) -> Callable[[HeadFigures], str]:
        return lambda figures: f"{figures.per_class[name].recall:.1%} {figures.per_class[name].precision:7.1%}"

    lines = [
        f"{title}: {pictures:,} pictures of {len(classes)} of {len(LABELS)} expressions in {evaluation.seconds:.1f} s",
        _join_cells("head", [f"{head}{' (shown)' if head is evaluation.shown else ''}" for head in heads]),
        render_row("accuracy", lambda figures: f"{figures.metrics.accuracy:.1%}"),
        render_row("  95 % interval", _render_interval),
        render_row("balanced accuracy", lambda figures: f"{figures.metrics.balanced_accuracy:.1%}"),
        render_row("negative found", lambda figures: _render_share(figures.valence.negative)),
        render_row("neutral found", lambda figures: _render_share(figures.valence.neutral)),
        render_row("positive found", lambda figures: _render_share(figures.valence.positive)),
        render_row("  their mean", lambda figures: _render_share(figures.valence.mean)),
        render_row("calibration error", lambda figures: f"{figures.metrics.ece:.3f}"),
        render_row("Brier score", lambda figures: f"{figures.brier:.3f}"),
        _join_cells("", ["recall precision"] * len(heads)),
        *(render_row(name, render_class(name), f"  pictures {classes[name].support}") for name in classes),
    ]
    return "\n".join(lines) + "\n"


def _render_share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _render_interval(figures: HeadFigures) -> str:
    low, high = figures.metrics.accuracy_ci95
    return f"{low:.1%} to {high:.1%}"


def _join_cells(name: str, cells: list[str]) -> str:
    return f"{name:{_NAME_WIDTH}}" + "".join(f"{cell:>{_COLUMN_WIDTH}}" for cell in cells)
