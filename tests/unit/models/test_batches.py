"""A batch does not depend on its worker; mixup and weights follow the recipe."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from data.augmentation import AUGMENTATIONS
from data.ferplus import blend_targets
from models.training.batches import Batch, BatchMaker, open_stream, plan_batches
from models.training.recipes import Recipe
from tests.drawn_faces import make_face_set

FACES = make_face_set([0, 3, 3, 3] * 6)
RECIPE = Recipe("tiny", batch_size=7, mixup_alpha=0.3, class_weight_power=1.0)


def plan(**changes: Any) -> BatchMaker:
    targets = blend_targets(FACES, None, vote_share=0.0, smoothing=0.0)
    return plan_batches(replace(RECIPE, **changes), FACES, targets[:, np.newaxis])


def equal(one: Batch, other: Batch) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stream_gives_the_batches_of_an_epoch_in_order(workers: int) -> None:
    maker = plan()
    with open_stream(maker, workers=workers) as stream:
        for epoch in (0, 3):
            batches = list(stream(epoch))
            assert len(batches) == maker.steps == 3
            assert all(equal(batch, maker.make(epoch, step)) for step, batch in enumerate(batches))


def test_epochs_steps_and_seeds_give_other_batches() -> None:
    first = plan().make(0, 0)
    assert not equal(first, plan().make(1, 0))
    assert not equal(first, plan().make(0, 1))
    assert not equal(first, plan(seed=2).make(0, 0))


def test_an_epoch_shows_no_picture_twice() -> None:
    still = replace(AUGMENTATIONS["paper"], mirror_chance=0.0, rotation_deg=0.0, zoom=(1.0, 1.0), shift_share=0.0)
    maker = plan(mixup_alpha=0.0, augmentation=still)
    seen = [image.tobytes() for step in range(maker.steps) for image in maker.make(0, step).images]
    assert len(set(seen)) == len(seen) == 21


def test_mixing_keeps_targets_that_add_up_to_one() -> None:
    batch = plan().make(0, 0)
    assert batch.images.shape == (7, 48, 48, 1)
    assert batch.targets.sum(axis=2) == pytest.approx(np.ones((7, 1)))
    assert ((batch.targets > 0).sum(axis=2) == 2).any()
    pure = plan(mixup_alpha=0.0).make(0, 0)
    assert ((pure.targets == 0) | (pure.targets == 1)).all()


def test_rare_classes_weigh_more() -> None:
    batch = plan(mixup_alpha=0.0).make(0, 0)
    labels = batch.targets.argmax(axis=2)
    assert batch.weights == pytest.approx(np.where(labels == 0, 2.0, 2 / 3))
