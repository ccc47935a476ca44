"""Cleaning: each step removes what its name states, and counts it."""

import numpy as np

from data.cleaning import CleaningStep, clean_training, find_blank, find_copies, find_repeats
from data.fer2013 import FaceSet
from tests.drawn_faces import make_face_set


def with_image(faces: FaceSet, place: int, image: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> FaceSet:
    images = faces.images.copy()
    images[place] = image
    return FaceSet(images, faces.labels, faces.usages, faces.rows)


def test_a_picture_of_one_grey_is_blank() -> None:
    faces = with_image(make_face_set([0, 1]), 1, np.full((48, 48), 9, np.uint8))
    assert find_blank(faces.images).tolist() == [False, True]


def test_a_copy_equals_in_every_pixel() -> None:
    faces = make_face_set([0, 1])
    nearly = faces.images[1].copy()
    nearly[0, 0] ^= 1
    assert find_copies(faces.images, np.stack([faces.images[0], nearly])).tolist() == [True, False]


def test_a_repeat_has_the_same_label() -> None:
    faces = make_face_set([4, 4, 5])
    same = with_image(with_image(faces, 1, faces.images[0]), 2, faces.images[0])
    assert find_repeats(same).tolist() == [False, True, False]


def test_each_step_counts_what_it_removed() -> None:
    held_out = make_face_set([0, 0], "PublicTest", first_seed=100)
    faces = make_face_set([0, 1, 2, 3, 4, 4])
    faces = with_image(faces, 0, np.zeros((48, 48), np.uint8))
    faces = with_image(faces, 2, held_out.images[1])
    faces = with_image(faces, 5, faces.images[4])
    kept, steps = clean_training(faces, held_out.images)
    assert kept.rows.tolist() == [1, 3, 4]
    assert steps == (
        CleaningStep("blank pictures", 1),
        CleaningStep("copies of test pictures", 1),
        CleaningStep("repeats with the same label", 1),
    )
