"""A data set of class folders: names, sizes, order, and what is reported of files that are not pictures."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from data.class_folders import read_class_folders, read_picture, read_test_folders
from data.fer2013 import NO_ROW, join_faces
from fer_desktop.errors import DataError
from fer_desktop.system.opencv import cv2
from tests.drawn_faces import draw_face_like, make_face_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "faces"
    path.mkdir()
    return path


def save(path: Path, image: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), image)  # type: ignore[call-overload]  # arrays of any shape
    return path


def test_names_in_any_case_and_common_synonyms_are_understood(folder: Path) -> None:
    names = ("ANGER", "disgust", "Fearful", "happiness", "Sadness", "surprised", "neutral")
    for label, name in enumerate(names):
        save(folder / name / "one.png", draw_face_like(label))
    faces = read_class_folders(folder)
    assert sorted(faces.labels.tolist()) == list(range(7))
    for image, label in zip(faces.images, faces.labels, strict=True):
        assert np.array_equal(image, draw_face_like(int(label)))
    assert set(faces.usages.tolist()) == {"Training"}
    assert set(faces.rows.tolist()) == {NO_ROW}


def test_some_classes_are_enough(folder: Path) -> None:
    for index in range(3):
        save(folder / "happy" / f"{index}.jpg", draw_face_like(index))
    assert read_class_folders(folder).labels.tolist() == [3, 3, 3]


@pytest.mark.parametrize("size", [(20, 20), (48, 48), (300, 300), (1, 1)])
def test_any_size_becomes_48_grey_pixels(folder: Path, size: tuple[int, int]) -> None:
    colour = np.full((*size, 3), (255, 0, 0), np.uint8)
    picture = read_picture(save(folder / "blue.png", colour))
    assert picture.shape == (48, 48)
    assert picture.dtype == np.uint8
    assert np.unique(picture).tolist() == [29]  # .114 x 255, the grey of pure blue


def test_the_middle_square_is_taken_so_that_nothing_is_stretched(folder: Path) -> None:
    wide = np.zeros((48, 96), np.uint8)
    wide[:, 24:72] = draw_face_like(1)
    assert np.array_equal(read_picture(save(folder / "wide.png", wide)), draw_face_like(1))


def test_every_file_that_is_not_a_picture_is_named(folder: Path) -> None:
    save(folder / "happy" / "good.png", draw_face_like(0))
    (folder / "happy" / "empty.png").touch()
    (folder / "happy" / "text.jpg").write_text("no picture")
    (folder / "happy" / "notes.txt").touch()
    (folder / "contempt").mkdir()
    with pytest.raises(DataError) as error:
        read_class_folders(folder)
    for text in ("4 problems", "empty.png", "text.jpg", "notes.txt", "contempt is no folder of an expression"):
        assert text in str(error.value)


def test_a_test_set_skips_what_it_cannot_use_and_counts_it(folder: Path) -> None:
    save(folder / "happy" / "good.png", draw_face_like(0))
    whole = save(folder / "happy" / "half.png", draw_face_like(1)).read_bytes()
    (folder / "happy" / "half.png").write_bytes(whole[: len(whole) // 2])
    for index in range(3):
        save(folder / "contempt" / f"{index}.png", draw_face_like(index))
    (folder / "README.txt").touch()
    pictures = read_test_folders(folder)
    assert np.array_equal(pictures.faces.images, [draw_face_like(0)])
    assert pictures.faces.labels.tolist() == [3]
    assert pictures.skipped == 1 + 3 + 1
    assert pictures.warning is not None
    for text in ("5 files skipped", "half.png is no picture, or a damaged one", "contempt is no folder", "README.txt"):
        assert text in pictures.warning
    assert "\n" not in pictures.warning


def test_a_whole_test_set_has_no_warning(folder: Path) -> None:
    save(folder / "sad" / "one.png", draw_face_like(0))
    pictures = read_test_folders(folder)
    assert (pictures.skipped, pictures.warning) == (0, None)


def test_the_warning_names_only_the_first_files(folder: Path) -> None:
    save(folder / "happy" / "good.png", draw_face_like(0))
    for index in range(30):
        (folder / "happy" / f"{index:02}.png").touch()
    warning = read_test_folders(folder).warning
    assert warning is not None
    assert "30 files skipped" in warning
    assert warning.endswith("and 20 more")


def test_a_test_set_without_a_usable_picture_is_refused(folder: Path) -> None:
    with pytest.raises(DataError, match="no folder"):
        read_test_folders(folder / "nowhere")
    (folder / "happy").mkdir()
    with pytest.raises(DataError, match="holds no pictures; it needs folders such as happy"):
        read_test_folders(folder)
    save(folder / "contempt" / "one.png", draw_face_like(0))
    with pytest.raises(DataError, match="no pictures that can be used: contempt is no folder of an expression"):
        read_test_folders(folder)


def test_hidden_files_do_not_matter(folder: Path) -> None:
    save(folder / "sad" / "one.png", draw_face_like(0))
    (folder / ".DS_Store").touch()
    (folder / "sad" / ".DS_Store").touch()
    assert len(read_class_folders(folder)) == 1


def test_a_missing_or_empty_folder_is_refused(folder: Path) -> None:
    with pytest.raises(DataError, match="no folder"):
        read_class_folders(folder / "nowhere")
    with pytest.raises(DataError, match="holds no pictures"):
        read_class_folders(folder)


def test_sets_are_joined_in_order() -> None:
    first, second = make_face_set([0, 1]), make_face_set([6], first_seed=9)
    joined = join_faces([first, second])
    assert joined.labels.tolist() == [0, 1, 6]
    assert np.array_equal(joined.images[2], second.images[0])


def test_an_oversized_picture_and_a_pipe_are_named_undecoded(tmp_path: Path) -> None:
    (tmp_path / "happy").mkdir()
    PillowImage.new("1", (10_000, 6_001)).save(tmp_path / "happy" / "map.png")
    os.mkfifo(tmp_path / "happy" / "pipe.png")
    with pytest.raises(DataError, match=r"map\.png is too large \(10000 x 6001 pixels\).*pipe\.png cannot be read"):
        read_class_folders(tmp_path)
