"""Cleaning of training pictures in named steps that count what they remove."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data.fer2013 import FaceSet
from fer_desktop.types import Image


@dataclass(frozen=True, slots=True)
class CleaningStep:
    """What one step removed from the training pictures."""

    name: str
    removed: int


def find_blank(images: Image) -> npt.NDArray[np.bool_]:
    """True (n,) where every pixel of a picture has the same value."""
    flat = images.reshape(len(images), -1)
    return np.asarray(flat.min(axis=1) == flat.max(axis=1))


def find_copies(images: Image, originals: Image) -> npt.NDArray[np.bool_]:
    """True (n,) where a picture equals one of `originals` in every pixel."""
    known = {original.tobytes() for original in originals}
    return np.array([image.tobytes() in known for image in images], dtype=np.bool_)


def find_repeats(faces: FaceSet) -> npt.NDArray[np.bool_]:
    """True (n,) for the second and later occurrences of a picture with the same label."""
    seen: set[tuple[bytes, int]] = set()
    repeats = np.zeros(len(faces), dtype=np.bool_)
    for index, (image, label) in enumerate(zip(faces.images, faces.labels, strict=True)):
        key = (image.tobytes(), int(label))
        repeats[index] = key in seen
        seen.add(key)
    return repeats


def clean_training(training: FaceSet, held_out: Image) -> tuple[FaceSet, tuple[CleaningStep, ...]]:
    """Training pictures without blank ones, copies of the `held_out` test pictures (m, 48, 48) and repeats."""
    steps: list[CleaningStep] = []

    def drop(faces: FaceSet, name: str, unwanted: npt.NDArray[np.bool_]) -> FaceSet:
        steps.append(CleaningStep(name, int(unwanted.sum())))
        return faces.select(~unwanted)

    kept = drop(training, "blank pictures", find_blank(training.images))
    kept = drop(kept, "copies of test pictures", find_copies(kept.images, held_out))
    kept = drop(kept, "repeats with the same label", find_repeats(kept))
    return kept, tuple(steps)
