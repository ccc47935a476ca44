"""Still pictures as a source: one file, or a folder of them."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageOps

from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.system.picture_files import MAX_PIXELS, PictureTooLargeError, allow_pixels, open_picture
from fer_desktop.types import Frame, Image

_SIXTEEN_BIT_MODES: Final = ("I;16", "I;16B", "I;16L", "I", "F")


def load_picture(path: Path) -> Image:
    """Reads a picture as (height, width, 3) uint8, blue-green-red, turned upright by its EXIF orientation.

    Grey, palette, alpha (on black), CMYK and 16-bit pictures are converted. Raises `SourceError`, also for more than
    `MAX_PIXELS`.
    """
    if not path.is_file():
        raise SourceError(Message(MessageKey.NO_PICTURE, path=str(path)))
    try:
        with open_picture(path) as opened, allow_pixels(MAX_PIXELS):
            rgb = np.asarray(_to_rgb(ImageOps.exif_transpose(opened)))
    except PictureTooLargeError as error:
        raise SourceError(Message(MessageKey.PICTURE_TOO_LARGE, name=path.name, size=str(error))) from error
    except (OSError, ValueError, SyntaxError, EOFError, PillowImage.DecompressionBombError) as error:
        raise SourceError(Message(MessageKey.PICTURE_UNREADABLE, name=path.name)) from error
    return np.ascontiguousarray(rgb[:, :, ::-1])


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


def _to_rgb(picture: PillowImage.Image) -> PillowImage.Image:
    if picture.mode in _SIXTEEN_BIT_MODES:
        values = np.asarray(picture, np.float64)
        white = 255.0 if values.size == 0 or values.max() <= 255 else 65535.0
        return PillowImage.fromarray(np.clip(values * (255.0 / white), 0, 255).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        black = PillowImage.new("RGBA", rgba.size, (0, 0, 0, 255))
        return PillowImage.alpha_composite(black, rgba).convert("RGB")
    return picture.convert("RGB")
