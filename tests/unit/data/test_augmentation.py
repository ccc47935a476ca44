"""Augmentation is seeded and keeps the shape; each change has its named effect."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from data.augmentation import AUGMENTATIONS, Augmentation, augment_batch
from data.degradation import (
    blur,
    change_exposure,
    change_gamma,
    compress,
    cover,
    cut_side,
    draw_glasses,
    move_face,
    shrink,
)
from fer_desktop.types import Image
from tests.drawn_faces import draw_face_like, make_face_set

CHANCES = [field.name for field in fields(Augmentation) if field.name.endswith("_chance")]


def with_chances(settings: Augmentation, **chances: Any) -> Augmentation:
    return replace(settings, **chances)


STILL = with_chances(
    Augmentation(rotation_deg=0.0, zoom=(1.0, 1.0), shift_share=0.0),
    **dict.fromkeys(CHANCES, 0.0),
)


@pytest.fixture
def image() -> Image:
    return draw_face_like(3)


def sharpness(picture: Image) -> float:
    return float(np.abs(np.diff(picture.astype(float), axis=1)).mean())


def test_shape_and_type_stay_and_the_input_is_not_touched() -> None:
    images = make_face_set([0] * 20).images
    before = images.copy()
    changed = augment_batch(images, Augmentation(), np.random.default_rng(1))
    assert changed.shape == images.shape
    assert changed.dtype == np.uint8
    assert np.array_equal(images, before)
    assert not np.array_equal(changed, images)


def test_equal_seeds_give_equal_pictures_and_other_seeds_others() -> None:
    images = make_face_set([0] * 20).images
    first, again, other = (augment_batch(images, Augmentation(), np.random.default_rng(s)) for s in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_with_everything_off_nothing_changes() -> None:
    images = make_face_set([0] * 5).images
    assert np.array_equal(augment_batch(images, STILL, np.random.default_rng(0)), images)


@pytest.mark.parametrize("chance", CHANCES)
def test_each_chance_alone_changes_the_pictures(chance: str) -> None:
    images = make_face_set([0] * 5).images
    settings = with_chances(STILL, **{chance: 1.0})
    assert not np.array_equal(augment_batch(images, settings, np.random.default_rng(0)), images)


def test_a_change_that_never_happens_draws_no_random_number(image: Image) -> None:
    """Otherwise each new change would give earlier recipes other pictures."""
    used, expected = np.random.default_rng(0), np.random.default_rng(0)
    augment_batch(image[np.newaxis], STILL, used)
    expected.random(7 + 4)
    assert used.random() == expected.random()


def test_a_certain_mirror_mirrors(image: Image) -> None:
    settings = replace(STILL, mirror_chance=1.0)
    assert np.array_equal(augment_batch(image[np.newaxis], settings, np.random.default_rng(0))[0], image[:, ::-1])


def test_the_extremes_of_every_range_are_allowed() -> None:
    images = make_face_set([0] * 50).images
    harsh = with_chances(Augmentation(cut_share=1.0, erase_share=(1.0, 1.0)), **dict.fromkeys(CHANCES, 1.0))
    assert augment_batch(images, harsh, np.random.default_rng(0)).shape == images.shape


def test_moving_shifts_to_the_right_and_down(image: Image) -> None:
    moved = move_face(image, turn_deg=0.0, zoom=1.0, shift_px=(3.0, 2.0))
    assert np.array_equal(moved[2:, 3:], image[:-2, :-3])


def test_turning_by_a_quarter_four_times_is_no_change(image: Image) -> None:
    turned = image
    for _ in range(4):
        turned = move_face(turned, turn_deg=90.0, zoom=1.0, shift_px=(0.0, 0.0))
    assert np.array_equal(turned, image)


def test_exposure_changes_contrast_about_the_mean_and_clips() -> None:
    image = np.full((48, 48), 100, np.uint8)
    image[:24] = 200
    assert np.unique(change_exposure(image, gain=0.5, offset=10.0)).tolist() == [135, 185]
    assert np.unique(change_exposure(image, gain=9.0, offset=0.0)).tolist() == [0, 255]


@pytest.mark.parametrize("change", ["shrink", "blur"])
def test_a_worse_picture_has_less_detail(image: Image, change: str) -> None:
    worse = shrink(image, side_px=20) if change == "shrink" else blur(image, sigma_px=1.5)
    assert worse.shape == image.shape
    assert sharpness(worse) < sharpness(image)


def test_compression_harms_more_with_less_quality(image: Image) -> None:
    errors = [np.abs(compress(image, quality=q) - image.astype(float)).mean() for q in (1, 30, 100)]
    assert errors[0] > errors[1] > errors[2]


@pytest.mark.parametrize(("side", "strip"), [(0, np.s_[:5]), (1, np.s_[:, -5:]), (2, np.s_[-5:]), (3, np.s_[:, :5])])
def test_a_cut_covers_one_side_only(image: Image, side: int, strip: "slice | tuple[slice, slice]") -> None:
    cut = cut_side(image, side=side, width_px=5, grey=77)
    assert (cut[strip] == 77).all()
    cut[strip] = image[strip]
    assert np.array_equal(cut, image)


def test_a_cover_hides_its_box_only(image: Image) -> None:
    covered = cover(image, left_px=10, top_px=20, width_px=4, height_px=3, grey=0)
    assert (covered[20:23, 10:14] == 0).all()
    covered[20:23, 10:14] = image[20:23, 10:14]
    assert np.array_equal(covered, image)


def test_the_papers_augmentation_moves_and_mirrors_and_does_nothing_else() -> None:
    paper = AUGMENTATIONS["paper"]
    assert (paper.mirror_chance, paper.rotation_deg, paper.zoom, paper.shift_share) == (0.5, 10.0, (0.9, 1.1), 0.1)
    still = replace(paper, mirror_chance=0.0, rotation_deg=0.0, zoom=(1.0, 1.0), shift_share=0.0)
    images = make_face_set([0] * 20).images
    assert np.array_equal(augment_batch(images, still, np.random.default_rng(0)), images)
    assert not np.array_equal(augment_batch(images, paper, np.random.default_rng(0)), images)


def test_gamma_darkens_middle_tones_and_keeps_black_and_white() -> None:
    ramp = np.tile(np.linspace(0, 255, 48).astype(np.uint8), (48, 1))
    darker = change_gamma(ramp, gamma=2.0)
    assert (darker[0, 0], darker[0, -1]) == (0, 255)
    assert (np.diff(darker[0].astype(int)) >= 0).all()
    assert darker[0, 24] == pytest.approx(ramp[0, 24] ** 2.0 / 255, abs=1)
    assert np.array_equal(change_gamma(ramp, gamma=1.0), ramp)


def test_glasses_are_rims_around_both_eyes_and_leave_the_rest(image: Image) -> None:
    before = image.copy()
    drawn = draw_glasses(image, grey=0)
    assert np.array_equal(image, before)
    changed = drawn != image
    assert (drawn[changed] == 0).all()
    assert changed[:, :24].any()
    assert changed[:, 24:].any()
    assert not changed[:12].any(), "the forehead"
    assert not changed[27:].any(), "nose and mouth"
    eyes = [(19, 15), (19, 33)]
    assert all(not changed[eye] for eye in eyes), "lenses are clear"
