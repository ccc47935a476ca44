"""A student keeps one number across moves, cameras off and on, leaving and coming back."""

import numpy as np

from fer_desktop.types import Box, FaceDetection, Merge, Tile
from fer_desktop.vision.identity import StudentTracker
from tests.fakes import make_face
from tests.unit.vision.identity.call import ADA_BO_CY, GAP, HEIGHT, WIDTH, Call, paint, paint_large


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


def test_two_cards_that_change_places_are_distinguished_once_seen() -> None:
    call = Call()
    call.show("abcd", off="bc", frames=3)
    assert call.show("acbd", off="bc") == "1324"


def test_a_newcomer_is_confirmed_after_a_few_frames() -> None:
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


class TestNames:
    def test_a_name_outweighs_appearance_and_position(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        assert call.show("cab", names=ADA_BO_CY, rooms="abc") == "312"

    def test_identical_cards_are_distinguished_by_their_names(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY, off="abc", rooms="xxx")
        assert call.show("bca", names=ADA_BO_CY, off="abc", rooms="xxx") == "231"

    def test_who_comes_back_in_another_room_is_known_by_name(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        call.show("ac", names=ADA_BO_CY, frames=5)
        assert call.show("acb", names=ADA_BO_CY, rooms="acx") == "132"

    def test_until_the_name_is_read_appearance_and_position_decide(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        assert call.show("bac") == "213"

    def test_a_newcomer_with_a_name_is_confirmed_at_once(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        assert call.show("abcd", names=ADA_BO_CY | {"d": "Dilan Kaya"}) == "1234"

    def test_a_newcomer_whose_name_is_not_read_yet_is_confirmed_later(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        call.show("ac", names=ADA_BO_CY, frames=5)
        assert call.show("acb", names={"a": "Ada Obi"}, rooms="acx", frames=5) == "13?"
        assert call.show("acb", names=ADA_BO_CY, rooms="acx") == "132"

    def test_a_newcomer_whose_label_is_never_read_is_confirmed_in_the_end(self) -> None:
        call = Call()
        call.show("ab", names=ADA_BO_CY)
        assert call.show("abx", names=ADA_BO_CY, frames=20) == "123"

    def test_a_newcomer_whose_label_is_still_to_be_read_waits_for_it(self) -> None:
        call = Call()
        call.show("ab", names=ADA_BO_CY)
        assert call.show("abx", names=ADA_BO_CY, awaited="x", frames=60) == "12?"
        assert call.show("abx", names=ADA_BO_CY | {"x": "Xi Wang"}) == "123"

    def test_it_does_not_wait_for_ever(self) -> None:
        call = Call()
        call.show("ab", names=ADA_BO_CY)
        assert call.show("abx", names=ADA_BO_CY, awaited="x", frames=160) == "123"

    def test_a_card_whose_label_is_still_to_be_read_is_nobody_else_meanwhile(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY, off="bc", rooms="axx")
        call.show("ab", names=ADA_BO_CY, off="b", rooms="ax", frames=5)
        assert call.show("abd", names=ADA_BO_CY, off="bd", rooms="axx", awaited="d", frames=60) == "12?"
        assert call.show("abd", names=ADA_BO_CY | {"d": "Dilan Kaya"}, off="bd", rooms="axx") == "124"

    def test_two_students_of_one_name_are_distinguished_by_appearance_and_position(self) -> None:
        call = Call()
        names = {"a": "Ana Silva", "b": "Ana Silva", "c": "Cy Tanaka"}
        assert call.show("abc", names=names) == "123"
        assert call.show("cba", names=names) == "321"

    def test_a_slip_of_the_reader_makes_no_new_student(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY, frames=3)
        assert call.show("bac", names=ADA_BO_CY | {"b": "Bo Lindqwist"}) == "213"
        assert call.tracker.name_of(2) == "Bo Lindqvist"

    def test_a_cut_name_is_that_of_the_whole_one(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY | {"b": "Bo Lindq…"}, frames=5)
        assert call.show("bac", names=ADA_BO_CY) == "213"
        assert call.tracker.name_of(2) == "Bo Lindqvist"

    def test_who_renames_themselves_stays_who_they_are(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY, frames=20)
        renamed = ADA_BO_CY | {"b": "Someone Else"}
        assert call.show("abc", names=renamed) == "123"
        call.show("abc", names=renamed, frames=40)
        assert call.tracker.name_of(2) == "Someone Else"
        assert call.show("bc", names=renamed, off="b", rooms="xc") == "23", "known by the new name elsewhere"
        assert call.show("bc", names=ADA_BO_CY, rooms="yc") == "23", "and by the old one"

    def test_a_card_that_was_misread_and_is_read_again_is_the_same_student(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY | {"b": "Bo Lindq"}, off="b", frames=3)
        assert call.show("abc", names=ADA_BO_CY | {"b": "Robert"}, off="b") == "123"

    def test_the_speaker_shown_large_is_no_newcomer(self) -> None:
        call = Call()
        call.show("abcde", names=ADA_BO_CY)
        image = np.full((400, 5 * (WIDTH + GAP) + GAP, 3), 26, np.uint8)
        tiles = []
        for index, person in enumerate("abcde"):
            box = Box(GAP + index * (WIDTH + GAP), GAP, WIDTH, HEIGHT)
            paint(image, box, person, camera_on=True)
            tiles.append(Tile(box, camera_on=True, name=ADA_BO_CY.get(person)))
        for speaker in ("Ada Obi", "Cy Tanaka", "Ada Obi"):
            large = Tile(Box(200, 120, 2 * WIDTH, 2 * HEIGHT), camera_on=True, name=speaker)
            paint_large(image, large.box, speaker[0].lower())
            for _ in range(20):
                assert call.tracker.identify_tiles(image, [*tiles, large]) == [1, 2, 3, 4, 5, None]
                call.tracker.identify_faces([], [])

    def test_cards_of_a_turned_page_have_no_student_until_their_names_are_read(self) -> None:
        call = Call()
        first = {person: f"First {person * 6}" for person in "abcdef"}
        second = {person: f"Second {person * 6}" for person in "ghijkl"}
        call.show("abcdef", names=first, off="abcdef", rooms="zzzzzz")
        assert call.show("ghijkl", off="ghijkl", rooms="yyyyyy", frames=3) == "??????"
        half = {person: second[person] for person in "ghi"}
        assert call.show("ghijkl", names=half, off="ghijkl", rooms="yyyyyy", frames=2) == "789???"
        assert call.tracker.out_of_view == {1, 2, 3, 4, 5, 6}

    def test_a_slip_may_be_another_person_where_nothing_else_agrees(self) -> None:
        call = Call()
        names = {"a": "Muhammad Rahman", "b": "Bo Lindqvist"}
        call.show("ab", names=names)
        call.show("b", names=names)
        assert call.show("bc", names=names | {"c": "Mohammad Rahman"}) == "23"

    def test_another_name_and_room_at_a_known_position_is_a_newcomer(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        assert call.show("adc", names=ADA_BO_CY | {"d": "Dilan Kaya"}) == "143"

    def test_a_nameless_newcomer_turns_out_to_be_one_who_had_left(self) -> None:
        call = Call()
        call.show("abc", names=ADA_BO_CY)
        call.show("ac", names=ADA_BO_CY, frames=5)
        assert call.show("acb", names={"a": "Ada Obi"}, rooms="acx", frames=20) == "134"
        assert call.tracker.take_merges() == ()
        assert call.show("acb", names=ADA_BO_CY, rooms="acx") == "132"
        assert call.tracker.take_merges() == (Merge(4, 2),)
        assert call.show("acb", rooms="acx") == "132", "and what was learnt of the look is kept"


ADA_BO = {"a": "Ada Obi", "b": "Bo Lindqvist"}


class TestStudentWhoseNameIsNeverReadInThePicture:
    """Its card, in larger letters, may be read all the same."""

    def test_is_the_same_student_once_the_camera_is_off(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        assert call.show("abcd", names=ADA_BO, off="c", frames=5) == "12?4", "its name may tell"
        assert call.show("abcd", names=ADA_BO_CY, off="c") == "1234"

    def test_is_so_too_where_cards_move_to_the_end(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        assert call.show("abdc", names=ADA_BO, off="c", frames=5) == "124?"
        assert call.show("abdc", names=ADA_BO_CY, off="c") == "1243"

    def test_is_so_too_when_the_call_was_under_another_window_meanwhile(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        call.show("    ", hidden=[Box(0, 0, 1000, 1000)], frames=50)
        assert call.show("abcd", names=ADA_BO, off="c", frames=5) == "12?4"
        assert call.show("abcd", names=ADA_BO_CY, off="c") == "1234"

    def test_is_so_too_where_the_card_is_not_read_either(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        call.show("    ", hidden=[Box(0, 0, 1000, 1000)], frames=50)
        assert call.show("abcd", names=ADA_BO, off="c", frames=20) == "1234"

    def test_is_another_one_than_who_comes_after_they_left(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        call.show("abd", names=ADA_BO, frames=5)
        assert call.show("abde", names=ADA_BO | {"e": "Eve Stone"}, off="e") == "1245"

    def test_is_another_one_than_who_stands_there_on_the_next_page(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        others = {"e": "Eve Stone", "f": "Fay Wu", "g": "Gil Roy", "h": "Hal Orr"}
        call.show("efgh", off="g", frames=3)
        assert call.show("efgh", names=others, off="g") == "5678"

    def test_is_another_one_than_who_is_in_another_room(self) -> None:
        call = Call()
        call.show("abcd", names=ADA_BO, frames=5)
        assert call.show("abed", names=ADA_BO | {"e": "Eve Stone"}) == "1254"


def test_pages_turned_back_and_forth_show_who_they_showed() -> None:
    call = Call()
    assert call.show("abcd") == "1234"
    assert call.show("efgh", frames=3) == "5678"
    assert call.show("abcd") == "1234"
    assert call.show("efgh") == "5678"


def test_a_window_of_another_size_shows_the_same_students() -> None:
    call = Call()
    call.show("abc")
    image = np.full((300, 1100, 3), 26, np.uint8)
    tiles = [Tile(Box(100 + index * 330, 50, 320, 180), camera_on=True) for index in range(3)]
    for tile, person in zip(tiles, "abc", strict=True):
        paint_large(image, tile.box, person)
    assert call.tracker.identify_tiles(image, tiles) == [1, 2, 3]


class TestMergingByTheTeacher:
    def test_from_then_on_both_are_the_second(self) -> None:
        call = Call()
        call.show("abc")
        call.tracker.merge(Merge(3, 1))
        assert call.show("bc") == "21"
        assert call.tracker.take_merges() == (), "nothing that was found out"

    def test_a_second_number_may_become_the_same_student(self) -> None:
        call = Call()
        call.show("abcd")
        call.tracker.merge(Merge(3, 1))
        call.tracker.merge(Merge(2, 1))
        assert [call.show(person) for person in "bcd"] == ["1", "1", "4"]

    def test_who_was_out_of_view_under_the_old_number_is_it_under_the_new_one(self) -> None:
        call = Call()
        call.show("abcdef")
        call.show("ab")
        call.tracker.merge(Merge(6, 1))
        call.show("cd")
        assert 6 not in call.tracker.out_of_view

    def test_merging_an_unknown_number_changes_nothing(self) -> None:
        call = Call()
        call.show("abc")
        call.tracker.merge(Merge(9, 1))
        assert call.show("abc") == "123"


def test_a_face_has_the_student_of_its_tile() -> None:
    faces = [make_face(Box(10, 10, 30, 30), tile=1), make_face(Box(90, 10, 30, 30), tile=0)]
    assert StudentTracker().identify_faces(faces, [5, 6]) == [6, 5]


def test_of_two_faces_in_a_tile_the_better_scored_is_its_student_and_the_other_another() -> None:
    tracker = StudentTracker()
    image = np.zeros((120, 200, 3), np.uint8)
    numbers = tracker.identify_tiles(image, [Tile(Box(0, 0, 200, 120), camera_on=True)])
    faces = [
        make_face(Box(10, 10, 30, 30), tile=0, score=0.7),
        make_face(Box(90, 10, 30, 30), tile=0, score=0.95),
    ]
    assert tracker.identify_faces(faces, numbers) == [2, 1]


def test_beside_a_student_only_who_stays_is_another_one() -> None:
    tracker, image = StudentTracker(), np.zeros((120, 200, 3), np.uint8)
    tiles = [Tile(Box(0, 0, 200, 120), camera_on=True)]
    sits, beside = make_face(Box(90, 10, 30, 30), tile=0, score=0.95), make_face(Box(10, 10, 30, 30), tile=0, score=0.7)

    def show(*faces: FaceDetection, frames: int) -> list[int | None]:
        for _ in range(frames):
            numbers = tracker.identify_faces(faces, tracker.identify_tiles(image, tiles))
        return numbers

    assert show(sits, frames=5) == [1]
    assert show(sits, beside, frames=20) == [1, None]
    assert show(sits, frames=5) == [1], "who passed is forgotten"
    assert show(sits, beside, frames=40) == [1, None]
    show(sits, frames=2)
    assert show(sits, beside, frames=10) == [1, 2], "who was not found for a moment is not"


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
