"""What is counted in a frame, and how changes of the layout are timed."""

from dataclasses import replace

import pytest

from fer_desktop.bench.gallery.names import fold_name
from fer_desktop.bench.gallery.scores import (
    LayoutWatch,
    Measure,
    Ratio,
    Seen,
    add_scores,
    find_misread,
    score_boxes,
    score_names,
)
from fer_desktop.types import Box, Tile, TileReading
from tests.fakes import make_presence
from tests.unit.bench.galleries import make_truth, see, see_face

NOTHING = Seen((), ())


def test_a_frame_without_errors_is_flawless() -> None:
    truth = make_truth(3, off=[1])
    assert score_boxes(see(truth), truth) == {
        Measure.FACE_RECALL: Ratio(2, 2),
        Measure.FACE_PRECISION: Ratio(2, 2),
        Measure.TILES_FOUND: Ratio(3, 3),
        Measure.TILES_REAL: Ratio(3, 3),
        Measure.CAMERAS: Ratio(3, 3),
    }


def test_a_missed_tile_costs_its_face() -> None:
    truth = make_truth(3)
    scores = score_boxes(see(truth, first=1), truth)
    assert scores[Measure.FACE_RECALL] == scores[Measure.TILES_FOUND] == Ratio(2, 3)
    assert scores[Measure.FACE_PRECISION] == scores[Measure.TILES_REAL] == Ratio(2, 2)


def test_an_invented_face_costs_precision() -> None:
    truth = make_truth(2)
    seen = see(truth)
    seen = replace(seen, faces=(*seen.faces, see_face(Box(0, 0, 20, 20))))
    scores = score_boxes(seen, truth)
    assert scores[Measure.FACE_PRECISION] == Ratio(2, 3)
    assert scores[Measure.FACE_RECALL] == Ratio(2, 2)


def test_a_camera_taken_for_off_is_counted_where_the_tile_was_found() -> None:
    truth = make_truth(2)
    wrong = TileReading(Tile(truth.tiles[0].box, camera_on=False), 1, make_presence())
    scores = score_boxes(Seen((wrong,), ()), truth)
    assert scores[Measure.CAMERAS] == Ratio(0, 1)


def test_a_loose_tile_counts_for_its_camera_but_is_not_found() -> None:
    truth = make_truth(1)
    loose = TileReading(Tile(Box(0, 0, 100, 70), camera_on=True), 1, make_presence())
    scores = score_boxes(Seen((loose,), ()), truth)
    assert scores[Measure.TILES_FOUND] == Ratio(0, 1)
    assert scores[Measure.CAMERAS] == Ratio(1, 1)


def test_names_are_exact_unread_or_wrong() -> None:
    truth = make_truth(4)
    seen = see(truth, names=["chloe dubois", "Mei Tanak", None, "Ravi Patel"])
    assert score_names(seen, truth) == {
        Measure.NAMES_EXACT: Ratio(2, 4),
        Measure.NAMES_UNREAD: Ratio(1, 4),
        Measure.NAMES_WRONG: Ratio(1, 4),
    }
    assert find_misread(seen, truth) == [("Mei Tanak", "Mei Tanaka")]


def test_the_name_of_a_missed_tile_is_unread() -> None:
    truth = make_truth(2)
    assert score_names(NOTHING, truth)[Measure.NAMES_UNREAD] == Ratio(2, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("José García", "JOSE GARCIA", True),
        ("Jose\u0301", "José", True),
        ("Liam O'Connor", "Liam OConnor", False),
        ("Ravi  Patel", "Ravi Patel", False),
        ("Elif Yılmaz", "Elif Yilmaz", False),
    ],
)
def test_accents_and_capitals_alone_are_forgiven(one: str, other: str, same: bool) -> None:
    assert (fold_name(one) == fold_name(other)) is same


def test_scores_add_up_and_nothing_of_nothing_is_flawless() -> None:
    once = {Measure.FACE_RECALL: Ratio(1, 2)}
    assert add_scores(add_scores({}, once), once) == {Measure.FACE_RECALL: Ratio(2, 4)}
    assert Ratio(2, 4).share == 0.5
    assert Ratio(0, 0).share == 1.0


def test_a_layout_found_at_once_took_no_time() -> None:
    watch = LayoutWatch()
    truth = make_truth(3)
    watch.add(see(truth), truth)
    watch.add(NOTHING, make_truth(3, time_s=0.2))  # lost later, without a change: not this clock's matter
    assert watch.delays == [(0.0, 0.0)]


def test_a_change_waits_until_all_tiles_and_no_others_are_found() -> None:
    watch = LayoutWatch()
    old, small = make_truth(3), [make_truth(2, size=60, time_s=time_s) for time_s in (1.0, 1.2, 1.4)]
    watch.add(see(old), old)
    watch.add(see(old), small[0])
    watch.add(see(small[1], first=1), small[1])
    watch.add(see(small[2]), small[2])
    assert [delay.delay_s for delay in watch.delays] == pytest.approx([0.0, 0.4])


def test_a_second_change_waits_on_with_the_first() -> None:
    watch = LayoutWatch()
    for time_s, size in ((0.0, 100), (0.2, 60), (0.4, 80)):
        watch.add(NOTHING, make_truth(2, size=size, time_s=time_s))
    last = make_truth(2, size=80, time_s=0.6)
    watch.add(see(last), last)
    assert [delay.delay_s for delay in watch.delays] == pytest.approx([0.6])


def test_a_layout_that_was_never_found_counts_until_the_end() -> None:
    watch = LayoutWatch()
    watch.add(NOTHING, make_truth(2, time_s=1.0))
    watch.finish(5.0)
    assert watch.delays == [(4.0, 1.0)]
