"""Names for tiles: a label is read when it is new, remembered while it stands, and read anew when it changed."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import numpy as np

from fer_desktop.errors import FerDesktopError, ModelError
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats, Image, Tile
from fer_desktop.vision.names.label_fingerprint import LabelFingerprint
from fer_desktop.vision.names.reader import Label
from fer_desktop.vision.names.reading_thread import ReadingThread

_LOG = logging.getLogger(__name__)

REFRESH_FRAMES: Final = 15
"""One label is read anew every so many frames, each in turn, so that a change that went unseen heals."""

_MOST_TRIES: Final = 2
_MOST_FAILURES: Final = 5
_SAME_PLACE_IOU: Final = 0.8
_JUMP_ON: Final = 0.08
_JUMP_OFF: Final = 0.01
"""Mean difference of two looks, 0 to 1: a camera's from one frame to the next stays below .03, two homes' are .15 to
.35 apart; cards of cameras that are off differ in their few letters only, and otherwise not at all."""
_CHANGED: Final = 0.035
_TOUCHED: Final = 0.004
"""Of `LabelFingerprint.measure_change`: another name stands there; another may, where the tile looks different too."""
_LOOK_SIZE: Final = (16, 9)
_ENOUGH_ROWS: Final = 60
_BORDER: Final = 0.04  # of the tile's height, where a border shows who speaks


class Reader(Protocol):
    """What the namer asks of `LabelReader`."""

    def read_label(self, image: Image, box: Box, *, camera_on: bool) -> Label | None: ...


@dataclass(slots=True, eq=False)
class _Slot:
    """One place in the window and what is known of its label. `version` counts what its readings are of."""

    number: int
    box: Box
    camera_on: bool
    name: str | None = None
    mark: LabelFingerprint | None = None
    look: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    version: int = 0
    readings_left: int = _MOST_TRIES
    asked: bool = False

    def forget(self) -> None:
        """Another label may stand here now."""
        self.name, self.mark = None, None
        self.version += 1
        self.readings_left, self.asked = _MOST_TRIES, False


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    slot: int
    version: int
    origin: tuple[int, int]
    picture: Image
    camera_on: bool


class FollowingNamer:
    """A `TileNamer`. Its methods are called from one thread.

    Recorded sources: `at_once`, labels are read inside `label`. Live sources: a thread of its own reads, the newest
    request of a place first come, and a name is shown only while the letters that were read still stand there.
    """

    def __init__(
        self,
        make_reader: Callable[[], Reader],
        *,
        at_once: bool,
        on_failure: Callable[[str], None] | None = None,
    ) -> None:
        """`make_reader` is called once, by the thread that reads. `on_failure` is told once, by that thread, why no
        names are read; tiles then go without names."""
        self._make_reader = make_reader
        self._on_failure = on_failure
        self._slots: list[_Slot] = []
        self._slots_made = 0
        self._frames = 0
        self._turn = 0
        self._off = False
        self._reader: Reader | None = None
        self._careful = _CarefulReading()
        self._thread: ReadingThread[_Request, Label | None] | None = None
        if not at_once:
            self._thread = ReadingThread(self._start_reading, on_failure=self._fail)

    def label(self, image: Image, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        """The tiles with the names known so far. Live: never waits; names come a few frames later."""
        if self._off:
            return tuple(tiles)
        known = {slot.box: slot for slot in self._slots}
        slots = self._slots = [self._place(image, tile, known) for tile in tiles]
        if self._thread is not None:
            self._thread.keep_only([slot.number for slot in slots])
            for request, label in self._thread.take_results():
                self._apply(image, request, label)
        self._refresh_one()
        for slot in slots:
            if slot.readings_left and not slot.asked and not self._off:
                self._ask(image, slot)
        return tuple(replace(tile, name=slot.name) for tile, slot in zip(tiles, slots, strict=True))

    def close(self) -> None:
        if self._thread is not None:
            self._thread.close()

    def _place(self, image: Image, tile: Tile, known: dict[Box, _Slot]) -> _Slot:
        """The slot of the tile's place, its name forgotten where something else may stand there now."""
        slot = known.get(tile.box)
        if slot is None:
            slot = next((near for box, near in known.items() if box.iou(tile.box) > _SAME_PLACE_IOU), None)
        if slot is None:
            self._slots_made += 1
            slot = _Slot(self._slots_made, tile.box, tile.camera_on)
            slot.look = _look_at(image, tile.box)
            return slot
        if self._may_show_another(image, slot, tile):
            slot.forget()
            slot.look = _look_at(image, tile.box)
        slot.box, slot.camera_on = tile.box, tile.camera_on
        return slot

    def _may_show_another(self, image: Image, slot: _Slot, tile: Tile) -> bool:
        change = _measure_change(image, slot, tile.box)
        if change == 0 or change > _CHANGED:
            return change > 0
        # Hardly any letter changed, or none was read: the rest of the tile tells. Cards hold still but for their name.
        if slot.mark is not None and not tile.camera_on:
            return change > _TOUCHED
        look = _look_at(image, tile.box)
        jumps = slot.camera_on != tile.camera_on or _jumps(slot.look, look, camera_on=tile.camera_on)
        if slot.mark is None:
            slot.look = look
        return jumps and change > _TOUCHED

    def _refresh_one(self) -> None:
        self._frames += 1
        if not self._slots or self._frames % REFRESH_FRAMES:
            return
        self._turn = (self._turn + 1) % len(self._slots)
        slot = self._slots[self._turn]
        slot.readings_left = max(slot.readings_left, 1)

    def _ask(self, image: Image, slot: _Slot) -> None:
        left, top, width, height = slot.box.clipped(image.shape[1], image.shape[0]).rounded()
        picture = image[top : top + height, left : left + width]
        request = _Request(slot.number, slot.version, (left, top), picture, slot.camera_on)
        slot.asked = True
        if self._thread is not None:
            self._thread.ask(slot.number, replace(request, picture=picture.copy()))
        else:
            self._read_now(image, request)

    def _read_now(self, image: Image, request: _Request) -> None:
        try:
            self._reader = self._reader or self._make_reader()
        except FerDesktopError as error:
            self._fail(str(error))
            return
        try:
            label = self._careful.read(self._reader, request)
        except FerDesktopError as error:
            self._fail(str(error))
            return
        self._apply(image, request, label)

    def _apply(self, image: Image, request: _Request, label: Label | None) -> None:
        """Takes a reading, unless the place has changed since."""
        slot = next((slot for slot in self._slots if slot.number == request.slot), None)
        if slot is None or slot.version != request.version:
            return
        slot.asked = False
        if label is None:
            # A refresh that reads nothing takes no name away: the letters that were read still stand there.
            slot.readings_left = max(0, slot.readings_left - 1) if slot.name is None else 0
            return
        mark = LabelFingerprint(request.picture, label.line, Box(0, 0, *request.picture.shape[1::-1]), label.ink)
        if mark.measure_change(image, *request.origin) > _CHANGED:
            slot.forget()
            return
        slot.name, slot.mark, slot.readings_left = label.name, mark.moved(*request.origin), 0
        slot.look = _look_at(image, slot.box)

    def _start_reading(self) -> Callable[[_Request], Label | None]:
        """Called by the thread."""
        reader = self._make_reader()
        return lambda request: self._careful.read(reader, request)

    def _fail(self, message: str) -> None:
        told, self._off = self._off, True
        if self._on_failure is not None and not told:
            self._on_failure(message)


class _CarefulReading:
    """One label that trips the reader up is an unread label; many in a row are a broken reader."""

    def __init__(self) -> None:
        self._failures = 0

    def read(self, reader: Reader, request: _Request) -> Label | None:
        """Raises `ModelError` once it has failed `_MOST_FAILURES` times in a row."""
        height, width = request.picture.shape[:2]
        try:
            label = reader.read_label(request.picture, Box(0, 0, width, height), camera_on=request.camera_on)
        except Exception as error:  # whatever a strange picture does to the reader, the lesson goes on
            _LOG.debug("a label could not be read", exc_info=error)
            self._failures += 1
            if self._failures >= _MOST_FAILURES:
                raise ModelError(f"Names cannot be read ({type(error).__name__}: {error}); install again") from error
            return None
        self._failures = 0
        return label


def _measure_change(image: Image, slot: _Slot, box: Box) -> float:
    """How much the slot's label changed, where it stood or moved along with its tile; `_CHANGED` where it has none."""
    if slot.mark is None:
        return _CHANGED
    change = slot.mark.measure_change(image)
    dx, dy = round(box.x - slot.box.x), round(box.y - slot.box.y)
    if change > _TOUCHED and (dx, dy) != (0, 0):
        moved = slot.mark.measure_change(image, dx, dy)
        if moved < change:
            slot.mark = slot.mark.moved(dx, dy)
            return moved
    return change


def _look_at(image: Image, box: Box) -> Floats:
    """A miniature of the tile without its border, brightness 0 to 1."""
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    margin, step = round(_BORDER * height), max(1, height // _ENOUGH_ROWS)
    patch = image[top + margin : top + height - margin : step, left + margin : left + width - margin : step, 1]
    if not patch.size:
        return np.zeros(0, np.float32)
    small: Floats = cv2.resize(patch, _LOOK_SIZE, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return small


def _jumps(before: Floats, now: Floats, *, camera_on: bool) -> bool:
    if before.shape != now.shape:
        return True
    if not before.size:
        return False
    return float(np.abs(now - before).mean()) > (_JUMP_ON if camera_on else _JUMP_OFF)
