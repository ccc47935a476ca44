"""Accuracy on faces degraded as in a video call."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np

from data.degradation import change_exposure, compress, move_face, shrink
from data.fer2013 import FaceSet
from fer_desktop.types import Floats, Image
from models.card import RobustnessCard
from models.evaluation.evaluate import evaluate, evaluate_votes
from models.evaluation.predictors import Ensemble
from models.heads import Head, list_heads

CHANGES: Final[dict[str, Callable[[Image], Image]]] = {
    "face 40 px wide on the screen": partial(shrink, side_px=40),
    "face 30 px wide on the screen": partial(shrink, side_px=30),
    "face 20 px wide on the screen": partial(shrink, side_px=20),
    "strong compression (JPEG quality 30)": partial(compress, quality=30),
    "dark and flat (half the contrast, 40 grey levels darker)": partial(change_exposure, gain=0.5, offset=-40.0),
    "head or alignment turned by 10 degrees": partial(move_face, turn_deg=10.0, zoom=1.0, shift_px=(0.0, 0.0)),
    "crop 4 px off, 10 % too large": partial(move_face, turn_deg=0.0, zoom=0.9, shift_px=(4.0, 4.0)),
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
    by_votes = evaluate_votes(predictor, changed, votes, None).metrics.accuracy
    return RobustnessCard(change=name, accuracy=round(by_labels, 4), votes_accuracy=round(by_votes, 4))
