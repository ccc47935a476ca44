"""Faces outside of tiles keep a student's number only where they can be that student's; second faces get none."""

from collections.abc import Sequence

import numpy as np

from fer_desktop.types import Box, FaceDetection, Merge, Tile
from fer_desktop.vision.identity import StudentTracker
from fer_desktop.vision.identity.sighting import place_tiles
from tests.fakes import make_face

WIDTH, HEIGHT = 320, 180
NOBODY = None
A_WHILE = 100


class Gallery:
    """A call whose tiles have names, three in a row. A face is 60 pixels wide, and each student's at a place of its own
    in the tile.
    """

    def __init__(self) -> None:
        self.tracker = StudentTracker()

    def show(
        self, order: str, *untiled: FaceDetection, frames: int = 1, size: float = 1.0, faces: str | None = None
    ) -> list[int | None]:
        """Shows the tiles, one letter a student, a space for none, and returns the numbers of the other faces.

        `size`: of the tiles. `faces`: of whom a face is found, if not of all.
        """
        places = {letter: Box(*_corner(index, size), WIDTH * size, HEIGHT * size) for index, letter in enumerate(order)}
        tiles = [
            Tile(box, camera_on=True, name=f"Name {letter * 5}") for letter, box in places.items() if letter != " "
        ]
        shown = [letter for letter in places if letter != " "]
        found = [
            make_face(face_of(letter, places[letter]), tile=index)
            for index, letter in enumerate(shown)
            if letter in (shown if faces is None else faces)
        ]
        return self._show(tiles, found, untiled, frames)

    def lose(self, *untiled: FaceDetection, frames: int = 1) -> list[int | None]:
        """Shows no tiles, and these faces; returns their numbers."""
        return self._show([], [], untiled, frames)

    def _show(
        self, tiles: Sequence[Tile], found: Sequence[FaceDetection], others: Sequence[FaceDetection], frames: int
    ) -> list[int | None]:
        sightings = place_tiles(tiles, [np.zeros(0, np.float32)] * len(tiles))
        for _ in range(frames):
            students = self.tracker.identify_sightings(sightings)
            numbers = self.tracker.identify_faces([*found, *others], students)
        return numbers[len(found) :]

    def number_of(self, letter: str) -> int:
        return {self.tracker.name_of(number): number for number in range(1, 20)}[f"Name {letter * 5}"]


def _corner(index: int, size: float = 1.0) -> tuple[float, float]:
    return 10 + index % 3 * (WIDTH + 8) * size, 10 + index // 3 * (HEIGHT + 8) * size


def face_of(letter: str, tile: Box) -> Box:
    scale = tile.width / WIDTH
    return Box(tile.x + (110 + ord(letter) % 5 * 10) * scale, tile.y + 60 * scale, 60 * scale, 60 * scale)


def faces_at(order: str) -> list[FaceDetection]:
    """Where the faces of a gallery in that order are."""
    return [
        make_face(face_of(letter, Box(*_corner(index), WIDTH, HEIGHT)))
        for index, letter in enumerate(order)
        if letter != " "
    ]


def large(width: float = 200, *, dx: float = 0.0) -> FaceDetection:
    """A face in the middle of the window."""
    return make_face(Box(500 - width / 2 + dx, 290 - width / 2, width, width))


NINE = "abcdefghi"


class TestWhoSpeaksIsShownAlone:
    def test_is_nobody_as_they_may_be_anybody(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        assert call.lose(large(), frames=A_WHILE) == [NOBODY]
        assert call.lose(large(180, dx=30), frames=A_WHILE) == [NOBODY]

    def test_is_so_too_where_they_sit_far_from_the_camera(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        call.lose(large(), frames=A_WHILE)
        assert call.lose(large(60), frames=A_WHILE) == [NOBODY]

    def test_is_so_too_beside_somebody_else(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        assert call.lose(large(dx=-150), large(dx=150), frames=A_WHILE) == [NOBODY, NOBODY]

    def test_is_so_too_where_tiles_had_been_lost_before(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        call.lose(*faces_at(NINE), frames=5)
        call.show(NINE, frames=20)
        assert call.lose(large(), frames=A_WHILE) == [NOBODY]

    def test_is_so_too_where_their_face_is_like_that_of_the_middle_tile(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        assert call.lose(*faces_at("    e"), frames=A_WHILE) == [NOBODY]

    def test_is_a_student_where_the_call_began_so(self) -> None:
        """As in a lesson with one student."""
        call = Gallery()
        assert call.lose(large(), frames=5) == [1]

    def test_is_a_student_where_hardly_anybody_else_can_be_meant(self) -> None:
        call = Gallery()
        call.show("a", frames=20)
        assert call.lose(large(), frames=5) != [NOBODY]

    def test_everybody_is_who_they_were_when_the_gallery_is_back(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        numbers = [call.number_of(letter) for letter in NINE]
        call.lose(large(), frames=A_WHILE)
        call.show(NINE)
        assert call.lose(*faces_at(NINE)) == numbers


class TestFilmBesideTheTiles:
    def test_its_faces_are_nobodys_however_large(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        call.show("abc", frames=A_WHILE, size=0.5)
        out_of_view = {call.number_of(letter) for letter in "defghi"}
        for width in (40, 60, 200):
            (number,) = call.show("abc", large(width), frames=A_WHILE, size=0.5)
            assert number not in out_of_view
        assert call.show("abc", large(200), frames=A_WHILE, size=0.5) == [NOBODY]

    def test_is_nobody_from_the_first_frame_on(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        middle = faces_at("    e")[0]
        assert call.show("abc", middle, size=0.5) == [NOBODY], "where the middle tile was"


class TestLostLayout:
    def test_faces_are_recalled_where_they_were(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        numbers = [call.number_of(letter) for letter in NINE]
        assert call.lose(*faces_at(NINE)) == numbers

    def test_a_new_order_counts_when_it_is_lost_again(self) -> None:
        call = Gallery()
        call.show("abcd", frames=20)
        call.lose(*faces_at("abcd"), frames=20)
        call.show("badc", frames=A_WHILE)
        numbers = [call.number_of(letter) for letter in "badc"]
        assert call.lose(*faces_at("badc"), frames=20) == numbers

    def test_a_face_that_was_followed_elsewhere_is_recalled_before_an_older_one(self) -> None:
        call = Gallery()
        place = faces_at("    e")[0]
        call.show("abc", place, frames=A_WHILE)
        call.show(NINE, frames=A_WHILE)
        assert call.lose(*faces_at(NINE)) == [call.number_of(letter) for letter in NINE]

    def test_who_looked_away_meanwhile_is_recalled_later(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        call.lose(*faces_at("abcd"), frames=A_WHILE)
        assert call.lose(*faces_at(NINE)) == [call.number_of(letter) for letter in NINE]

    def test_a_face_alone_is_recalled_where_only_two_can_be_meant(self) -> None:
        call = Gallery()
        call.show("ab", frames=20)
        assert call.lose(*faces_at(" b")) == [call.number_of("b")]

    def test_the_only_face_of_before_is_recalled_at_once_or_not_at_all(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20, faces="e")
        (face,) = faces_at("    e")
        assert call.lose(face, frames=A_WHILE) == [call.number_of("e")]
        call.show(NINE, frames=20, faces="e")
        call.lose(frames=A_WHILE)
        assert call.lose(face, frames=A_WHILE) == [NOBODY]

    def test_who_left_before_is_not_recalled(self) -> None:
        call = Gallery()
        call.show("abcdef", frames=20)
        call.show("abcde ", frames=A_WHILE)
        *known, unknown = call.lose(*faces_at("abcdef"), frames=5)
        assert known == [call.number_of(letter) for letter in "abcde"]
        assert unknown not in {NOBODY, call.number_of("f")}

    def test_a_face_of_another_size_is_not_theirs(self) -> None:
        call = Gallery()
        call.show("abcdef", frames=20)
        *faces, last = faces_at("abcdef")
        twice = make_face(Box(last.box.x - 30, last.box.y - 30, 120, 120))
        assert call.lose(*faces, twice, frames=5)[-1] == NOBODY

    def test_one_tile_that_is_missed_is_still_its_students(self) -> None:
        call = Gallery()
        call.show(NINE, frames=20)
        (face,) = faces_at("    e")
        assert call.show("abcd fghi", face, frames=A_WHILE) == [call.number_of("e")]


class TestSecondFaceInATile:
    BESIDE = Box(260, 60, 50, 50)

    def beside(self, index: int, **score: float) -> FaceDetection:
        left, top = _corner(index)
        return make_face(self.BESIDE.shifted(left, top), tile=index, **score)

    def test_is_never_a_student_who_had_a_tile(self) -> None:
        call = Gallery()
        call.show("abcd", frames=20)
        call.lose(*faces_at("abcd"), frames=20)
        call.show("acd", frames=A_WHILE)
        left, top = _corner(1)
        near = make_face(face_of("b", Box(left, top, WIDTH, HEIGHT)).shifted(50, 0), tile=1, score=0.5)
        assert call.show("acd", near, frames=20) == [NOBODY]
        assert call.show("acd", near, frames=A_WHILE) == [5]

    def test_keeps_the_number_while_the_tiles_are_lost(self) -> None:
        call = Gallery()
        call.show("abcd", frames=20)
        assert call.show("abcd", self.beside(3, score=0.5), frames=A_WHILE) == [5]
        alone = make_face(self.beside(3).box)
        assert call.lose(*faces_at("abcd"), alone, frames=5)[-1] == 5
        assert call.show("abcd", self.beside(3, score=0.5)) == [5]

    def test_is_followed_as_whom_the_teacher_says_it_is(self) -> None:
        """A picture on the wall that was taken for another student."""
        call = Gallery()
        call.show("abcd", frames=20)
        call.show("abcd", self.beside(3, score=0.5), frames=A_WHILE)
        call.tracker.merge(Merge(5, call.number_of("d")))
        assert call.show("abcd", self.beside(3, score=0.5), frames=A_WHILE) == [call.number_of("d")]
