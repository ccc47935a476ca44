"""Reads a data set with one folder per expression: DIR/happy/001.png. Pictures of any size, grey or colour."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import UnidentifiedImageError

from data.fer2013 import NO_ROW, FaceSet
from fer_desktop.errors import DataError
from fer_desktop.system.files import read_small_file
from fer_desktop.system.native_stderr import suppress_stderr
from fer_desktop.system.opencv import cv2
from fer_desktop.system.picture_files import MAX_FILE_BYTES, PictureTooLargeError, open_picture
from fer_desktop.types import EXPRESSIONS, Image
from fer_desktop.types import FACE_CROP_SIZE_PX as SIDE_PX

SUFFIXES: Final = (".png", ".jpg", ".jpeg")

# Common folder names of each expression, in lower case, in FER2013's order.
_NAMES: Final = (
    ("angry", "anger"),
    ("disgust", "disgusted"),
    ("fear", "fearful", "afraid", "scared"),
    ("happy", "happiness", "joy"),
    ("sad", "sadness"),
    ("surprise", "surprised"),
    ("neutral", "neutrality"),
)
_LABELS: Final = {name: label for label, names in enumerate(_NAMES) for name in names}
_PROBLEMS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class _Problem:
    """What cannot be read, in words, and how many files that leaves out."""

    text: str
    files: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class FolderTestSet:
    """A test set from class folders; `skipped` files could not be used, and `warning` names the first of them."""

    faces: FaceSet
    skipped: int
    warning: str | None


def read_class_folders(folder: Path) -> FaceSet:
    """All pictures as training pictures, in the order of their paths; classes may be missing.

    Raises a DataError that lists unknown folders and files that are not pictures, so that none is dropped silently.
    Hidden files are ignored, as file managers create them.
    """
    images, labels, problems = _read_pictures(folder)
    if problems:
        raise DataError(_describe_problems(folder, problems))
    return _make_set(folder, images, labels, "Training")


def list_pictures(folder: Path) -> list[str]:
    """The pictures of `read_class_folders`, in its order, as in happy/001.png."""
    return [path.relative_to(folder).as_posix() for path, _ in _list_pictures(folder)[0]]


def read_test_folders(folder: Path) -> FolderTestSet:
    """As `read_class_folders`, as test pictures, but counts what it cannot use instead of refusing the whole set.

    Public test sets have folders of other classes, such as contempt, and notes beside the pictures. Raises DataError
    where no folder exists or no picture can be used.
    """
    images, labels, problems = _read_pictures(folder)
    if problems and not images:
        raise DataError(f"{folder} holds no pictures that can be used: {_list_problems(problems)}")
    faces = _make_set(folder, images, labels, "PublicTest")
    skipped = sum(problem.files for problem in problems)
    files = "1 file" if skipped == 1 else f"{skipped:,} files"
    warning = f"{folder}: {files} skipped: {_list_problems(problems)}" if problems else None
    return FolderTestSet(faces, skipped, warning)


def read_picture(path: Path) -> Image:
    """The centre square of a picture, grey, scaled to (48, 48) uint8. Raises DataError when it cannot be read."""
    encoded = np.frombuffer(_read_encoded(path), np.uint8)
    with suppress_stderr():  # the decoders write what they think of a damaged picture
        image = cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE) if encoded.size else None
    if image is None:
        raise DataError(f"{path} is no picture, or a damaged one")
    height, width = image.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = image[top : top + side, left : left + side]
    interpolation = cv2.INTER_AREA if side > SIDE_PX else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(square, (SIDE_PX, SIDE_PX), interpolation=interpolation), dtype=np.uint8)


def _read_encoded(path: Path) -> bytes:
    """The file's content, once its header shows a picture that is not too large to decode. Raises `DataError`."""
    try:
        content = read_small_file(path, MAX_FILE_BYTES)
        open_picture(path).close()
    except PictureTooLargeError as error:
        raise DataError(f"{path} is too large ({error})") from error
    except (UnidentifiedImageError, ValueError, SyntaxError) as error:
        raise DataError(f"{path} is no picture, or a damaged one") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or error})") from error
    return content


def _read_pictures(folder: Path) -> tuple[list[Image], list[int], list[_Problem]]:
    if not folder.is_dir():
        raise DataError(f"there is no folder {folder}; give one that holds a folder for each expression")
    paths, problems = _list_pictures(folder)
    images: list[Image] = []
    labels: list[int] = []
    for path, label in paths:
        try:
            images.append(read_picture(path))
        except DataError as error:
            problems.append(_Problem(str(error)))
            continue
        labels.append(label)
    return images, labels, problems


def _make_set(folder: Path, images: list[Image], labels: list[int], usage: str) -> FaceSet:
    if not images:
        raise DataError(f"{folder} holds no pictures; it needs folders such as {EXPRESSIONS[3].value} with pictures")
    count = len(images)
    return FaceSet(np.stack(images), np.array(labels, np.uint8), np.full(count, usage), np.full(count, NO_ROW))


def _list_pictures(folder: Path) -> tuple[list[tuple[Path, int]], list[_Problem]]:
    pictures: list[tuple[Path, int]] = []
    problems: list[_Problem] = []
    for class_folder in _list_visible(folder):
        label = _LABELS.get(class_folder.name.lower())
        if label is None or not class_folder.is_dir():
            problems.append(_Problem(f"{class_folder.name} is no folder of an expression", _count_files(class_folder)))
            continue
        for path in _list_visible(class_folder):
            if path.suffix.lower() in SUFFIXES:
                pictures.append((path, label))
            else:
                problems.append(_Problem(f"{path} is no {', '.join(SUFFIXES)}"))
    return pictures, problems


def _list_visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _count_files(path: Path) -> int:
    return len(_list_visible(path)) if path.is_dir() else 1


def _describe_problems(folder: Path, problems: list[_Problem]) -> str:
    return f"{folder} has {len(problems)} problems: {_list_problems(problems)}"


def _list_problems(problems: list[_Problem]) -> str:
    more = len(problems) - _PROBLEMS_SHOWN
    shown = "; ".join(problem.text for problem in problems[:_PROBLEMS_SHOWN])
    return f"{shown}{f'; and {more} more' if more > 0 else ''}"
