"""The batches of a run. A batch depends only on the recipe, its epoch and its step, not on the worker that makes it.

Nothing here imports Keras, so that worker processes start quickly.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from data.augmentation import augment_batch
from data.fer2013 import FaceSet
from fer_desktop.errors import DataError
from fer_desktop.system.child_process import follow_parent
from fer_desktop.types import Floats
from models.training.recipes import Recipe
from models.training.schedule import weigh_pictures


class Batch(NamedTuple):
    """`images` (n, 48, 48, 1) grey 0..255, `targets` (n, heads, 7) and `weights` (n, heads), all float32."""

    images: Floats
    targets: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BatchMaker:
    """Makes any batch of a run from pictures with soft labels `targets` (n, heads, 7) and `weights` (n, heads)."""

    recipe: Recipe
    faces: FaceSet
    targets: Floats
    weights: Floats

    def __post_init__(self) -> None:
        if len(self.targets) != len(self.faces):
            raise DataError("each training picture needs one target")

    @property
    def steps(self) -> int:
        """Batches per epoch; the pictures of an incomplete last batch are left out, others in every epoch."""
        return max(1, len(self.faces) // self.recipe.batch_size)

    def make(self, epoch: int, step: int) -> Batch:
        """One batch: shuffled, augmented and, with a `mixup_alpha`, mixed with itself (Zhang et al. 2017)."""
        recipe = self.recipe
        order = np.random.default_rng([recipe.seed, epoch]).permutation(len(self.faces))
        rng = np.random.default_rng([recipe.seed, epoch, step])
        chosen = order[step * recipe.batch_size : (step + 1) * recipe.batch_size]
        augmented = augment_batch(self.faces.images[chosen], recipe.augmentation, rng)
        images = augmented.astype(np.float32)[..., np.newaxis]
        targets, weights = self.targets[chosen], self.weights[chosen]
        if recipe.mixup_alpha > 0:
            share = np.float32(rng.beta(recipe.mixup_alpha, recipe.mixup_alpha))
            images = share * images + (1 - share) * images[::-1]
            targets = share * targets + (1 - share) * targets[::-1]
        return Batch(images, targets, weights)


def plan_batches(recipe: Recipe, faces: FaceSet, targets: Floats, *, photographs: int = 0) -> BatchMaker:
    """The batches of a run over `faces` with `targets` (n, heads, 7); the last `photographs` teach no labels."""
    weights = weigh_pictures(
        faces.labels,
        heads=targets.shape[1],
        power=recipe.class_weight_power,
        photographs=photographs,
        photograph_share=recipe.photograph_share,
    )
    return BatchMaker(recipe, faces, targets, weights)


@contextmanager
def open_stream(maker: BatchMaker, *, workers: int) -> Iterator[Callable[[int], Iterator[Batch]]]:
    """Yields a function from an epoch to its batches in order, made ahead by up to two per worker.

    One worker is a thread of this process; several are processes, for a GPU that would otherwise wait for batches.
    """
    with _open_pool(maker, workers) as pool:
        make = maker.make if workers == 1 else _make_in_worker

        def stream(epoch: int) -> Iterator[Batch]:
            pending: deque[Future[Batch]] = deque()
            for step in range(maker.steps):
                pending.append(pool.submit(make, epoch, step))
                if len(pending) > 2 * workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()

        yield stream


def _open_pool(maker: BatchMaker, workers: int) -> Executor:
    if workers == 1:
        return ThreadPoolExecutor(1, thread_name_prefix="batches")
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_initialise_worker, initargs=(maker,)
    )


_worker_maker: BatchMaker  # in a worker process: its own copy, sent once


def _initialise_worker(maker: BatchMaker) -> None:
    global _worker_maker  # a pool's initializer cannot pass it in another way
    _worker_maker = maker
    follow_parent()


def _make_in_worker(epoch: int, step: int) -> Batch:
    return _worker_maker.make(epoch, step)
