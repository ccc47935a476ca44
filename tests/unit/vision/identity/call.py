"""A call whose tiles are painted, for the tests of the tracker."""

from collections.abc import Sequence

import numpy as np

from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.identity import StudentTracker
from tests.fakes import make_face

WIDTH, HEIGHT, GAP = 160, 90, 8
ADA_BO_CY = {"a": "Ada Obi", "b": "Bo Lindqvist", "c": "Cy Tanaka"}


class Call:
    """A row of tiles, each painted as its student's room; cameras that are off are cards with a mark of their own."""

    def __init__(self) -> None:
        self.tracker = StudentTracker()

    def show(
        self,
        people: str,
        *,
        off: str = "",
        frames: int = 1,
        names: dict[str, str] | None = None,
        rooms: str = "",
        hidden: Sequence[Box] = (),
        faces: str = "",
        awaited: str = "",
    ) -> str:
        """Shows the people, one letter each, and returns the numbers they are given, "?" for not yet known.

        `names`: what stands in the tiles that have been read. `rooms`: whose room each shows, if not their own.
        A space is a place without a tile. `faces`: of whom a face is seen. `awaited`: whose label is still to be read.
        """
        image = np.full((HEIGHT + 2 * GAP, (WIDTH + GAP) * max(1, len(people)) + GAP, 3), 26, np.uint8)
        tiles = []
        for index, person in enumerate(people):
            if person == " ":
                continue
            box = place(index)
            paint(image, box, (rooms or people)[index], camera_on=person not in off)
            tiles.append(Tile(box, person not in off, (names or {}).get(person), person in awaited))
        shown = people.replace(" ", "")
        found = [make_face(Box(tile.box.x + 60, 20, 40, 40), tile=index) for index, tile in enumerate(tiles)]
        found = [face for face, person in zip(found, shown, strict=True) if person in faces]
        for _ in range(frames):
            numbers = self.tracker.identify_tiles(image, tiles, hidden)
            self.tracker.identify_faces(found, numbers)
        return "".join("?" if number is None else str(number) for number in numbers)

    def show_small(self, people: str, *, frames: int) -> None:
        """As `show`, in tiles of half the size."""
        image = np.full((HEIGHT + 2 * GAP, (WIDTH + GAP) * len(people) + GAP, 3), 26, np.uint8)
        for index, person in enumerate(people):
            paint(image, place(index), person, camera_on=True)
        places = [place(index) for index in range(len(people))]
        tiles = [Tile(Box(box.x / 2, box.y / 2, box.width / 2, box.height / 2), camera_on=True) for box in places]
        for _ in range(frames):
            self.tracker.identify_faces([], self.tracker.identify_tiles(image[::2, ::2].copy(), tiles))


def place(index: int) -> Box:
    return Box(GAP + index * (WIDTH + GAP), GAP, WIDTH, HEIGHT)


def paint(image: Image, box: Box, person: str, *, camera_on: bool) -> None:
    rng = np.random.default_rng(ord(person))
    left, top, width, height = box.rounded()
    tile = image[top : top + height, left : left + width]
    if camera_on:
        tile[:] = np.kron(rng.integers(30, 230, (3, 4, 3)), np.ones((30, 40, 1))).astype(np.uint8)
    else:
        tile[:] = 36
        tile[40:50, 20 : 40 + int(rng.integers(10, 90))] = 230


def paint_large(image: Image, box: Box, person: str) -> None:
    small = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    paint(small, Box(0, 0, WIDTH, HEIGHT), person, camera_on=True)
    left, top, _, _ = box.rounded()
    image[top : top + 2 * HEIGHT, left : left + 2 * WIDTH] = small.repeat(2, axis=0).repeat(2, axis=1)
