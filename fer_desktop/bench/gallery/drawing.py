"""Draws what was found into pictures: green is correct, red is wrong or missing, blue has no ground truth."""

from pathlib import Path
from typing import Final

from fer_desktop.bench.gallery.matching import SAME_TILE_IOU, face_overlaps, match_one_to_one, tile_overlaps
from fer_desktop.bench.gallery.names import fold_name
from fer_desktop.bench.gallery.scenes import TruthFrame, TruthTile, check_outside_project
from fer_desktop.bench.gallery.scores import Seen
from fer_desktop.errors import SettingsError
from fer_desktop.simulation.labels import draw_text
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image, TileReading

_Colour = tuple[int, int, int]
_CORRECT: Final = (80, 220, 60)
_WRONG: Final = (50, 50, 255)
_UNKNOWN: Final = (255, 170, 60)
_TEXT_PX: Final = 14


class Drawer:
    """Writes annotated pictures into a folder; without a folder it does nothing."""

    def __init__(self, folder: Path | None) -> None:
        """Makes the folder. Raises `SettingsError` where it lies inside the project or cannot be made."""
        self._folder = folder
        if folder is None:
            return
        check_outside_project(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"cannot make {folder} ({error.strerror}): choose another folder to draw to") from error

    @property
    def is_drawing(self) -> bool:
        """Whether there is a folder."""
        return self._folder is not None

    def draw(
        self, name: str, image: Image, seen: Seen, truth: TruthFrame | None, student_of: dict[int, int] | None = None
    ) -> None:
        """Writes `name`.jpg. `student_of`: the true student of each identity; None where identities are not judged."""
        if self._folder is None:
            return
        canvas = image.copy()
        _draw_tiles(canvas, seen, truth, student_of)
        _draw_faces(canvas, seen, truth)
        path = self._folder / f"{name}.jpg"
        if not cv2.imwrite(str(path), canvas):
            raise SettingsError(f"cannot write {path}: choose another folder to draw to")


def _draw_tiles(canvas: Image, seen: Seen, truth: TruthFrame | None, student_of: dict[int, int] | None) -> None:
    true_tiles = truth.tiles if truth else ()
    overlaps = tile_overlaps(seen.tile_boxes, [tile.box for tile in true_tiles], above=SAME_TILE_IOU)
    partners = dict(match_one_to_one(overlaps))
    for index, reading in enumerate(seen.tiles):
        true = true_tiles[partners[index]] if index in partners else None
        box = reading.tile.box
        camera_correct = true is not None and true.camera_on == reading.tile.camera_on
        _outline(canvas, box, _colour(camera_correct if truth else None), thickness=1)
        texts = _tile_texts(reading, true, student_of)
        for line, (text, correct) in enumerate(texts):
            _write(canvas, text, box.x + 4, box.y + 3 + line * (_TEXT_PX + 6), _colour(correct if truth else None))
    for index in set(range(len(true_tiles))) - set(partners.values()):
        _outline(canvas, true_tiles[index].box, _WRONG, thickness=3)


def _tile_texts(
    reading: TileReading, true: TruthTile | None, student_of: dict[int, int] | None
) -> list[tuple[str, bool]]:
    """Each line of text, and whether it is correct."""
    texts = []
    if reading.student is not None:
        correct = true is not None and (student_of is None or student_of.get(reading.student) == true.student)
        texts.append((f"#{reading.student}{'' if reading.tile.camera_on else ' off'}", correct))
    if reading.tile.name:
        correct = true is not None and fold_name(true.name) == fold_name(reading.tile.name)
        texts.append((reading.tile.name, correct))
    return texts


def _draw_faces(canvas: Image, seen: Seen, truth: TruthFrame | None) -> None:
    true_faces = [box for _, box in truth.faces] if truth else []
    partners = dict(match_one_to_one(face_overlaps(seen.face_boxes, true_faces)))
    for index, box in enumerate(seen.face_boxes):
        _outline(canvas, box, _colour(index in partners if truth else None), thickness=2)
    for index in set(range(len(true_faces))) - set(partners.values()):
        _outline(canvas, true_faces[index], _WRONG, thickness=3)
        _write(canvas, "missed", true_faces[index].x, true_faces[index].y, _WRONG)


def _colour(correct: bool | None) -> _Colour:
    if correct is None:
        return _UNKNOWN
    return _CORRECT if correct else _WRONG


def _outline(canvas: Image, box: Box, colour: _Colour, *, thickness: int) -> None:
    x, y, width, height = box.rounded()
    cv2.rectangle(canvas, (x, y), (x + width - 1, y + height - 1), colour, thickness)


def _write(canvas: Image, text: str, x: float, y: float, colour: _Colour) -> None:
    """Writes text on black, clipped at the picture's edges."""
    left, top = max(0, round(x)), max(0, round(y))
    cover = draw_text(text, _TEXT_PX)[: canvas.shape[0] - top, : canvas.shape[1] - left]
    if cover.size == 0:
        return
    patch = canvas[top : top + cover.shape[0], left : left + cover.shape[1]]
    patch[:] = (cover[..., None] / 255.0 * colour).astype(patch.dtype)
