"""Which labels are read, when, and which names are shown meanwhile."""

import threading
import time
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from fer_desktop.errors import ModelError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.names.namer import CONFIG, CachingNamer, Reader
from fer_desktop.vision.names.reader import Label
from tests.unit.vision.names.drawing import draw_label, draw_room

WIDTH, HEIGHT, GAP = 160, 90, 10
Cast = Sequence[str | None]
"""Who stands in the window's tiles, left to right; None for a label that cannot be read."""


class LookingReader:
    """Reads what `draw_window` drew: the names it was given, by the letters' pixels. Waits where it is asked to."""

    def __init__(self) -> None:
        self.read: list[str | None] = []
        self.may_read = threading.Event()
        self.may_read.set()
        self.has_read = threading.Semaphore(0)

    def read_label(self, image: Image, box: Box, *, camera_on: bool) -> Label | None:
        assert self.may_read.wait(5)
        name = next((name for name in NAMES if np.array_equal(image[-24:], _strip(image, name))), None)
        self.read.append(name)
        self.has_read.release()
        return None if name is None else Label(name, Box(0, HEIGHT - 24, 8.0 * len(name) + 14, 22), 255.0)


NAMES = ("Ana Silva 1", "Ana Silva 2", "Chloé Dubois", "Tariq Hassan")


def _strip(image: Image, name: str) -> Image:
    """The lowest rows as they are where the name is drawn into them."""
    drawn = image.copy()
    drawn[-24:] = 0
    draw_label(drawn, Box(0, 0, WIDTH, HEIGHT), name)
    return drawn[-24:]


def draw_window(cast: Cast, *, rooms: Sequence[int] | None = None, left: int = 0) -> Image:
    image = np.full((HEIGHT + 2 * GAP, len(cast) * (WIDTH + GAP) + GAP + left, 3), 28, np.uint8)
    for index, name in enumerate(cast):
        x = left + GAP + index * (WIDTH + GAP)
        image[GAP : GAP + HEIGHT, x : x + WIDTH] = draw_room(WIDTH, HEIGHT, rooms[index] if rooms else index)
        image[GAP + HEIGHT - 24 : GAP + HEIGHT, x : x + WIDTH] = 0
        if name is not None:
            draw_label(image, Box(x, GAP, WIDTH, HEIGHT), name)
    return image


def lay_out(count: int, *, camera_on: bool = True, left: int = 0) -> list[Tile]:
    return [Tile(Box(left + GAP + index * (WIDTH + GAP), GAP, WIDTH, HEIGHT), camera_on) for index in range(count)]


def names_in(tiles: Sequence[Tile]) -> list[str | None]:
    return [tile.name for tile in tiles]


class AtOnce:
    """A namer that reads inside `label`, and its reader."""

    def __init__(self) -> None:
        self.reader = LookingReader()
        self.namer = CachingNamer(lambda: self.reader, at_once=True)

    def show(self, image: Image, tiles: Sequence[Tile]) -> list[str | None]:
        """The names shown; what is read for it stands in `reader.read`."""
        self.reader.read.clear()
        return names_in(self.namer.label(image, tiles))


@pytest.fixture
def at_once() -> AtOnce:
    return AtOnce()


def test_recorded_frames_have_their_names_at_once(at_once: AtOnce) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan"]
    assert at_once.show(draw_window(cast), lay_out(2)) == cast


def test_what_stands_is_not_read_again(at_once: AtOnce) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan"]
    at_once.show(draw_window(cast), lay_out(2))
    # The rooms behind the labels may change as they like.
    assert at_once.show(draw_window(cast, rooms=[5, 6]), lay_out(2)) == cast
    assert at_once.reader.read == []


def test_a_camera_that_is_switched_keeps_the_name_that_still_stands(at_once: AtOnce) -> None:
    at_once.show(draw_window(["Chloé Dubois"]), lay_out(1))
    assert at_once.show(draw_window(["Chloé Dubois"], rooms=[9]), lay_out(1, camera_on=False)) == ["Chloé Dubois"]
    assert at_once.reader.read == []


@pytest.mark.parametrize(
    ("before", "after", "room"), [("Chloé Dubois", "Tariq Hassan", 1), ("Ana Silva 1", "Ana Silva 2", 5)]
)
def test_another_name_is_seen(at_once: AtOnce, before: str, after: str, room: int) -> None:
    at_once.show(draw_window([before], rooms=[1]), lay_out(1))
    assert at_once.show(draw_window([after], rooms=[room]), lay_out(1)) == [after]


def test_labels_of_students_who_swap_places_are_recognised(at_once: AtOnce) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan", "Ana Silva 1"]
    at_once.show(draw_window(cast), lay_out(3))
    swapped = [cast[1], cast[0], cast[2]]
    assert at_once.show(draw_window(swapped, rooms=[1, 0, 2]), lay_out(3)) == swapped
    assert at_once.reader.read == []


def test_a_window_that_moves_takes_its_names_along(at_once: AtOnce) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan"]
    at_once.show(draw_window(cast), lay_out(2))
    assert at_once.show(draw_window(cast, left=5), lay_out(2, left=5)) == cast
    assert at_once.reader.read == []


def test_a_tile_in_a_new_place_is_read(at_once: AtOnce) -> None:
    at_once.show(draw_window(["Chloé Dubois"]), lay_out(1))
    cast = ["Chloé Dubois", "Tariq Hassan"]
    assert at_once.show(draw_window(cast), lay_out(2)) == cast
    assert at_once.reader.read == ["Tariq Hassan"]


def test_a_label_that_gives_no_name_twice_is_left_alone_until_it_changes(at_once: AtOnce) -> None:
    for expected in ([None], [None], []):
        assert at_once.show(draw_window([None]), lay_out(1)) == [None]
        assert at_once.reader.read == expected
    assert at_once.show(draw_window([None], rooms=[7]), lay_out(1)) == [None]
    assert at_once.reader.read == [None]


def test_a_card_is_read_again_where_only_its_letters_change(at_once: AtOnce) -> None:
    blank = np.full((HEIGHT + 2 * GAP, WIDTH + 2 * GAP, 3), 28, np.uint8)
    for _ in range(3):
        at_once.show(blank, lay_out(1, camera_on=False))
    written = blank.copy()
    draw_label(written, Box(GAP, GAP, WIDTH, HEIGHT), "Tariq Hassan")
    at_once.show(written, lay_out(1, camera_on=False))
    assert len(at_once.reader.read) == 1


def test_every_label_is_read_again_in_its_turn(at_once: AtOnce) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan", "Ana Silva 1"]
    image, read = draw_window(cast), []
    for _ in range(3 * CONFIG.refresh_frames):
        assert at_once.show(image, lay_out(3)) == cast
        read += at_once.reader.read
    assert set(read[3:]) == set(cast)
    assert len(read) == 6


def test_no_tiles_no_names(at_once: AtOnce) -> None:
    assert at_once.show(draw_window(["Chloé Dubois"]), []) == []


def test_a_reader_that_cannot_start_is_reported_once_and_names_are_off() -> None:
    reported: list[Message] = []

    def fail() -> Reader:
        raise ModelError("install again")

    namer = CachingNamer(fail, at_once=True, on_failure=reported.append)
    for _ in range(3):
        assert names_in(namer.label(draw_window(["Tariq Hassan"] * 2), lay_out(2))) == [None, None]
    assert reported == [literal("install again")]


class Live:
    """A namer with its thread, and its reader."""

    def __init__(self) -> None:
        self.reader = LookingReader()
        self.reported: list[Message] = []
        self.failed = threading.Event()
        self.namer = CachingNamer(lambda: self.reader, at_once=False, on_failure=self._hear)

    def _hear(self, message: Message) -> None:
        self.reported.append(message)
        self.failed.set()

    def show(self, image: Image, tiles: Sequence[Tile]) -> list[str | None]:
        return names_in(self.namer.label(image, tiles))

    def show_until(self, image: Image, tiles: Sequence[Tile], expected: Cast) -> None:
        """Shows the same frame until the names are as expected, at most for some seconds."""
        give_up_at_s = time.monotonic() + 60
        while (names := self.show(image, tiles)) != list(expected):
            assert time.monotonic() < give_up_at_s, names
            time.sleep(0.01)


@pytest.fixture
def live() -> Iterator[Live]:
    made = Live()
    before = threading.active_count()
    yield made
    made.reader.may_read.set()
    made.namer.close()
    made.namer.close()
    assert threading.active_count() <= before


def test_live_names_come_later_and_nothing_waits_for_them(live: Live) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan"]
    live.reader.may_read.clear()
    assert live.show(draw_window(cast), lay_out(2)) == [None, None]
    assert live.show(draw_window(cast), lay_out(2)) == [None, None]
    live.reader.may_read.set()
    live.show_until(draw_window(cast), lay_out(2), cast)


def test_a_tile_awaits_its_name_until_its_label_was_read_also_in_vain(live: Live) -> None:
    image = draw_window(["Chloé Dubois", None])
    live.reader.may_read.clear()
    assert [tile.awaits_name for tile in live.namer.label(image, lay_out(2))] == [True, True]
    live.reader.may_read.set()
    give_up_at_s = time.monotonic() + 60
    while any(tile.awaits_name for tile in live.namer.label(image, lay_out(2))):
        assert time.monotonic() < give_up_at_s
        time.sleep(0.01)
    assert live.show(image, lay_out(2)) == ["Chloé Dubois", None]


def test_a_name_read_for_one_student_is_never_shown_for_the_next(live: Live) -> None:
    first, second = draw_window(["Chloé Dubois"], rooms=[1]), draw_window(["Tariq Hassan"], rooms=[1])
    live.reader.may_read.clear()
    assert live.show(first, lay_out(1)) == [None]
    live.reader.may_read.set()
    assert live.reader.has_read.acquire(timeout=60)
    # What was read meanwhile does not stand in this frame.
    for _ in range(3):
        assert live.show(second, lay_out(1)) in ([None], ["Tariq Hassan"])
    live.show_until(second, lay_out(1), ["Tariq Hassan"])


def test_only_the_newest_request_of_a_place_is_read(live: Live) -> None:
    live.reader.may_read.clear()
    live.show(draw_window(["Chloé Dubois"]), lay_out(1))
    for room in (3, 4, 5):
        live.show(draw_window(["Ana Silva 1"], rooms=[room]), lay_out(1))
    live.reader.may_read.set()
    live.show_until(draw_window(["Ana Silva 1"], rooms=[5]), lay_out(1), ["Ana Silva 1"])
    assert len(live.reader.read) <= 2


def break_down(image: Image, box: Box, *, camera_on: bool) -> Label | None:
    raise ValueError("odd picture")


def test_failures_in_a_row_are_reported_once_and_names_are_off(live: Live) -> None:
    live.reader.read_label = break_down  # type: ignore[method-assign]  # the reader itself fails
    live.show(draw_window(["Chloé Dubois"] * 5), lay_out(5))
    assert live.failed.wait(5)
    assert live.show(draw_window(["Tariq Hassan"]), lay_out(1)) == [None]
    assert live.reported == [Message(MessageKey.NAME_READER_FAILED, error="ValueError: odd picture")]


def test_a_label_that_trips_the_reader_up_is_an_unread_label(at_once: AtOnce) -> None:
    sound = at_once.reader.read_label
    at_once.reader.read_label = break_down  # type: ignore[method-assign]  # the reader itself fails
    assert at_once.show(draw_window(["Chloé Dubois"]), lay_out(1)) == [None]
    at_once.reader.read_label = sound  # type: ignore[method-assign]
    assert at_once.show(draw_window(["Chloé Dubois"]), lay_out(1)) == ["Chloé Dubois"]


def test_in_a_live_call_labels_of_students_who_swap_places_are_recognised_too(live: Live) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan", "Ana Silva 1"]
    live.show_until(draw_window(cast), lay_out(3), cast)
    live.reader.may_read.clear()
    swapped = [cast[1], cast[0], cast[2]]
    live.show_until(draw_window(swapped, rooms=[1, 0, 2]), lay_out(3), swapped)


def test_in_a_live_call_a_label_is_read_again_less_often(live: Live) -> None:
    cast = ["Chloé Dubois", "Tariq Hassan", "Ana Silva 1"]
    live.show_until(draw_window(cast), lay_out(3), cast)
    while live.reader.has_read.acquire(blocking=False):
        pass
    for _ in range(2 * CONFIG.live_refresh_frames):
        assert live.show(draw_window(cast), lay_out(3)) == cast
    assert all(live.reader.has_read.acquire(timeout=60) for _ in range(2))
    assert not live.reader.has_read.acquire(timeout=0.2)


def test_places_that_are_gone_are_not_read(live: Live) -> None:
    live.reader.may_read.clear()
    for step in range(8):  # a window dragged over the screen
        live.show(draw_window(["Chloé Dubois"] * 2, left=60 * step), lay_out(2, left=60 * step))
    live.reader.may_read.set()
    still = draw_window(["Chloé Dubois"] * 2, left=480), lay_out(2, left=480)
    live.show_until(*still, ["Chloé Dubois"] * 2)
    assert len(live.reader.read) <= 3, "the one under way, and those that stand there now"


def test_a_label_that_is_new_is_read_beside_those_that_are_known(at_once: AtOnce) -> None:
    at_once.show(draw_window(["Ana Silva 1", "Tariq Hassan"], rooms=[1, 2]), lay_out(2))
    cast = ["Tariq Hassan", "Ana Silva 2"]
    assert at_once.show(draw_window(cast, rooms=[2, 5]), lay_out(2)) == cast
    assert at_once.reader.read == ["Ana Silva 2"]
