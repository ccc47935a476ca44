"""Tiles stand in a grid, as large as they can be, apart from each other and from the strips."""

from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.simulation.layout import lay_out_tiles, strip_heights

counts = st.integers(1, 49)
widths, heights = st.integers(640, 2560), st.integers(400, 1440)


@given(counts, widths, heights)
def test_tiles_lie_inside_between_the_strips_and_do_not_touch(count: int, width: int, height: int) -> None:
    boxes = lay_out_tiles(count, width, height)
    top_strip, bottom_strip = strip_heights(height)
    assert len(boxes) == count
    taken = set()
    for left, top, tile_width, tile_height in boxes:
        assert left >= 0
        assert left + tile_width <= width
        assert top_strip <= top
        assert top + tile_height <= height - bottom_strip
        taken.add((left // (tile_width + 6), top))
    assert len({box[2:] for box in boxes}) == 1
    for index, (left, top, tile_width, tile_height) in enumerate(boxes):
        for other_left, other_top, _, _ in boxes[index + 1 :]:
            assert abs(other_left - left) > tile_width or abs(other_top - top) > tile_height


def test_twenty_five_stand_five_by_five_and_a_short_last_row_is_centred() -> None:
    assert len({top for _, top, _, _ in lay_out_tiles(25, 1280, 720)}) == 5
    boxes = lay_out_tiles(23, 1280, 720)
    last_row = [box for box in boxes if box[1] == boxes[-1][1]]
    assert len(last_row) == 3
    assert abs((last_row[0][0] + last_row[-1][0] + last_row[-1][2]) / 2 - 640) <= 1


def test_an_empty_class_has_no_tiles() -> None:
    assert lay_out_tiles(0, 1280, 720) == []
