"""A student who is not shown is out of view where nothing proves that they have left."""

import numpy as np

from fer_desktop.types import Box, Merge
from tests.fakes import make_face
from tests.unit.vision.identity.call import ADA_BO_CY, WIDTH, Call, place


class TestUnderAnotherWindow:
    """As when the teacher keeps a window over the edge of the call."""

    def test_who_is_covered_has_not_left(self) -> None:
        call = Call()
        call.show("abcdef", frames=5)
        assert call.show("abcd  ", hidden=[place(5)], frames=60) == "1234"
        assert call.tracker.out_of_view == {6}, "and the fifth, in front of whom nothing is, has left"
        call.show("abcd  ", frames=2)
        assert call.tracker.out_of_view == set()

    def test_who_had_left_before_is_not_in_view_for_it(self) -> None:
        call = Call()
        call.show("abcdef", frames=5)
        call.show("abcde ", frames=60)
        call.show("abcde ", hidden=[place(5)], frames=5)
        assert call.tracker.out_of_view == set()

    def test_a_half_covered_tile_is_inconclusive_unless_a_face_is_seen_in_it(self) -> None:
        call = Call()
        call.show("abc", frames=5)
        half = Box(place(2).x + 70, 0, 200, 200)
        call.show("abc", hidden=[half], faces="abc")
        assert call.tracker.out_of_view == set()
        call.show("abc", hidden=[half], faces="ab")
        assert call.tracker.out_of_view == {3}

    def test_two_windows_over_the_same_third_cover_no_more_than_one(self) -> None:
        call = Call()
        call.show("abc", frames=5)
        third = Box(place(2).x, 0, WIDTH / 3, 200)
        call.show("abc", hidden=[third, third])
        assert call.tracker.out_of_view == set()

    def test_a_covered_tile_shows_no_newcomer(self) -> None:
        call = Call()
        call.show("abc", frames=5)
        assert call.show("abz", hidden=[place(2)], frames=60, names=ADA_BO_CY | {"z": "Zed Ali"}) == "12?"


class TestOutOfView:
    def test_those_on_another_page_have_not_left(self) -> None:
        call = Call()
        call.show("abcdef")
        assert call.tracker.out_of_view == set()
        call.show("ghijkl", frames=3)
        assert call.tracker.out_of_view == {1, 2, 3, 4, 5, 6}
        call.show("abcdef")
        assert call.tracker.out_of_view == {7, 8, 9, 10, 11, 12}

    def test_students_are_out_of_view_while_a_shared_screen_leaves_room_for_few_tiles(self) -> None:
        call = Call()
        call.show("abcdef")
        call.show("ab", frames=5)
        assert call.tracker.out_of_view == {3, 4, 5, 6}

    def test_who_is_moved_to_the_next_page_as_another_takes_their_place_has_not_left(self) -> None:
        call = Call()
        page = "abcdefghi"
        names = {person: f"Name {person * 5}" for person in page + "jk"}
        call.show(page, names=names, frames=20)
        assert call.show("abcdefghj", names=names) == "1234567810"
        assert call.tracker.out_of_view == {9}
        call.show("abcdefghj", names=names, frames=700)
        assert call.tracker.out_of_view == {9}
        call.show(page, names=names, frames=20)
        assert call.tracker.out_of_view == {10}

    def test_is_so_too_while_the_new_name_is_not_read_yet(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY, frames=20)
        call.show("abd", names=ADA_BO_CY, awaited="d", frames=60)
        assert call.tracker.out_of_view == {3}

    def test_is_so_too_where_their_tile_vanishes_a_second_earlier(self) -> None:
        call = Call()
        call.show("abcd", frames=20)
        call.show("abc", frames=5)
        call.show("abce", frames=60)
        assert call.tracker.out_of_view == {4}

    def test_who_left_before_another_came_has_left(self) -> None:
        call = Call()
        call.show("abcd", frames=20)
        call.show("abc", frames=20)
        call.show("abce", frames=60)
        assert call.tracker.out_of_view == set()

    def test_a_tile_that_flashes_up_takes_no_place(self) -> None:
        call = Call()
        call.show("abcd", frames=20)
        call.show("abc", frames=3)
        call.show("abcz", frames=2)
        call.show("abc", frames=60)
        assert call.tracker.out_of_view == set()

    def test_who_leaves_while_a_tile_is_missed_has_left(self) -> None:
        call = Call()
        call.show("abcdef", frames=20)
        call.show("abcdf", frames=2)
        call.show("abcde", frames=60)
        assert call.tracker.out_of_view == set(), "five tiles as in the frames before, in which one was not found"

    def test_one_for_whom_a_strip_has_no_room_has_not_left(self) -> None:
        call = Call()
        call.show("abcd", frames=20)
        call.show_small("abc", frames=60)
        assert call.tracker.out_of_view == {4}

    def test_who_leaves_and_makes_room_for_larger_tiles_has_left(self) -> None:
        call = Call()
        call.show_small("abcd", frames=20)
        call.show("abc", frames=60)
        assert call.tracker.out_of_view == set()

    def test_who_is_merged_with_another_is_judged_as_that_student(self) -> None:
        call = Call()
        call.show("abcd", frames=20)
        call.tracker.merge(Merge(4, 7))
        call.show("abce", frames=60)
        assert call.tracker.out_of_view == {7}

    def test_one_or_two_who_go_have_left(self) -> None:
        call = Call()
        call.show("abcdef")
        call.show("abcd", frames=5)
        assert call.tracker.out_of_view == set()

    def test_whoever_has_a_tile_again_is_judged_by_it(self) -> None:
        call = Call()
        call.show("abc", frames=5)
        faces = [make_face(Box(place(index).x + 60, 20, 40, 40)) for index in range(3)]
        blank = np.zeros((120, 600, 3), np.uint8)
        for found in (faces, []):
            call.tracker.identify_faces(found, call.tracker.identify_tiles(blank, []))
        assert call.tracker.out_of_view == {1, 2, 3}
        call.show("abc")
        assert call.tracker.out_of_view == set()
        call.show("ab", frames=5)
        assert call.tracker.out_of_view == set(), "and the third has left"
