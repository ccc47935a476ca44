"""Reads FER+ votes (ten taggers for each FER2013 row) and blends them into training targets.

Source: Barsoum, Zhang, Canton Ferrer, Zhang, "Training Deep Networks for Facial Expression Recognition with
Crowd-Sourced Label Distribution", 2016. The votes are under the MIT licence.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np
import numpy.typing as npt

from data.fer2013 import NO_ROW, FaceSet, Labels, one_hot
from data.lines import check_row_count, read_lines
from fer_desktop.errors import DataError
from fer_desktop.types import EXPRESSIONS, Floats

# FER+'s columns in FER2013's order of classes. FER2013 has no class for contempt, "unknown" and "not a face".
_COLUMNS = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
_TAGGERS = 10
_MOST_VOTES = 1_000
"""Far more than the taggers give; what is beyond, or no number at all, is a damaged file."""


def read_votes(path: Path) -> Floats:
    """Votes (rows, 7) in FER2013's class order. Raises DataError for missing columns and invalid counts."""
    if not path.is_file():
        raise DataError(f"there is no file {path}; give FER+'s fer2013new.csv")
    try:
        with path.open(encoding="utf-8", newline="") as text:
            votes = list(_read_rows(path, text))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} cannot be read to its end ({error}); get a complete copy") from error
    return np.array(votes, np.float32).reshape(-1, len(EXPRESSIONS))


def _read_rows(path: Path, text: TextIO) -> Iterator[list[float]]:
    reader = csv.DictReader(read_lines(path, text))
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise DataError(f"{path} has no column {', '.join(missing)}; give FER+'s fer2013new.csv")
    for count, row in enumerate(reader, start=1):
        check_row_count(path, count)
        try:
            votes = [float(row[name]) for name in _COLUMNS]
        except (TypeError, ValueError) as error:
            raise DataError(f"{path} line {reader.line_num}: a vote is no number") from error
        if not all(0 <= vote <= _MOST_VOTES for vote in votes):
            raise DataError(f"{path} line {reader.line_num}: a vote lies outside 0..{_MOST_VOTES}")
        yield votes


def find_majority(faces: FaceSet, votes: Floats) -> tuple[Labels, npt.NDArray[np.bool_]]:
    """The class with the most votes (n,), and whether (n,) more than half of the ten taggers chose it.

    A picture that most taggers call contempt, unknown or no face has no such majority. Raises DataError as
    `blend_targets`.
    """
    counts = _select_votes(faces, votes)
    return counts.argmax(axis=1).astype(np.uint8), np.asarray(2 * counts.max(axis=1) > _TAGGERS)


def _select_votes(faces: FaceSet, votes: Floats) -> Floats:
    if faces.rows.max() >= len(votes):
        raise DataError(f"FER+ has {len(votes)} rows but the csv has more; both must be the same FER2013")
    return np.where(faces.rows[:, np.newaxis] == NO_ROW, np.float32(0), votes[faces.rows])


def blend_targets(faces: FaceSet, votes: Floats | None, *, vote_share: float, smoothing: float) -> Floats:
    """Soft targets (n, 7): the label, blended with a `vote_share` of the taggers' votes, then label smoothing.

    Rows without votes for the seven classes and pictures of other data sets keep their label. Raises DataError when
    there are fewer rows of votes than `faces` refers to.
    """
    targets = one_hot(faces.labels)
    if votes is not None:
        counts = _select_votes(faces, votes)
        totals = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, totals, out=targets.copy(), where=totals > 0)
        targets = (1 - vote_share) * targets + vote_share * shares
    return ((1 - smoothing) * targets + smoothing / len(EXPRESSIONS)).astype(np.float32)


def compute_vote_shares(faces: FaceSet, votes: Floats | None) -> Floats:
    """The taggers' votes as shares (n, 7). Rows without votes, and errors, as in `blend_targets`."""
    return blend_targets(faces, votes, vote_share=1.0, smoothing=0.0)
