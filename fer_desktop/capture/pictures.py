"""Still pictures as a source: one file, or a folder of them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from PIL import ExifTags
from PIL import Image as PillowImage

from fer_desktop.capture.file_kind import explain_unreadable
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.system.picture_files import MAX_PIXELS, PictureTooLargeError, allow_pixels, open_picture
from fer_desktop.types import Frame, Image

_SIXTEEN_BIT_MODES: Final = ("I;16", "I;16B", "I;16L", "I", "F")
_BAND_PIXELS: Final = 1_000_000
"""A picture is converted in bands of about so many: whole copies of it in other forms would take a gigabyte."""

# What the values of the EXIF tag Orientation ask for, with rows and columns as the first two axes.
_UPRIGHT: Final[Mapping[int, Callable[[Image], Image]]] = {
    2: lambda image: image[:, ::-1],
    3: lambda image: image[::-1, ::-1],
    4: lambda image: image[::-1],
    5: lambda image: image.swapaxes(0, 1),
    6: lambda image: np.rot90(image, 3),
    7: lambda image: np.rot90(image, 2).swapaxes(0, 1),
    8: lambda image: np.rot90(image),
}


def load_picture(path: Path) -> Image:
    """Reads a picture as (height, width, 3) uint8, blue-green-red, turned upright by its EXIF orientation.

    Grey, palette, alpha (on black), CMYK and 16-bit pictures are converted. Raises `SourceError`, also for more than
    `MAX_PIXELS`.
    """
    if not path.is_file():
        raise SourceError(Message(MessageKey.NO_PICTURE, path=str(path)))
    try:
        image, orientation = _decode(path)
    except PictureTooLargeError as error:
        raise SourceError(Message(MessageKey.PICTURE_TOO_LARGE, name=path.name, size=str(error))) from error
    except (OSError, ValueError, SyntaxError, EOFError, PillowImage.DecompressionBombError) as error:
        raise SourceError(explain_unreadable(path, MessageKey.PICTURE_UNREADABLE)) from error
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else np.ascontiguousarray(turn(image))


class PictureSource:
    """A `FrameSource` of one picture, or of a folder's pictures by name, `fps` of them a second.

    Files that are no pictures are skipped, and `notice` reports how many.
    """

    live: Final = False

    def __init__(self, path: Path, *, fps: float = 1.0) -> None:
        if not fps > 0:
            raise SettingsError(f"pictures cannot be shown at {fps} frames a second")
        self._path = path
        self._fps = fps
        self._remaining: list[Path] = []
        self._index = 0
        self._skipped = 0
        self.frame_count: int | None = None

    @property
    def name(self) -> Message:
        """Of the file or folder."""
        return literal(self._file_name)

    @property
    def notice(self) -> Message | None:
        """What was skipped so far."""
        if self._skipped == 0:
            return None
        return Message(MessageKey.PICTURES_SKIPPED, n=self._skipped, name=self._file_name)

    @property
    def _file_name(self) -> str:
        return self._path.name or str(self._path)

    def open(self) -> None:
        """Raises `SourceError` where the path does not exist, or is neither a picture nor a folder with one."""
        if not self._path.exists():
            raise SourceError(Message(MessageKey.NO_FILE_OR_FOLDER, path=str(self._path)))
        if self._path.is_dir():
            files = sorted(path for path in self._path.iterdir() if path.is_file() and not path.name.startswith("."))
            self._remaining = [path for path in files if _is_picture(path)]
            self._skipped = len(files) - len(self._remaining)
            if not self._remaining:
                raise SourceError(Message(MessageKey.NO_PICTURES_IN_FOLDER, path=str(self._path)))
        else:
            load_picture(self._path)
            self._remaining = [self._path]
        self.frame_count = len(self._remaining)

    def read(self) -> Frame | None:
        """The next picture, None after the last. Raises `SourceError` where not one could be read."""
        while self._remaining:
            path = self._remaining.pop(0)
            try:
                image = load_picture(path)
            except SourceError:
                self._skipped += 1
                if not self._remaining and self._index == 0:
                    raise
                continue
            frame = Frame(self._index, self._index / self._fps, image)
            self._index += 1
            return frame
        return None

    def close(self) -> None:
        """May be called twice."""
        self._remaining = []


def _is_picture(path: Path) -> bool:
    try:
        with open_picture(path):
            return True
    except PictureTooLargeError:
        return True  # reading it gives the reason
    except (OSError, ValueError, SyntaxError):
        return False


def _decode(path: Path) -> tuple[Image, int]:
    """The pixels as the file holds them, blue-green-red, and the EXIF orientation."""
    with open_picture(path) as opened, allow_pixels(MAX_PIXELS):
        opened.load()
        width, height = opened.size
        image = np.empty((height, width, 3), np.uint8)
        white = _find_white(opened)
        for top, band in _split(opened):
            image[top : top + band.height] = np.asarray(_to_rgb(band, white))[:, :, ::-1]
        return image, opened.getexif().get(ExifTags.Base.Orientation, 1)


def _split(picture: PillowImage.Image) -> Iterator[tuple[int, PillowImage.Image]]:
    """The picture in bands from top to bottom, each with its first row's number."""
    width, height = picture.size
    rows = max(1, _BAND_PIXELS // max(1, width))
    for top in range(0, height, rows):
        yield top, picture.crop((0, top, width, min(top + rows, height)))


def _find_white(picture: PillowImage.Image) -> float:
    """The value that becomes 255: that of 16 bits, unless a grey picture stays below it."""
    if picture.mode not in _SIXTEEN_BIT_MODES:
        return 255.0
    most = max((np.asarray(band).max() for _, band in _split(picture)), default=0)
    return 255.0 if most <= 255 else 65535.0


def _to_rgb(picture: PillowImage.Image, white: float) -> PillowImage.Image:
    if picture.mode in _SIXTEEN_BIT_MODES:
        values = np.asarray(picture, np.float64) * (255.0 / white)
        return PillowImage.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        black = PillowImage.new("RGBA", rgba.size, (0, 0, 0, 255))
        return PillowImage.alpha_composite(black, rgba).convert("RGB")
    return picture.convert("RGB")
