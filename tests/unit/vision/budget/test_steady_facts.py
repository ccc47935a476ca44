"""What a tile shows as a whole is found out again after a second, and at once where another picture is shown."""

import numpy as np

from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.changes import FrameCells
from fer_desktop.vision.budget.steady_facts import SteadyFacts

TILES = [Box(80 * index, 0, 80, 48) for index in range(8)]
GREY = np.full((48, 640, 3), 90, np.uint8)


class Facts:
    """Counts how often the fact of a tile, its brightness, is found out."""

    def __init__(self, *, fragile: bool = False) -> None:
        self.cells = FrameCells()
        self.asked: list[Box] = []
        self.facts = SteadyFacts(self.cells, self._find, is_fragile=lambda _: fragile)

    def _find(self, image: Image, box: Box) -> int:
        self.asked.append(box)
        return int(image[int(box.y) + 2, int(box.x) + 2, 0])

    def ask(self, at_s: float, image: Image = GREY) -> list[int]:
        """The facts of all tiles; `asked` then has those that were found out."""
        self.cells.start_frame(image, at_s)
        self.asked = []
        return [self.facts.of(image, box) for box in TILES]


def paint(box: Box, levels: int) -> Image:
    left, top, width, height = box.rounded()
    picture = GREY.copy()
    picture[top : top + height, left : left + width] = levels
    return picture


def test_the_first_frame_asks_for_every_tile_and_the_next_ones_for_none() -> None:
    made = Facts()
    made.ask(0.0)
    assert made.asked == TILES
    assert made.ask(0.2) == [90] * len(TILES)
    assert made.asked == []


def test_each_is_found_out_again_about_once_a_second_and_never_all_in_one_frame() -> None:
    made = Facts()
    made.ask(0.0)
    asked = []
    for frame in range(1, 26):
        made.ask(frame / 5)
        asked.append(len(made.asked))
    assert 3 * len(TILES) <= sum(asked) <= 6 * len(TILES)
    assert max(asked) < len(TILES)


def test_another_picture_is_found_out_at_once_and_only_that_one() -> None:
    made = Facts()
    made.ask(0.0)
    assert made.ask(0.2, paint(TILES[3], 160))[3] == 160
    assert made.asked == [TILES[3]]


def test_a_head_that_moves_changes_no_fact_but_a_fragile_one() -> None:
    head = paint(Box(TILES[2].x + 32, 16, 16, 16), 160)
    lenient, strict = Facts(), Facts(fragile=True)
    for made in (lenient, strict):
        made.ask(0.0)
        made.ask(0.2, head)
    assert lenient.asked == []
    assert strict.asked == [TILES[2]]
