"""Who is on which picture: everyone's pictures are in one fold."""

from pathlib import Path

import numpy as np
import pytest

from data.people import assign_folds, find_shown_half, read_people
from fer_desktop.errors import DataError


def write_people(folder: Path, *lines: str) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_people_are_numbered_in_the_order_of_the_pictures(tmp_path: Path) -> None:
    path = write_people(tmp_path, "file,person", "happy/1.jpg,9", "sad/1.jpg,Ann", "sad/2.jpg,9", "sad/3.jpg,7")
    assert read_people(path, ["sad/1.jpg", "sad/2.jpg", "happy/1.jpg"]).tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("file,name", "happy/1.jpg,9"), "the columns file and person"),
        (("file,person", "happy/2.jpg,9"), "no person for 1 pictures, the first of them happy/1.jpg"),
        (("file,person", "happy/1.jpg,"), "line 2"),
        (("file,person", "happy/1.jpg,9", "happy/1.jpg,8"), "line 3"),
    ],
)
def test_a_picture_without_its_one_person_is_refused(tmp_path: Path, lines: tuple[str, ...], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        read_people(write_people(tmp_path, *lines), ["happy/1.jpg"])


def test_a_missing_file_and_one_that_is_no_text_are_explained(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no file"):
        read_people(tmp_path / "nothing.csv", [])
    (tmp_path / "people.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="cannot be read to its end"):
        read_people(tmp_path / "people.csv", [])


def test_everyone_is_in_one_fold_and_folds_are_of_equal_size() -> None:
    people = np.repeat(np.arange(20), np.arange(1, 21))
    folds = assign_folds(people, folds=5, seed=1)
    assert all(len(np.unique(folds[people == person])) == 1 for person in range(20))
    assert [len(np.unique(people[folds == fold])) for fold in range(5)] == [4] * 5
    assert (assign_folds(people, folds=5, seed=1) == folds).all()
    assert (assign_folds(people, folds=5, seed=2) != folds).any()


def test_more_folds_than_people_are_refused() -> None:
    with pytest.raises(DataError, match="2 people cannot be divided into 3 folds"):
        assign_folds(np.array([0, 1, 1]), folds=3, seed=1)


def test_one_half_of_the_people_is_shown_to_a_network_and_stays_the_same() -> None:
    people = np.repeat(np.arange(20), np.arange(1, 21))
    shown = find_shown_half(people)
    assert len(np.unique(people[shown])) == len(np.unique(people[~shown])) == 10
    assert not set(people[shown]) & set(people[~shown])
    assert (find_shown_half(people) == shown).all()
