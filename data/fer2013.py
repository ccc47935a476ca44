"""Reads FER2013 in its original format: a csv of `emotion,pixels,Usage`, plain or as .gz, .xz or .zip."""

import csv
import gzip
import io
import lzma
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
import numpy.typing as npt

from data.lines import MAX_PROBLEMS, check_row_count, read_lines
from fer_desktop.errors import DataError
from fer_desktop.types import EXPRESSIONS, Floats, Image
from fer_desktop.types import FACE_CROP_SIZE_PX as SIDE_PX

Labels = npt.NDArray[np.uint8]
NO_ROW = -1
USAGES = ("Training", "PublicTest", "PrivateTest")

_COLUMNS = ("emotion", "pixels", "Usage")
_PROBLEMS_SHOWN = 10
_CSV_FIELD_LIMIT = 1_000_000
_UNREADABLE = (
    *(OSError, EOFError, UnicodeDecodeError, csv.Error, lzma.LZMAError, zlib.error, zipfile.BadZipFile),
    *(NotImplementedError, RuntimeError, MemoryError),
)
"""What a damaged file raises; the last three come from zip files with a password or of an unknown kind, and from xz."""


def one_hot(labels: Labels) -> Floats:
    """The labels (n,) as one-hot rows (n, 7)."""
    return np.eye(len(EXPRESSIONS), dtype=np.float32)[labels]


@dataclass(frozen=True, slots=True, eq=False)
class FaceSet:
    """Grey face pictures with their labels.

    `images` (n, 48, 48) uint8; `labels` (n,) uint8, 0..6; `usages` (n,) text; `rows` (n,) the data row of the file
    that each picture came from (0 is the first after the header), so that other files can be joined row by row; a
    picture of another data set has NO_ROW.
    """

    images: Image
    labels: Labels
    usages: npt.NDArray[np.str_]
    rows: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        count = len(self.images)
        if self.images.shape != (count, SIDE_PX, SIDE_PX) or self.images.dtype != np.uint8:
            raise DataError(f"faces must be uint8 (n, 48, 48), not {self.images.dtype} {self.images.shape}")
        if not len(self.labels) == len(self.usages) == len(self.rows) == count:
            raise DataError("a face set needs one label, one usage and one row number for each picture")

    def __len__(self) -> int:
        return len(self.images)

    def select(self, chosen: npt.NDArray[np.bool_]) -> "FaceSet":
        """The pictures where `chosen` (n,) is true, in the same order."""
        return FaceSet(self.images[chosen], self.labels[chosen], self.usages[chosen], self.rows[chosen])

    def with_usage(self, usage: str) -> "FaceSet":
        """The pictures of one part. Raises DataError when there are none."""
        part = self.select(self.usages == usage)
        if not len(part):
            present = ", ".join(sorted(set(self.usages.tolist()))) or "nothing"
            raise DataError(f"the data holds no rows with usage {usage}; it holds: {present}")
        return part


def join_faces(parts: Sequence[FaceSet]) -> FaceSet:
    """One set of all `parts`, in order."""
    return FaceSet(
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.usages for part in parts]),
        np.concatenate([part.rows for part in parts]),
    )


def read_fer2013(path: Path) -> FaceSet:
    """Reads all rows. Raises a DataError with line numbers when a row is invalid: none is dropped silently.

    After many invalid rows, or more rows than any version of FER2013 has, the rest is not read.
    """
    images: list[Image] = []
    labels: list[int] = []
    usages: list[str] = []
    problems: list[str] = []
    with _open_text(path) as text, warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # how NumPy reports text that is not a number
        for line, emotion, pixels, usage in _read_rows(path, text):
            try:
                label, image = _parse_row(emotion, pixels, usage)
            except DataError as error:
                problems.append(f"line {line}: {error}")
                if len(problems) > MAX_PROBLEMS:
                    break
                continue
            check_row_count(path, len(images) + 1)
            images.append(image)
            labels.append(label)
            usages.append(usage)
    if problems:
        raise DataError(_describe_problems(path, problems))
    if not images:
        raise DataError(f"{path} has a header but no rows; give a complete FER2013 csv")
    return FaceSet(np.stack(images), np.array(labels, np.uint8), np.array(usages), np.arange(len(images)))


@contextmanager
def _open_text(path: Path) -> Iterator[TextIO]:
    if not path.is_file():
        raise DataError(f"there is no file {path}; give the FER2013 csv (.csv, .csv.gz, .csv.xz or .zip)")
    try:
        match path.suffix:
            case ".gz":
                with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
                    yield text
            case ".xz":
                with lzma.open(path, "rt", encoding="utf-8", newline="") as text:
                    yield text
            case ".zip":
                with zipfile.ZipFile(path) as archive, archive.open(_find_csv(path, archive)) as raw:
                    yield io.TextIOWrapper(raw, encoding="utf-8", newline="")
            case _:
                with path.open(encoding="utf-8", newline="") as text:
                    yield text
    except _UNREADABLE as error:
        raise DataError(f"{path} cannot be read to its end ({error}); get a complete copy") from error


def _find_csv(path: Path, archive: zipfile.ZipFile) -> str:
    names = [name for name in archive.namelist() if name.endswith(".csv")]
    if len(names) != 1:
        raise DataError(f"{path} must hold exactly one csv file, not {len(names)}")
    return names[0]


def _read_rows(path: Path, text: TextIO) -> Iterator[tuple[int, str, str, str]]:
    csv.field_size_limit(_CSV_FIELD_LIMIT)
    reader = csv.reader(read_lines(path, text))
    header = [name.strip() for name in next(reader, [])]
    if not header:
        raise DataError(f"{path} is empty; give a complete FER2013 csv")
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise DataError(f"{path} has no column {', '.join(missing)}; its first line must name {','.join(_COLUMNS)}")
    places = [header.index(name) for name in _COLUMNS]
    for row in reader:
        emotion, pixels, usage = (row[place].strip() if place < len(row) else "" for place in places)
        yield reader.line_num, emotion, pixels, usage


def _parse_row(emotion: str, pixels: str, usage: str) -> tuple[int, Image]:
    if emotion not in {str(label) for label in range(len(EXPRESSIONS))}:
        raise DataError(f"emotion is {emotion!r}, not 0..6")
    if usage not in USAGES:
        raise DataError(f"Usage is {usage!r}, not one of {', '.join(USAGES)}")
    try:
        values = np.fromstring(pixels, dtype=np.int64, sep=" ")
    except (ValueError, DeprecationWarning) as error:
        raise DataError("pixels hold something that is no whole number") from error
    if values.size != SIDE_PX * SIDE_PX:
        raise DataError(f"{values.size} pixels, not {SIDE_PX * SIDE_PX}")
    if values.min() < 0 or values.max() > 255:
        raise DataError("a pixel lies outside 0..255")
    return int(emotion), values.astype(np.uint8).reshape(SIDE_PX, SIDE_PX)


def _describe_problems(path: Path, problems: list[str]) -> str:
    more = len(problems) - _PROBLEMS_SHOWN
    shown = "; ".join(problems[:_PROBLEMS_SHOWN])
    count = f"more than {MAX_PROBLEMS}" if len(problems) > MAX_PROBLEMS else str(len(problems))
    return f"{path} has {count} bad rows: {shown}{f'; and {more} more' if more > 0 else ''}"
