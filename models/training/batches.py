"""The batches of a run. Each depends on the recipe, its epoch and its place alone, whoever makes it and when.

Nothing here needs Keras: worker processes start in a moment.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import NamedTuple

import numpy as np

from data.augmentation import augment_batch
from data.fer2013 import FaceSet
from fer_desktop.errors import DataError
from fer_desktop.types import Floats
from models.training.recipes import Recipe
from models.training.schedule import compute_class_weights


class Batch(NamedTuple):
    """`images` (n, 48, 48, 1) grey 0..255, `targets` (n, heads, 7) and `weights` (n, heads), all float32."""

    images: Floats
    targets: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BatchMaker:
    """Makes any batch of a run; `targets` (n, heads, 7) are soft labels of the pictures, `class_weights` has (7,)."""

    recipe: Recipe
    faces: FaceSet
    targets: Floats
    class_weights: Floats

    def __post_init__(self) -> None:
        if len(self.targets) != len(self.faces):
            raise DataError("each training picture needs one target")

    @property
    def steps(self) -> int:
        """Batches in an epoch; the few pictures left over change from epoch to epoch."""
        return max(1, len(self.faces) // self.recipe.batch_size)

    def make(self, epoch: int, step: int) -> Batch:
        """One batch: shuffled, augmented, mixed."""
        recipe = self.recipe
        order = np.random.default_rng([recipe.seed, epoch]).permutation(len(self.faces))
        rng = np.random.default_rng([recipe.seed, epoch, step])
        chosen = order[step * recipe.batch_size : (step + 1) * recipe.batch_size]
        images = augment_batch(self.faces.images[chosen], recipe.augmentation, rng).astype(np.float32)[..., np.newaxis]
        targets, weights = self.targets[chosen], self.class_weights[self.faces.labels[chosen]]
        if recipe.mixup_alpha > 0:
            share = np.float32(rng.beta(recipe.mixup_alpha, recipe.mixup_alpha))
            images = share * images + (1 - share) * images[::-1]
            targets = share * targets + (1 - share) * targets[::-1]
        return Batch(images, targets, np.broadcast_to(weights[:, np.newaxis], targets.shape[:2]))


def plan_batches(recipe: Recipe, faces: FaceSet, targets: Floats) -> BatchMaker:
    """The batches of a run over `faces` with `targets` (n, heads, 7)."""
    return BatchMaker(recipe, faces, targets, compute_class_weights(faces.labels, power=recipe.class_weight_power))


@contextmanager
def open_stream(maker: BatchMaker, *, workers: int) -> Iterator[Callable[[int], Iterator[Batch]]]:
    """Gives a function from an epoch to its batches in order. They are made ahead, never more than a few at a time.

    One worker is a thread of this process; more are processes, for a GPU that would else wait for its pictures.
    """
    with _open_pool(maker, workers) as pool:
        make = maker.make if workers == 1 else _make_kept

        def stream(epoch: int) -> Iterator[Batch]:
            coming: deque[Future[Batch]] = deque()
            for step in range(maker.steps):
                coming.append(pool.submit(make, epoch, step))
                if len(coming) > 2 * workers:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()

        yield stream


def _open_pool(maker: BatchMaker, workers: int) -> Executor:
    if workers == 1:
        return ThreadPoolExecutor(1, thread_name_prefix="batches")
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_keep, initargs=(maker,))


_kept: BatchMaker  # a worker process's own copy, sent once


def _keep(maker: BatchMaker) -> None:
    global _kept  # the one place that a worker process has
    _kept = maker
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Without it a worker would wait for work for ever once its run was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make_kept(epoch: int, step: int) -> Batch:
    return _kept.make(epoch, step)
