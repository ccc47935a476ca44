"""FER+ votes become part of a training target, row by row."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data.fer2013 import NO_ROW
from data.ferplus import blend_targets, find_majority, read_votes
from fer_desktop.errors import DataError
from tests.drawn_faces import make_face_set

HEADER = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"


def write_votes(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "votes.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_votes_come_in_the_order_of_fer2013(tmp_path: Path) -> None:
    path = write_votes(tmp_path, "Training,a.png,7,4,6,5,1,2,3,8,9,10")
    assert read_votes(path).tolist() == [[1, 2, 3, 4, 5, 6, 7]]


@pytest.mark.parametrize("vote", ["many", ""])
def test_a_vote_that_is_no_number_is_named_by_its_line(tmp_path: Path, vote: str) -> None:
    path = write_votes(tmp_path, "Training,a.png,7,4,6,5,1,2,3,8,9,10", f"Training,b.png,{vote},4,6,5,1,2,3,8,9,10")
    with pytest.raises(DataError, match="line 3"):
        read_votes(path)


@pytest.mark.parametrize("vote", ["nan", "inf", "-1", "1e9"])
def test_a_vote_that_nobody_can_give_is_named_by_its_line(tmp_path: Path, vote: str) -> None:
    with pytest.raises(DataError, match="line 2: a vote lies outside"):
        read_votes(write_votes(tmp_path, f"Training,b.png,{vote},4,6,5,1,2,3,8,9,10"))


def test_a_file_that_is_no_text_is_explained(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="cannot be read to its end"):
        read_votes(tmp_path / "votes.csv")


def test_a_missing_column_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no column fear"):
        read_votes(write_votes(tmp_path, header=HEADER.replace("fear,", "")))
    with pytest.raises(DataError, match="no file"):
        read_votes(tmp_path / "nothing.csv")


def test_the_target_is_label_and_votes() -> None:
    votes = np.array([[5, 0, 0, 0, 5, 0, 0], [0] * 7], np.float32)
    targets = blend_targets(make_face_set([0, 3]), votes, vote_share=0.4, smoothing=0.0)
    assert targets == pytest.approx(np.array([[0.8, 0, 0, 0, 0.2, 0, 0], [0, 0, 0, 1, 0, 0, 0]]))


def test_smoothing_comes_last_and_targets_add_up_to_one() -> None:
    targets = blend_targets(make_face_set([6, 1]), None, vote_share=0.4, smoothing=0.07)
    assert targets[0] == pytest.approx([0.01] * 6 + [0.94])
    assert targets.sum(axis=1) == pytest.approx([1, 1])


def test_votes_are_joined_by_the_row_in_the_file() -> None:
    faces = make_face_set([0, 0, 0]).select(np.array([False, False, True]))
    votes = np.zeros((3, 7), np.float32)
    votes[2, 6] = 10
    assert blend_targets(faces, votes, vote_share=1.0, smoothing=0.0)[0].tolist() == [0, 0, 0, 0, 0, 0, 1]


def test_votes_for_fewer_rows_are_refused() -> None:
    with pytest.raises(DataError, match="2 rows but the csv has more"):
        blend_targets(make_face_set([0, 1, 2]), np.ones((2, 7), np.float32), vote_share=0.5, smoothing=0.0)


def test_pictures_of_another_data_set_keep_their_label() -> None:
    faces = replace(make_face_set([3, 3]), rows=np.array([0, NO_ROW]))
    votes = np.array([[0, 0, 0, 5, 0, 5, 0], [9, 0, 0, 0, 0, 0, 0]], np.float32)
    targets = blend_targets(faces, votes, vote_share=1.0, smoothing=0.0)
    assert targets[0].tolist() == [0, 0, 0, 0.5, 0, 0.5, 0]
    assert targets[1].tolist() == [0, 0, 0, 1, 0, 0, 0]


def test_a_majority_is_more_than_half_of_ten_taggers() -> None:
    faces = make_face_set([0, 0, 0])
    votes = np.array([[0, 0, 0, 6, 0, 4, 0], [5, 0, 0, 0, 5, 0, 0], [0, 0, 0, 0, 0, 0, 4]], np.float32)
    labels, clear = find_majority(faces, votes)
    assert clear.tolist() == [True, False, False]
    assert labels[0] == 3
