"""Accuracy on faces changed as in a video call: small, compressed, badly lit, badly aligned, with glasses."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np

from data.degradation import change_exposure, change_gamma, compress, draw_glasses, move_face, shrink
from data.fer2013 import FaceSet
from fer_desktop.types import Floats, Image
from models.card import RobustnessCard
from models.evaluation.evaluate import evaluate, evaluate_votes
from models.evaluation.metrics import measure_neutral_called_negative
from models.evaluation.predictors import Ensemble
from models.heads import Head, list_heads

_NAME_WIDTH: Final = 60

_TURN_DEG: Final = 5.0
_ZOOM: Final = 0.05
_SHIFT_PX: Final = 1.5
"""Standard deviations of what landmarks that are 2 px off do to a crop."""


def compress_small(image: Image) -> Image:
    """A face 30 px wide on the screen whose call is strongly compressed."""
    return compress(shrink(image, side_px=30), quality=30)


def misalign(image: Image) -> Image:
    """Turns, scales and shifts a face at random, always the same one alike."""
    rng = np.random.default_rng(int(image.astype(np.int64).sum()))
    turn, zoom, across, down = rng.normal(size=4)
    shift = (_SHIFT_PX * across, _SHIFT_PX * down)
    return move_face(image, turn_deg=_TURN_DEG * turn, zoom=1 + _ZOOM * zoom, shift_px=shift)


def keep(image: Image) -> Image:
    """The picture as it is, to compare with."""
    return image


CHANGES: Final[dict[str, Callable[[Image], Image]]] = {
    "none": keep,
    "face 40 px wide on the screen": partial(shrink, side_px=40),
    "face 30 px wide on the screen": partial(shrink, side_px=30),
    "face 20 px wide on the screen": partial(shrink, side_px=20),
    "strong compression (JPEG quality 30)": partial(compress, quality=30),
    "face 30 px wide and strong compression": compress_small,
    "dark and flat (half the contrast, 40 grey levels darker)": partial(change_exposure, gain=0.5, offset=-40.0),
    "dark skin or dusk, imitated (gamma 2)": partial(change_gamma, gamma=2.0),
    "glasses with dark rims, drawn": partial(draw_glasses, grey=30),
    "head or alignment turned by 10 degrees": partial(move_face, turn_deg=10.0, zoom=1.0, shift_px=(0.0, 0.0)),
    "crop 4 px off, 10 % too large": partial(move_face, turn_deg=0.0, zoom=0.9, shift_px=(4.0, 4.0)),
    "landmarks about 2 px off": misalign,
}


def measure_robustness(model: Any, faces: FaceSet, votes: Floats | None) -> tuple[RobustnessCard, ...]:
    """Accuracy on `faces` after each change of `CHANGES`; of a votes head also by FER+'s `votes` (rows, 7)."""
    return tuple(_measure_change(model, faces, votes, name) for name in CHANGES)


def _measure_change(model: Any, faces: FaceSet, votes: Floats | None, name: str) -> RobustnessCard:
    change, predictor = CHANGES[name], Ensemble((model,))
    changed = replace(faces, images=np.stack([change(image) for image in faces.images]))
    by_labels = evaluate(predictor, changed, None).metrics.accuracy
    if votes is None or Head.VOTES not in list_heads(model):
        return RobustnessCard(change=name, accuracy=round(by_labels, 4))
    by_votes = evaluate_votes(predictor, changed, votes, None).metrics
    misread = measure_neutral_called_negative(by_votes.confusion)
    return RobustnessCard(
        change=name,
        accuracy=round(by_labels, 4),
        votes_accuracy=round(by_votes.accuracy, 4),
        neutral_called_negative=None if misread is None else round(misread, 4),
    )


def render_robustness(rows: tuple[RobustnessCard, ...]) -> str:
    """A line for each change, for the command line."""
    lines = [f"{'change':{_NAME_WIDTH}}{'labels':>10}{'majority':>10}{'neutral called negative':>26}"]
    for row in rows:
        shares = (row.accuracy, row.votes_accuracy, row.neutral_called_negative)
        cells = ["-" if share is None else f"{share:.1%}" for share in shares]
        lines.append(f"{row.change:{_NAME_WIDTH}}{cells[0]:>10}{cells[1]:>10}{cells[2]:>26}")
    return "\n".join(lines) + "\n"
