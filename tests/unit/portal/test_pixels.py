"""Pixels of a buffer as PipeWire lends it."""

import ctypes
from typing import Any

import numpy as np
import pytest

from fer_desktop.portal.libpipewire import (
    CHUNK_CORRUPTED,
    DATA_MEM_FD,
    META_HEADER,
    META_HEADER_CORRUPTED,
    META_VIDEO_CROP,
    SpaBuffer,
    SpaChunk,
    SpaData,
    SpaMeta,
    SpaMetaHeader,
    SpaRegion,
)
from fer_desktop.portal.pixels import copy_picture, is_picture
from fer_desktop.types import Image

SIZE = (6, 4)
BGRX, BGRA, RGBX, RGBA, RGB, BGR = 8, 12, 7, 11, 15, 16


class Lent:
    """A buffer in this process's memory, as the library would hand it over."""

    def __init__(
        self, pixels: Image, *, padding: int = 0, flags: int = 0, metas: tuple[tuple[int, Any], ...] = ()
    ) -> None:
        rows = pixels.reshape(len(pixels), -1)
        self._memory = np.ascontiguousarray(np.pad(rows, ((0, 0), (0, padding)))).ravel()
        self.chunk = SpaChunk(0, self._memory.size, rows.shape[1] + padding, flags)
        self.data = SpaData(
            DATA_MEM_FD, 0, -1, 0, self._memory.size, self._memory.ctypes.data, ctypes.pointer(self.chunk)
        )
        self._kept = [structure for _, structure in metas]
        self._metas = (SpaMeta * max(1, len(metas)))(
            *(SpaMeta(kind, ctypes.sizeof(structure), ctypes.addressof(structure)) for kind, structure in metas)
        )
        self.buffer = SpaBuffer(len(metas), 1, self._metas, ctypes.pointer(self.data))


@pytest.fixture
def bgr() -> Image:
    return np.random.default_rng(7).integers(0, 256, (SIZE[1], SIZE[0], 3), np.uint8)


def _with_alpha(pixels: Image) -> Image:
    return np.dstack([pixels, np.full(pixels.shape[:2], 9, np.uint8)])


@pytest.mark.parametrize("padding", [0, 8])
@pytest.mark.parametrize("video_format", [BGRX, BGRA, RGBX, RGBA, RGB, BGR])
def test_every_format_becomes_blue_green_red(bgr: Image, video_format: int, padding: int) -> None:
    ordered = bgr[..., ::-1] if video_format in (RGBX, RGBA, RGB) else bgr
    lent = Lent(ordered if video_format in (RGB, BGR) else _with_alpha(ordered), padding=padding)
    assert is_picture(lent.buffer)
    picture = copy_picture(lent.buffer, video_format, SIZE)
    assert picture is not None
    assert np.array_equal(picture, bgr)
    assert picture.flags.c_contiguous
    assert picture.flags.owndata, "the desktop writes the next picture into the same memory"


def test_of_a_window_within_a_larger_picture_only_the_window_is_taken(bgr: Image) -> None:
    lent = Lent(_with_alpha(bgr), metas=((META_VIDEO_CROP, SpaRegion(1, 2, 4, 2)),))
    picture = copy_picture(lent.buffer, BGRX, SIZE)
    assert picture is not None
    assert np.array_equal(picture, bgr[2:4, 1:5])


def test_a_window_of_no_size_is_the_whole_picture(bgr: Image) -> None:
    lent = Lent(_with_alpha(bgr), metas=((META_VIDEO_CROP, SpaRegion(0, 0, 0, 0)),))
    picture = copy_picture(lent.buffer, BGRX, SIZE)
    assert picture is not None
    assert np.array_equal(picture, bgr)


def test_a_window_outside_the_picture_is_none(bgr: Image) -> None:
    lent = Lent(_with_alpha(bgr), metas=((META_VIDEO_CROP, SpaRegion(50, 0, 4, 2)),))
    assert copy_picture(lent.buffer, BGRX, SIZE) is None


def test_memory_that_is_smaller_than_announced_is_not_read(bgr: Image) -> None:
    lent = Lent(_with_alpha(bgr))
    assert copy_picture(lent.buffer, BGRX, (SIZE[0], SIZE[1] + 1)) is None
    assert copy_picture(lent.buffer, BGRX, (SIZE[0] + 1, SIZE[1])) is None


def test_damaged_and_empty_buffers_are_no_pictures(bgr: Image) -> None:
    pixels = _with_alpha(bgr)
    assert not is_picture(Lent(pixels, flags=CHUNK_CORRUPTED).buffer)
    corrupted = SpaMetaHeader(META_HEADER_CORRUPTED, 0, 0, 0, 0)
    assert not is_picture(Lent(pixels, metas=((META_HEADER, corrupted),)).buffer)
    only_cursor = Lent(pixels)
    only_cursor.chunk.size = 0
    assert not is_picture(only_cursor.buffer)
    unmapped = Lent(pixels)
    unmapped.data.data = None
    assert not is_picture(unmapped.buffer)
