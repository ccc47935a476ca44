"""Reads a data set with one folder per expression: DIR/happy/001.png. Pictures of any size, grey or colour."""

from pathlib import Path
from typing import Final

import numpy as np

from data.fer2013 import NO_ROW, FaceSet
from fer_desktop.errors import DataError
from fer_desktop.system.opencv import cv2
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


def read_class_folders(folder: Path) -> FaceSet:
    """All pictures as training pictures, in the order of their paths; classes may be missing.

    Raises a DataError that lists unknown folders and files that are not pictures, so that none is dropped silently.
    Hidden files are ignored, as file managers create them.
    """
    if not folder.is_dir():
        raise DataError(f"there is no folder {folder}; give one that holds a folder for each expression")
    paths, problems = _list_pictures(folder)
    images: list[Image] = []
    labels: list[int] = []
    for path, label in paths:
        try:
            images.append(read_picture(path))
        except DataError as error:
            problems.append(str(error))
        labels.append(label)
    if problems:
        raise DataError(_describe_problems(folder, problems))
    if not images:
        raise DataError(f"{folder} holds no pictures; it needs folders such as {EXPRESSIONS[3].value} with pictures")
    count = len(images)
    return FaceSet(np.stack(images), np.array(labels, np.uint8), np.full(count, "Training"), np.full(count, NO_ROW))


def read_picture(path: Path) -> Image:
    """The centre square of a picture, grey, scaled to (48, 48) uint8. Raises DataError when it cannot be read."""
    try:
        encoded = np.fromfile(path, np.uint8)
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror})") from error
    image = cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE) if encoded.size else None
    if image is None:
        raise DataError(f"{path} is no picture, or a damaged one")
    height, width = image.shape
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = image[top : top + side, left : left + side]
    interpolation = cv2.INTER_AREA if side > SIDE_PX else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(square, (SIDE_PX, SIDE_PX), interpolation=interpolation), dtype=np.uint8)


def _list_pictures(folder: Path) -> tuple[list[tuple[Path, int]], list[str]]:
    pictures: list[tuple[Path, int]] = []
    problems: list[str] = []
    for class_folder in _list_visible(folder):
        label = _LABELS.get(class_folder.name.lower())
        if label is None or not class_folder.is_dir():
            problems.append(f"{class_folder.name} is no folder of an expression")
            continue
        for path in _list_visible(class_folder):
            if path.suffix.lower() in SUFFIXES:
                pictures.append((path, label))
            else:
                problems.append(f"{path} is no {', '.join(SUFFIXES)}")
    return pictures, problems


def _list_visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _describe_problems(folder: Path, problems: list[str]) -> str:
    more = len(problems) - _PROBLEMS_SHOWN
    shown = "; ".join(problems[:_PROBLEMS_SHOWN])
    return f"{folder} has {len(problems)} problems: {shown}{f'; and {more} more' if more > 0 else ''}"
