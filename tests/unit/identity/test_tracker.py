"""A student keeps one number across moves, cameras off and on, leaving and coming back."""

import numpy as np

from fer_desktop.identity import StudentTracker
from fer_desktop.types import Box, Image, Tile
from tests.fakes import make_face

WIDTH, HEIGHT, GAP = 160, 90, 8


class Call:
    """A row of tiles, each painted as its student's room; cameras that are off are cards with a mark of their own."""

    def __init__(self) -> None:
        self.tracker = StudentTracker()

    def show(self, people: str, *, off: str = "", frames: int = 1) -> str:
        """Shows the people, one letter each, and returns the numbers they are given, "?" for not yet known."""
        image = np.full((HEIGHT + 2 * GAP, (WIDTH + GAP) * max(1, len(people)) + GAP, 3), 26, np.uint8)
        tiles = []
        for index, person in enumerate(people):
            box = Box(GAP + index * (WIDTH + GAP), GAP, WIDTH, HEIGHT)
            paint(image, box, person, camera_on=person not in off)
            tiles.append(Tile(box, person not in off))
        for _ in range(frames):
            numbers = self.tracker.identify_tiles(image, tiles)
            self.tracker.identify_faces([], numbers)
        return "".join("?" if number is None else str(number) for number in numbers)


def paint(image: Image, box: Box, person: str, *, camera_on: bool) -> None:
    rng = np.random.default_rng(ord(person))
    left, top, width, height = box.rounded()
    tile = image[top : top + height, left : left + width]
    if camera_on:
        tile[:] = np.kron(rng.integers(30, 230, (3, 4, 3)), np.ones((30, 40, 1))).astype(np.uint8)
    else:
        tile[:] = 36
        tile[40:50, 20 : 40 + int(rng.integers(10, 90))] = 230


def test_everybody_is_known_from_the_first_frame() -> None:
    assert Call().show("abc") == "123"


def test_tiles_that_change_places_keep_their_students() -> None:
    call = Call()
    call.show("abcd")
    assert call.show("dbca") == "4231"


def test_those_who_stay_keep_their_numbers_when_one_leaves_and_all_tiles_move_up() -> None:
    call = Call()
    call.show("abcd")
    assert call.show("acd") == "134"


def test_who_comes_back_is_who_left() -> None:
    call = Call()
    call.show("abcd")
    call.show("acd", frames=20)
    assert call.show("abcd") == "1234"


def test_a_camera_off_and_on_again_is_the_same_student() -> None:
    call = Call()
    call.show("abc")
    assert call.show("abc", off="b", frames=5) == "123"
    assert call.show("abc") == "123"


def test_two_cards_that_change_places_are_told_apart_once_seen() -> None:
    call = Call()
    call.show("abcd", off="bc", frames=3)
    assert call.show("acbd", off="bc") == "1324"


def test_somebody_new_is_known_after_a_few_frames() -> None:
    call = Call()
    call.show("abc")
    assert call.show("abcx") == "123?"
    assert call.show("abcx", frames=2) == "1234"


def test_a_passing_pop_up_makes_no_student() -> None:
    call = Call()
    call.show("abc")
    call.show("abz")
    assert call.show("abc") == "123"
    assert call.show("abcy", frames=3) == "1234"


def test_a_face_has_the_student_of_its_tile() -> None:
    faces = [make_face(Box(10, 10, 30, 30), tile=1), make_face(Box(90, 10, 30, 30), tile=0)]
    assert StudentTracker().identify_faces(faces, [5, 6]) == [6, 5]


def test_of_two_faces_in_a_tile_the_likelier_is_its_student_and_the_other_somebody_else() -> None:
    tracker = StudentTracker()
    image = np.zeros((120, 200, 3), np.uint8)
    numbers = tracker.identify_tiles(image, [Tile(Box(0, 0, 200, 120), camera_on=True)])
    faces = [
        make_face(Box(10, 10, 30, 30), tile=0, score=0.7),
        make_face(Box(90, 10, 30, 30), tile=0, score=0.95),
    ]
    assert tracker.identify_faces(faces, numbers) == [2, 1]


def test_faces_without_tiles_are_followed_by_place() -> None:
    tracker = StudentTracker()
    left, right = Box(10, 10, 40, 40), Box(200, 10, 40, 40)
    assert tracker.identify_faces([make_face(left), make_face(right)], []) == [1, 2]
    moved = [make_face(right.shifted(-15, 5)), make_face(left.shifted(12, 0))]
    assert tracker.identify_faces(moved, []) == [2, 1]


def test_a_number_outlives_the_layout_when_the_tiles_are_lost_from_sight() -> None:
    call = Call()
    call.show("abc")
    faces = [make_face(Box(GAP + index * (WIDTH + GAP) + 60, 30, 40, 40)) for index in range(3)]
    numbers = call.tracker.identify_tiles(np.zeros((120, 600, 3), np.uint8), [])
    assert call.tracker.identify_faces(faces, numbers) == [1, 2, 3]
