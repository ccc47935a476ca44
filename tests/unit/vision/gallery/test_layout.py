"""Tiles are found as the rectangles that stand out from the gaps, and followed while the layout stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery import TrackingTileFinder
from fer_desktop.vision.gallery.layout import find_layout
from tests.fakes import FakeFaceProbe

GAP_COLOUR = 26


def draw_gallery(
    columns: int, rows: int, *, tile: tuple[int, int] = (160, 90), gap: int = 6, missing: int = 0, margin: int = 20
) -> tuple[Image, list[Box]]:
    """Tiles of noise on a dark window; the last row is short by `missing` tiles and centred."""
    rng = np.random.default_rng(7)
    width, height = tile
    shape = (2 * margin + rows * (height + gap) - gap, 2 * margin + columns * (width + gap) - gap, 3)
    image = np.full(shape, GAP_COLOUR, np.uint8)
    boxes = []
    for row in range(rows):
        in_row = columns - missing if row == rows - 1 else columns
        start = margin + (columns - in_row) * (width + gap) // 2
        for column in range(in_row):
            x, y = start + column * (width + gap), margin + row * (height + gap)
            image[y : y + height, x : x + width] = rng.integers(60, 220, (height, width, 3))
            boxes.append(Box(x, y, width, height))
    return image, boxes


def find_boxes(image: Image) -> list[Box]:
    return list(find_layout(image, lambda _: True).boxes)


@settings(max_examples=25, deadline=None)
@given(
    columns=st.integers(2, 7),
    rows=st.integers(2, 7),
    gap=st.integers(4, 14),
    tile=st.sampled_from([(96, 54), (160, 90), (128, 96), (60, 80)]),
    missing=st.integers(0, 1),
)
def test_every_tile_of_a_grid_is_found_in_reading_order(
    columns: int, rows: int, gap: int, tile: tuple[int, int], missing: int
) -> None:
    image, boxes = draw_gallery(columns, rows, tile=tile, gap=gap, missing=missing)
    found = find_boxes(image)
    assert len(found) == len(boxes)
    assert all(a.iou(b) > 0.9 for a, b in zip(found, boxes, strict=True))


@settings(max_examples=15, deadline=None)
@given(columns=st.integers(2, 5), rows=st.integers(2, 5), dx=st.integers(0, 40), dy=st.integers(0, 40))
def test_tiles_shift_with_the_window_never_overlap_and_stay_inside(columns: int, rows: int, dx: int, dy: int) -> None:
    image, _ = draw_gallery(columns, rows)
    moved = np.full((image.shape[0] + dy, image.shape[1] + dx, 3), GAP_COLOUR, np.uint8)
    moved[dy:, dx:] = image
    before, after = find_boxes(image), find_boxes(moved)
    assert [box.shifted(dx, dy) for box in before] == after
    for index, box in enumerate(after):
        assert box.clipped(moved.shape[1], moved.shape[0]) == box
        assert all(box.intersection_area(other) == 0 for other in after[index + 1 :])


def test_a_dark_tile_that_melts_into_the_gap_is_found_where_the_grid_wants_it() -> None:
    image, boxes = draw_gallery(4, 3)
    x, y, width, height = boxes[5].rounded()
    image[y + height // 3 : y + height, x : x + width] = GAP_COLOUR  # somebody in black before a black wall
    assert any(box.iou(boxes[5]) > 0.9 for box in find_boxes(image))


def test_a_dark_tile_of_a_centred_last_row_is_found_beside_its_neighbours() -> None:
    image, boxes = draw_gallery(6, 3, missing=3)
    x, y, width, height = boxes[-1].rounded()
    image[y : y + height, x : x + width // 2] = GAP_COLOUR  # only a part of the room is bright
    assert find_boxes(image)[-1].iou(boxes[-1]) > 0.9


def test_tiles_are_found_through_the_noise_of_video_coding() -> None:
    image, boxes = draw_gallery(5, 4)
    noise = np.random.default_rng(1).normal(0, 1.5, image.shape)
    noisy = np.clip(image + noise, 0, 255).astype(np.uint8)
    found = find_boxes(noisy)
    assert sum(any(box.iou(other) > 0.9 for other in found) for box in boxes) == len(boxes)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((720, 1280, 3), np.uint8),
        np.full((1, 1, 3), 90, np.uint8),
        np.random.default_rng(0).integers(0, 255, (200, 300, 3), dtype=np.uint8),
    ],
    ids=["black", "one pixel", "noise"],
)
def test_a_frame_without_a_gallery_has_no_tiles(image: Image) -> None:
    assert find_boxes(image) == []


def test_a_layout_is_tracked_while_it_holds_and_searched_for_again_when_a_tile_is_added() -> None:
    image, boxes = draw_gallery(4, 3, missing=1)
    finder = TrackingTileFinder(FakeFaceProbe())
    assert len(finder.find(image)) == len(boxes)
    full, all_boxes = draw_gallery(4, 3)
    assert [tile.box for tile in finder.find(full)] == [
        tile.box for tile in TrackingTileFinder(FakeFaceProbe()).find(full)
    ]
    assert len(finder.find(full)) == len(all_boxes)


def test_a_new_grid_in_a_window_of_the_same_size_is_noticed_at_once() -> None:
    image, _ = draw_gallery(5, 5, tile=(160, 90))
    other, boxes = draw_gallery(7, 7, tile=(111, 60))
    canvas = np.full_like(image, GAP_COLOUR)
    canvas[: other.shape[0], : other.shape[1]] = other[: image.shape[0], : image.shape[1]]
    finder = TrackingTileFinder(FakeFaceProbe())
    finder.find(image)
    found = [tile.box for tile in finder.find(canvas)]
    assert sum(any(box.iou(other_box) > 0.9 for other_box in found) for box in boxes) == len(boxes)


def test_a_last_row_that_moves_by_half_a_tile_is_noticed_at_once() -> None:
    image, _ = draw_gallery(9, 3, missing=6)
    shorter, boxes = draw_gallery(9, 3, missing=7)
    finder = TrackingTileFinder(FakeFaceProbe())
    finder.find(image)
    found = [tile.box for tile in finder.find(shorter)]
    assert len(found) == len(boxes)
    assert all(box.iou(true) > 0.9 for box, true in zip(found, boxes, strict=True))


def test_the_frame_around_the_one_who_speaks_does_not_move_the_layout() -> None:
    image, boxes = draw_gallery(4, 3)
    finder = TrackingTileFinder(FakeFaceProbe())
    before = [tile.box for tile in finder.find(image)]
    x, y, width, height = boxes[2].rounded()
    speaking = image.copy()
    for edge in (np.s_[y - 3 : y, x - 3 : x + width + 3], np.s_[y + height : y + height + 3, x - 3 : x + width + 3]):
        speaking[edge] = (35, 214, 116)
    for edge in (np.s_[y : y + height, x - 3 : x], np.s_[y : y + height, x + width : x + width + 3]):
        speaking[edge] = (35, 214, 116)
    assert [tile.box for tile in finder.find(speaking)] == before


def test_a_plain_card_is_a_camera_that_is_off() -> None:
    image, boxes = draw_gallery(3, 3)
    x, y, width, height = boxes[4].rounded()
    image[y : y + height, x : x + width] = 36
    image[y + 40 : y + 50, x + 60 : x + 100] = 255  # a name
    cameras = [tile.camera_on for tile in TrackingTileFinder(FakeFaceProbe()).find(image)]
    assert cameras == [index != 4 for index in range(9)]
