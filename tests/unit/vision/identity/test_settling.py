"""At the end of a session, numbers that are no students of their own are joined with one, or dropped."""

from typing import Self

import numpy as np
import pytest

from fer_desktop.types import Box, Settlement
from fer_desktop.vision.identity.settling import settle_students
from fer_desktop.vision.identity.student import Student

FRAMES_A_SECOND = 5.0
LESSON_S = 600
NAMES = ("Ann Lee", "Zoë Kim", "Cem Ray")


class Track:
    """A student's track, built second by second."""

    def __init__(self, number: int, *, name: str | None = None, room: int | None = None, place: int = 0) -> None:
        self.student = Student(number, place_of(place))
        self.place = place
        if room is not None:
            self.student.appearances[True].append(look_of(room))
        if name is not None:
            self.student.names[name] = 100

    def sure_from(self, at_s: float) -> Self:
        """A card without a name until then."""
        self.student.sure_frame = round(at_s * FRAMES_A_SECOND)
        return self

    def seen(self, from_s: float, to_s: float, *, place: int | None = None) -> Self:
        box = place_of(self.place if place is None else place)
        for frame in range(round(from_s * FRAMES_A_SECOND), round(to_s * FRAMES_A_SECOND)):
            self.student.see(box, frame)
        return self


def place_of(place: int) -> Box:
    return Box(10 + 170 * place, 10, 160, 90)


def look_of(room: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.random.default_rng(room).random(288).astype(np.float32)


def settle(*tracks: Track) -> list[Settlement]:
    newest_frame = round(LESSON_S * FRAMES_A_SECOND) - 1
    students = [track.student for track in tracks]
    return list(settle_students(students, newest_frame=newest_frame, frames_a_second=FRAMES_A_SECOND))


def whole(number: int, **known: object) -> Track:
    """A student who is in view from the start to the end."""
    return Track(number, place=number, **known).seen(0, LESSON_S)  # type: ignore[arg-type]


def interrupted(number: int, **known: object) -> Track:
    """A student who is not in view from second 100 to 120."""
    return Track(number, place=number, **known).seen(0, 100).seen(120, LESSON_S)  # type: ignore[arg-type]


class TestJoining:
    def test_who_appears_where_a_student_vanished_is_that_student(self) -> None:
        brief = Track(9, place=2).seen(100, 120)
        assert settle(whole(1), interrupted(2), interrupted(3), brief) == [Settlement(9, 2)]

    def test_who_vanishes_where_a_student_appears_is_that_student(self) -> None:
        returned = Track(2, place=5).seen(0, 100).seen(120, LESSON_S, place=4)
        assert settle(whole(1), returned, Track(9, place=4).seen(105, 119.5)) == [Settlement(9, 2)]

    def test_who_looks_like_a_student_who_was_missing_is_that_student_wherever_they_are(self) -> None:
        brief = Track(9, place=7, room=3).seen(105, 115)
        assert settle(interrupted(2, room=2), interrupted(3, room=3), brief) == [Settlement(9, 3)]

    def test_a_name_decides_before_looks_and_place(self) -> None:
        brief = Track(9, name="Zoë Kim", room=1, place=1).seen(100, 120)
        students = interrupted(1, name="Ann Lee", room=1), interrupted(2, name="Zoë Kim", room=2)
        assert settle(*students, brief) == [Settlement(9, 2)]

    def test_who_was_in_view_at_the_same_time_is_somebody_else(self) -> None:
        brief = Track(9, room=1, place=7).seen(50, 70)
        assert Settlement(9, 1) not in settle(whole(1, room=1), whole(2), brief)

    def test_two_tiles_for_a_moment_are_one_student_where_look_and_place_agree(self) -> None:
        brief = Track(9, room=2, place=2).seen(98.5, 120)
        assert settle(whole(1), interrupted(2, room=2), brief) == [Settlement(9, 2)]

    def test_but_not_where_only_the_place_agrees(self) -> None:
        brief = Track(9, room=7, place=2).seen(98.5, 120)
        assert Settlement(9, 2) not in settle(whole(1), interrupted(2, room=2), brief)

    def test_two_in_a_row_become_the_student_who_was_missing(self) -> None:
        became = {each.student: each.into for each in settle(whole(1), interrupted(2), *brief_in_a_row())}
        assert became[9] == 2
        assert became[8] in (2, 9)

    def test_who_was_there_at_the_start_without_a_name_is_who_first_appears_as_they_vanish(self) -> None:
        moved = Track(2, name="Zoë Kim", place=4).seen(9, LESSON_S)
        assert settle(whole(1), moved, Track(9, place=7).seen(0, 10)) == [Settlement(9, 2)]

    def test_where_two_first_appear_together_neither_is_taken_for_who_vanishes(self) -> None:
        arrivals = Track(2, place=4).seen(10, LESSON_S), Track(3, place=5).seen(11, LESSON_S)
        assert settle(whole(1), *arrivals, Track(9, place=7).seen(0, 10)) == []

    def test_who_has_another_name_is_not_who_vanishes(self) -> None:
        moved = Track(2, name="Zoë Kim", place=4).seen(10, LESSON_S)
        assert settle(whole(1), moved, Track(9, name="Ann Lee", place=7).seen(0, 10)) == []


class TestNamesakes:
    def test_who_was_never_in_view_together_is_one_student_however_long(self) -> None:
        first, second = Track(2, name="Zoë Kim").seen(0, 200), Track(3, name="Zoë Kim", place=1).seen(250, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), first, second) == [Settlement(2, 3)]

    def test_also_where_one_had_been_the_card_of_somebody_else_until_its_name_was_read(self) -> None:
        first = Track(2, name="Zoë Kim").seen(0, 200)
        second = Track(3, name="Zoë Kim", place=1).seen(100, LESSON_S).sure_from(201)
        assert settle(whole(1, name="Ann Lee"), first, second) == [Settlement(2, 3)]

    def test_two_who_were_in_view_together_are_two(self) -> None:
        first, second = Track(2, name="Zoë Kim").seen(0, 300), Track(3, name="Zoë Kim", place=1).seen(250, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), first, second) == []

    def test_a_name_that_was_read_a_few_times_only_joins_nobody(self) -> None:
        first, second = Track(2, name="Zoë Kim").seen(0, 200), Track(3, name="Zoë Kim", place=1).seen(250, LESSON_S)
        first.student.names["Zoë Kim"] = 3
        assert settle(whole(1, name="Ann Lee"), first, second) == []


class TestNamelessForLong:
    def test_who_looks_like_a_student_who_was_not_there_then_is_that_student(self) -> None:
        nameless, named = Track(2, room=5).seen(0, 110), Track(3, name="Zoë Kim", room=5, place=1).seen(300, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), nameless, named) == [Settlement(2, 3)]

    def test_whose_room_nobody_else_has_is_kept(self) -> None:
        nameless, named = Track(2, room=5).seen(0, 110), Track(3, name="Zoë Kim", room=6, place=1).seen(300, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), nameless, named) == []


class TestTilesThatWereNotReadYet:
    def test_who_vanished_before_their_name_was_read_is_dropped_where_somebody_is_read_only_later(self) -> None:
        nameless, read_later = Track(9, place=7).seen(0, 27), Track(2, name="Zoë Kim", place=4).seen(44, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), nameless, read_later) == [Settlement(9, None)]

    def test_also_where_that_number_had_been_the_card_of_somebody_else_before(self) -> None:
        read_later = Track(2, name="Zoë Kim", place=4).seen(0, LESSON_S).sure_from(44)
        somebody_else = Track(3, name="Cem Ray", place=5).seen(44, LESSON_S)
        nameless = Track(9, place=7).seen(0, 27)
        assert settle(whole(1, name="Ann Lee"), read_later, somebody_else, nameless) == [Settlement(9, None)]

    def test_who_was_there_beside_the_card_that_was_read_later_is_kept(self) -> None:
        read_later = Track(2, name="Zoë Kim", place=4).seen(0, LESSON_S).sure_from(44)
        assert settle(whole(1, name="Ann Lee"), read_later, Track(9, place=7).seen(0, 27)) == []

    def test_a_moment_for_which_a_card_was_taken_for_theirs_again_does_not_count(self) -> None:
        nameless = Track(9, place=7).seen(0, 27).seen(580, 582)
        read_later = Track(2, name="Zoë Kim", place=4).seen(44, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), nameless, read_later) == [Settlement(9, None)]

    def test_the_place_alone_does_not_make_it_the_student_who_had_another_card_then(self) -> None:
        other = Track(2, name="Zoë Kim").seen(0, 90, place=5).seen(101, LESSON_S, place=2).sure_from(101)
        nameless = Track(9, place=2).seen(60, 100)
        assert settle(whole(1, name="Ann Lee"), other, nameless) == [Settlement(9, None)]

    def test_one_student_explains_one_of_two_who_were_there_together(self) -> None:
        nameless = Track(8, place=6).seen(0, 20), Track(9, place=7).seen(0, 27)
        read_later = Track(2, name="Zoë Kim", place=4).seen(44, LESSON_S)
        assert settle(whole(1, name="Ann Lee"), *nameless, read_later) == [Settlement(8, None)]

    def test_where_everybody_was_known_before_who_was_there_at_the_start_is_kept(self) -> None:
        nameless = Track(9, place=7).seen(0, 27)
        assert settle(whole(1, name="Ann Lee"), whole(2, name="Zoë Kim"), nameless) == []


def brief_in_a_row() -> tuple[Track, Track]:
    return Track(8, place=2).seen(100, 105), Track(9, place=2).seen(105, 112)


class TestDropping:
    def test_who_is_there_for_a_few_seconds_and_is_nobody_known_is_dropped(self) -> None:
        assert settle(whole(1), whole(2), Track(9, place=7).seen(50, 54)) == [Settlement(9, None)]

    def test_who_is_there_for_longer_while_nobody_is_missing_is_dropped_too(self) -> None:
        assert settle(whole(1), whole(2), Track(9, place=7).seen(50, 90)) == [Settlement(9, None)]

    def test_a_second_view_of_a_student_is_dropped(self) -> None:
        large = Track(9, name="Ann Lee", place=7).seen(50, 90)
        assert settle(whole(1, name="Ann Lee"), whole(2), large) == [Settlement(9, None)]


@pytest.mark.parametrize(
    "visitor",
    [
        Track(9, name="Mia Roy", place=7).seen(50, 90),
        Track(9, place=7).seen(LESSON_S - 30, LESSON_S),
        Track(9, place=7).seen(0, 6),
        Track(9, place=7).seen(100, 161),
    ],
    ids=["who has a name of their own", "who stays to the end", "who was there at the start", "who is there a minute"],
)
def test_a_visitor_is_kept(visitor: Track) -> None:
    assert settle(whole(1, name="Ann Lee"), whole(2, name="Zoë Kim"), visitor) == []


def test_who_may_be_somebody_who_was_missing_is_kept() -> None:
    assert settle(whole(1), interrupted(2), Track(9, place=7).seen(102, 119)) == []


def test_tracks_of_one_number_by_tile_and_by_face_are_one() -> None:
    by_tile, by_face = Track(1).seen(0, 40), Track(1).seen(50, LESSON_S)
    assert settle(by_tile, by_face, whole(2)) == []


def test_without_anybody_nothing_is_settled() -> None:
    assert settle() == []
