"""Names for tiles: a label is read when it is new, remembered while it is unchanged, and read again when it changes."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import numpy as np

from fer_desktop.errors import FerDesktopError, ModelError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats, Image, Tile
from fer_desktop.vision.names.label_fingerprint import LabelFingerprint
from fer_desktop.vision.names.label_memory import KnownLabel, LabelMemory
from fer_desktop.vision.names.reader import Label
from fer_desktop.vision.names.reading_thread import ReadingThread

_LOG = logging.getLogger(__name__)

_MINIATURE_SIZE: Final = (16, 9)
_SAMPLED_ROWS: Final = 60
_BORDER: Final = 0.04
"""Of the tile's height: there a border marks the speaker."""


@dataclass(frozen=True, slots=True)
class NamerConfig:
    """When a label is read, and when it counts as changed. Tuned on rendered lessons (the gallery benchmark)."""

    refresh_frames: int = 15
    """One label is read again every so many frames, each in turn, to correct changes that were missed."""
    live_refresh_frames: int = 38
    """The same in a live call, whose five frames a second are as many in the time in which a recording has fifteen."""
    max_tries: int = 2
    """Readings of a label that gives no name."""
    max_failures: int = 5
    """Errors of the reader in a row that end the reading of names."""
    same_slot_iou: float = 0.8
    max_change_on: float = 0.08
    max_change_off: float = 0.01
    """Mean difference of two miniatures, 0 to 1, of cameras and of cards: a camera's changes by less than .03 from one
    frame to the next, two homes differ by .15 to .35; cards differ in their few letters only."""
    changed: float = 0.035
    """`LabelFingerprint.measure_change` above which another name is shown..."""
    touched: float = 0.004
    """...and above which another may be, where the rest of the tile has changed too."""


CONFIG: Final = NamerConfig()


class Reader(Protocol):
    """Reads one label, as `LabelReader` does."""

    def read_label(self, image: Image, box: Box, *, camera_on: bool) -> Label | None:
        """The label of the tile at `box`; None where it has none or cannot be read."""
        ...


@dataclass(slots=True, eq=False)
class _Slot:
    """One place in the window and its label. `version` changes with the label, to recognise late readings."""

    number: int
    box: Box
    camera_on: bool
    name: str | None = None
    fingerprint: LabelFingerprint | None = None
    miniature: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    version: int = 0
    readings_left: int = CONFIG.max_tries
    is_requested: bool = False

    @property
    def awaits_name(self) -> bool:
        """Whether no name is known, and the label was not read in vain yet."""
        return self.name is None and self.is_requested

    def forget(self) -> None:
        """Drops the name, as another label may be here now."""
        self.name, self.fingerprint = None, None
        self.version += 1
        self.readings_left, self.is_requested = CONFIG.max_tries, False


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    """`picture`: of the tile with its corner at `origin`. `is_refresh`: the label is to be read even if it is known."""

    slot: int
    version: int
    origin: tuple[int, int]
    picture: Image
    camera_on: bool
    is_refresh: bool

    @property
    def tile(self) -> Box:
        """The tile within the picture: all of it."""
        height, width = self.picture.shape[:2]
        return Box(0, 0, width, height)


class CachingNamer:
    """A `TileNamer`. Its methods are called from one thread.

    Labels are read, or recognised as those of other tiles. Recorded sources (`at_once`): within `label`. Live sources:
    a thread of its own answers the newest request of each slot, and a name is shown only while the letters that were
    read are still there.
    """

    def __init__(
        self,
        make_reader: Callable[[], Reader],
        *,
        at_once: bool,
        on_failure: Callable[[Message], None] | None = None,
    ) -> None:
        """`make_reader` is called once, by the thread that reads. `on_failure` receives once, in that thread, why no
        names are read; tiles then have none.
        """
        self._make_reader = make_reader
        self._on_failure = on_failure
        self._slots: list[_Slot] = []
        self._slots_made = 0
        self._frames = 0
        self._turn = 0
        self._off = False
        self._reader: _RememberingReader | None = None
        self._refresh_frames = CONFIG.refresh_frames if at_once else CONFIG.live_refresh_frames
        self._thread: ReadingThread[_Request, KnownLabel | None] | None = None
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
            if slot.readings_left and not slot.is_requested and not self._off:
                self._request(image, slot)
        return tuple(
            replace(tile, name=slot.name, awaits_name=slot.awaits_name) for tile, slot in zip(tiles, slots, strict=True)
        )

    def close(self) -> None:
        """Ends the thread, if there is one. May be called twice."""
        if self._thread is not None:
            self._thread.close()

    def _place(self, image: Image, tile: Tile, known: dict[Box, _Slot]) -> _Slot:
        """The slot of the tile; it drops its name where another label may be there now."""
        slot = known.get(tile.box)
        if slot is None:
            slot = next((near for box, near in known.items() if box.iou(tile.box) > CONFIG.same_slot_iou), None)
        if slot is None:
            self._slots_made += 1
            slot = _Slot(self._slots_made, tile.box, tile.camera_on)
            slot.miniature = _shrink(image, tile.box)
            return slot
        if self._may_show_another(image, slot, tile):
            slot.forget()
            slot.miniature = _shrink(image, tile.box)
        slot.box, slot.camera_on = tile.box, tile.camera_on
        return slot

    def _may_show_another(self, image: Image, slot: _Slot, tile: Tile) -> bool:
        change = _measure_change(image, slot, tile.box)
        if change == 0 or change > CONFIG.changed:
            return change > 0
        # Hardly any letter changed, or none was read: the rest of the tile decides. Cards change in their name only.
        if slot.fingerprint is not None and not tile.camera_on:
            return change > CONFIG.touched
        miniature = _shrink(image, tile.box)
        differs = slot.camera_on != tile.camera_on or _differ(slot.miniature, miniature, camera_on=tile.camera_on)
        if slot.fingerprint is None:
            slot.miniature = miniature
        return differs and change > CONFIG.touched

    def _refresh_one(self) -> None:
        self._frames += 1
        if not self._slots or self._frames % self._refresh_frames:
            return
        self._turn = (self._turn + 1) % len(self._slots)
        slot = self._slots[self._turn]
        slot.readings_left = max(slot.readings_left, 1)

    def _request(self, image: Image, slot: _Slot) -> None:
        left, top, width, height = slot.box.clipped(image.shape[1], image.shape[0]).rounded()
        picture = image[top : top + height, left : left + width]
        is_refresh = slot.name is not None
        request = _Request(slot.number, slot.version, (left, top), picture, slot.camera_on, is_refresh)
        slot.is_requested = True
        if self._thread is not None:
            self._thread.ask(slot.number, replace(request, picture=picture.copy()))
        else:
            self._read_now(image, request)

    def _read_now(self, image: Image, request: _Request) -> None:
        try:
            self._reader = self._reader or self._start_reading()
            label = self._reader.recognise(request) or self._reader.read(request)
        except FerDesktopError as error:
            self._fail(error.message)
            return
        self._apply(image, request, label)

    def _apply(self, image: Image, request: _Request, label: KnownLabel | None) -> None:
        """Applies a reading, unless its slot has changed since."""
        slot = next((slot for slot in self._slots if slot.number == request.slot), None)
        if slot is None or slot.version != request.version:
            return
        slot.is_requested = False
        if label is None:
            # A refresh that reads nothing keeps the name: the letters that were read are still there.
            slot.readings_left = max(0, slot.readings_left - 1) if slot.name is None else 0
            return
        if label.fingerprint.measure_change(image, *request.origin) > CONFIG.changed:
            slot.forget()
            return
        slot.name, slot.fingerprint, slot.readings_left = label.name, label.fingerprint.moved(*request.origin), 0
        slot.miniature = _shrink(image, slot.box)

    def _start_reading(self) -> "_RememberingReader":
        """Makes the reader; called by the thread that reads."""
        return _RememberingReader(self._make_reader())

    def _fail(self, message: Message) -> None:
        was_off, self._off = self._off, True
        if self._on_failure is not None and not was_off:
            self._on_failure(message)


class _RememberingReader:
    """Reads labels, and recognises in other tiles those that were read; used by the thread that reads.

    A label on which the reader fails counts as unread; many failures in a row mean that the reader is broken.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._failures = 0
        self._memory = LabelMemory()

    def recognise(self, request: _Request) -> KnownLabel | None:
        """The label where it was read before, in pixels of the request's picture; None where it is to be read."""
        return None if request.is_refresh else self._memory.find(request.picture, request.tile)

    def read(self, request: _Request) -> KnownLabel | None:
        """The label, in pixels of the request's picture; None where it has none that can be read.

        Raises `ModelError` once the reader has failed `max_failures` times in a row.
        """
        label = self._try_to_read(request)
        if label is None:
            return None
        fingerprint = LabelFingerprint(request.picture, label.line, request.tile, label.ink)
        self._memory.remember(label.name, fingerprint, width=request.tile.width, height=request.tile.height)
        return KnownLabel(label.name, fingerprint)

    def _try_to_read(self, request: _Request) -> Label | None:
        try:
            label = self._reader.read_label(request.picture, request.tile, camera_on=request.camera_on)
        except Exception as error:  # whatever an unusual picture does to the reader, the lesson goes on
            _LOG.debug("a label could not be read", exc_info=error)
            self._failures += 1
            if self._failures >= CONFIG.max_failures:
                reason = f"{type(error).__name__}: {error}"
                raise ModelError(Message(MessageKey.NAME_READER_FAILED, error=reason)) from error
            return None
        self._failures = 0
        return label


def _measure_change(image: Image, slot: _Slot, box: Box) -> float:
    """How much the slot's label changed, in place or moved along with its tile; `changed` for a slot without one."""
    if slot.fingerprint is None:
        return CONFIG.changed
    change = slot.fingerprint.measure_change(image)
    dx, dy = round(box.x - slot.box.x), round(box.y - slot.box.y)
    if change > CONFIG.touched and (dx, dy) != (0, 0):
        moved = slot.fingerprint.measure_change(image, dx, dy)
        if moved < change:
            slot.fingerprint = slot.fingerprint.moved(dx, dy)
            return moved
    return change


def _shrink(image: Image, box: Box) -> Floats:
    """A miniature of the tile without its border: (9, 16) brightness 0 to 1, empty outside the frame."""
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    margin, step = round(_BORDER * height), max(1, height // _SAMPLED_ROWS)
    patch = image[top + margin : top + height - margin : step, left + margin : left + width - margin : step, 1]
    if not patch.size:
        return np.zeros(0, np.float32)
    small: Floats = cv2.resize(patch, _MINIATURE_SIZE, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return small


def _differ(before: Floats, now: Floats, *, camera_on: bool) -> bool:
    """Whether two miniatures differ by more than a camera or a card does from one frame to the next."""
    if before.shape != now.shape:
        return True
    if not before.size:
        return False
    return float(np.abs(now - before).mean()) > (CONFIG.max_change_on if camera_on else CONFIG.max_change_off)
