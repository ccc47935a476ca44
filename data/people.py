"""Reads who is on which picture of a data set, so that nobody is on both sides of a fold.

The csv has the columns `file`, as in happy/0001.jpg, and `person`, any text that is the same for all of one person's
pictures.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from data.lines import check_row_count, read_lines
from fer_desktop.errors import DataError

People = npt.NDArray[np.int64]
"""The number of the person on each picture (n,)."""
_HALF_SEED: Final = 1


def read_people(path: Path, files: Sequence[str]) -> People:
    """The person on each of `files`, numbered from 0 in the order in which they appear.

    Raises DataError for missing columns, a file without a person and a file named twice.
    """
    if not path.is_file():
        raise DataError(f"there is no file {path}; give a csv with the columns file and person")
    names = _read_names(path)
    missing = [file for file in files if file not in names]
    if missing:
        raise DataError(f"{path} names no person for {len(missing):,} pictures, the first of them {missing[0]}")
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(names[file], len(numbers)) for file in files], np.int64)


def _read_names(path: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as text:
            reader = csv.DictReader(read_lines(path, text))
            if not {"file", "person"} <= set(reader.fieldnames or ()):
                raise DataError(f"{path} must have the columns file and person")
            for count, row in enumerate(reader, start=1):
                check_row_count(path, count)
                file, person = row["file"], row["person"]
                if not file or not person or file in names:
                    raise DataError(f"{path} line {reader.line_num}: each picture needs one line with its person")
                names[file] = person
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} cannot be read to its end ({error}); get a complete copy") from error
    return names


def assign_folds(people: People, *, folds: int, seed: int) -> npt.NDArray[np.int64]:
    """The fold (n,), 0 to `folds` - 1, of each picture: all of a person's are in one, drawn with `seed`.

    Raises DataError where there are fewer people than folds.
    """
    count = int(people.max()) + 1
    if count < folds:
        raise DataError(f"{count} people cannot be divided into {folds} folds")
    of_person = np.random.default_rng(seed).permutation(count) % folds
    return np.asarray(of_person[people], dtype=np.int64)


def find_shown_half(people: People) -> npt.NDArray[np.bool_]:
    """True (n,) for pictures of the half of the people on whom a network may be trained; the others measure it."""
    return np.asarray(assign_folds(people, folds=2, seed=_HALF_SEED) == 0)
