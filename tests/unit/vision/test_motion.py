"""A call is frozen where its cameras showed motion and then, for ten seconds, none of them does."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.types import Box, FaceReading, Frame, FrameResult, Image, StageTimes, Tile, TileReading
from fer_desktop.vision.motion import FROZEN_AFTER_S, Motion, MotionWatch, PictureComparer
from tests.fakes import make_face, make_presence

WIDTH, HEIGHT, TILE = 320, 96, 80
BOXES = [Box(8 + column * (TILE + 8), 8, TILE, TILE) for column in range(3)]
Painter = Callable[[Image, Box, int], None]
FPS = 4


def noise(image: Image, box: Box, index: int) -> None:
    """A camera: the same person and room with another noise in each picture."""
    still(image, box, 0)
    left, top, width, height = box.rounded()
    drawn = np.random.default_rng(index).normal(0, 4, (height, width, 3))
    patch = image[top : top + height, left : left + width]
    patch[:] = np.clip(patch + drawn, 0, 255).astype(np.uint8)


def still(image: Image, box: Box, index: int) -> None:
    left, top, width, height = box.rounded()
    image[top : top + height, left : left + width] = np.random.default_rng(7).integers(60, 120, (height, width, 3))


def photograph(image: Image, box: Box, index: int) -> None:
    left, top, width, height = box.rounded()
    image[top : top + height, left : left + width] = np.random.default_rng(9).integers(150, 255, (height, width, 3))


def blink(image: Image, box: Box, index: int) -> None:
    """Somebody sits still but for a blink every four seconds, without any noise."""
    still(image, box, 0)
    if index % (4 * FPS) == 0:
        left, top = int(box.x) + 30, int(box.y) + 24
        image[top : top + 5, left : left + 16] = 40


def ring(image: Image, box: Box, index: int) -> None:
    """A still profile picture, with a ring around it for half a second in twelve."""
    still(image, box, 0)
    if index % (12 * FPS) in (1, 2):
        left, top, width, _ = box.rounded()
        image[top : top + 3, left : left + width] = (40, 200, 40)


def bullets(image: Image, box: Box, index: int) -> None:
    """A slide that gets another line every five seconds."""
    left, top, width, height = box.rounded()
    image[top : top + height, left : left + width] = 230
    for line in range(index // (5 * FPS) % 12):
        image[top + 6 * line + 4 : top + 6 * line + 7, left + 8 : left + 60] = 20


def slow(image: Image, box: Box, index: int) -> None:
    """A camera that sends a picture a second."""
    noise(image, box, index // FPS)


def frame_result(
    index: int, painters: Sequence[Painter], *, cameras: Sequence[bool] | None = None, at_s: float | None = None
) -> FrameResult:
    image = np.full((HEIGHT, WIDTH, 3), 30, np.uint8)
    for painter, box in zip(painters, BOXES, strict=False):
        painter(image, box, index)
    on = cameras or [True] * len(painters)
    tiles = tuple(
        TileReading(Tile(box, camera_on=camera), None, make_presence()) for box, camera in zip(BOXES, on, strict=False)
    )
    frame = Frame(index, index / FPS if at_s is None else at_s, image)
    return FrameResult(frame, tiles, (), StageTimes(1, 1, 1, 1))


def watch(results: Sequence[FrameResult]) -> list[Motion]:
    comparer, watch = PictureComparer(), MotionWatch()
    return [watch.check(comparer.compare(each), each.frame.captured_at_s) for each in results]


def seconds(number: float) -> range:
    return range(int(number * FPS))


def freeze(results: Sequence[FrameResult], for_s: float) -> list[FrameResult]:
    """The last picture again and again."""
    last = results[-1]
    return [
        replace(
            last,
            frame=Frame(last.frame.index + 1 + step, last.frame.captured_at_s + (step + 1) / FPS, last.frame.image),
        )
        for step in seconds(for_s)
    ]


def test_a_call_that_stops_moving_is_frozen_after_ten_seconds() -> None:
    live = [frame_result(index, [noise, noise]) for index in seconds(5)]
    motion = watch([*live, *freeze(live, 12)])
    assert set(motion[4 : len(live)]) == {Motion.MOVING}
    still_for = motion[len(live) :].count(Motion.STILL)
    assert still_for / FPS == pytest.approx(FROZEN_AFTER_S, abs=2 / FPS)
    assert motion[-1] is Motion.FROZEN


def test_it_moves_again_once_motion_is_proven() -> None:
    live = [frame_result(index, [noise, noise]) for index in seconds(5)]
    frozen = freeze(live, 12)
    at_s = frozen[-1].frame.captured_at_s
    again = [frame_result(100 + index, [noise, noise], at_s=at_s + (index + 1) / FPS) for index in seconds(2)]
    motion = watch([*live, *frozen, *again])
    assert motion[-len(again)] is Motion.FROZEN
    assert motion[-1] is Motion.MOVING


def test_one_dialog_over_a_frozen_call_is_no_motion() -> None:
    live = [frame_result(index, [noise, noise]) for index in seconds(5)]
    frozen = freeze(live, 12)
    at_s = frozen[-1].frame.captured_at_s
    covered = frame_result(0, [still, still])
    covered.frame.image[20:70, 20:160] = 240
    after = freeze([replace(covered, frame=replace(covered.frame, captured_at_s=at_s + 1 / FPS))], 5)
    assert set(watch([*live, *frozen, *after])[-len(after) :]) == {Motion.FROZEN}


def test_a_class_that_sits_still_is_not_frozen() -> None:
    assert Motion.FROZEN not in watch([frame_result(index, [noise, noise]) for index in seconds(60)])
    assert Motion.FROZEN not in watch([frame_result(index, [blink, blink, blink]) for index in seconds(60)])


def test_one_live_camera_is_enough() -> None:
    live = [frame_result(index, [noise, noise, noise]) for index in seconds(5)]
    later = [frame_result(index, [noise, still, still]) for index in range(len(live), len(live) + 30 * FPS)]
    assert Motion.FROZEN not in watch([*live, *later])


def test_a_class_with_all_cameras_off_is_not_frozen() -> None:
    off = [frame_result(index, [still, still], cameras=[False, False]) for index in seconds(60)]
    assert set(watch(off)) == {Motion.UNPROVEN}


def test_a_class_that_switches_its_cameras_off_is_not_frozen() -> None:
    live = [frame_result(index, [noise, noise]) for index in seconds(5)]
    off = [
        frame_result(index, [photograph, photograph], cameras=[False, False])
        for index in range(len(live), len(live) + 30 * FPS)
    ]
    assert Motion.FROZEN not in watch([*live, *off])


def test_a_profile_picture_that_looks_like_a_camera_is_not_frozen() -> None:
    live = [frame_result(index, [noise]) for index in seconds(5)]
    photo = [frame_result(index, [photograph]) for index in range(len(live), len(live) + 30 * FPS)]
    assert Motion.FROZEN not in watch([*live, *photo])


@pytest.mark.parametrize("painter", [ring, bullets])
def test_what_changes_now_and_then_is_no_camera(painter: Painter) -> None:
    """As where all cameras are off, and one tile is taken for a camera."""
    assert set(watch([frame_result(index, [painter]) for index in seconds(60)])) == {Motion.UNPROVEN}


def test_a_camera_at_a_low_rate_proves_itself() -> None:
    live = [frame_result(index, [slow]) for index in seconds(5)]
    assert watch([*live, *freeze(live, 12)])[-1] is Motion.FROZEN


def test_a_frozen_call_in_which_dialogs_come_now_and_then_stays_frozen() -> None:
    live = [frame_result(index, [noise]) for index in seconds(5)]
    later = [*live, *freeze(live, 12)]
    for level in (240, 60, 200, 30):
        last = later[-1].frame
        covered = last.image.copy()
        covered[60:70, 20:60] = level
        changed = replace(last, image=covered, captured_at_s=last.captured_at_s + 1 / FPS)
        later += [replace(later[-1], frame=changed), *freeze([replace(later[-1], frame=changed)], 15)]
    assert set(watch(later)[-60 * FPS :]) == {Motion.FROZEN}


def test_a_frozen_call_moves_again_by_the_blinks_of_somebody_who_sits_still() -> None:
    live = [frame_result(index, [noise]) for index in seconds(5)]
    frozen = freeze(live, 12)
    at_s = frozen[-1].frame.captured_at_s
    again = [frame_result(1 + index, [blink], at_s=at_s + (index + 1) / FPS) for index in seconds(15)]
    assert watch([*live, *frozen, *again])[-1] is not Motion.FROZEN


def test_a_static_slide_is_not_frozen() -> None:
    without_tiles = [frame_result(index, []) for index in seconds(60)]
    assert set(watch(without_tiles)) == {Motion.UNPROVEN}


def test_faces_without_tiles_count_as_cameras() -> None:
    def of_faces(result: FrameResult) -> FrameResult:
        return replace(result, tiles=(), faces=(FaceReading(make_face(BOXES[0]), None, None),))

    live = [of_faces(frame_result(index, [noise])) for index in seconds(5)]
    assert watch([*live, *freeze(live, 12)])[-1] is Motion.FROZEN


def test_a_window_over_a_tile_is_not_watched_in_its_place() -> None:
    """Such as this program's own, which changes with every frame."""
    hidden = (Box(0, 0, TILE, HEIGHT),)

    def cover(result: FrameResult) -> FrameResult:
        return replace(result, frame=replace(result.frame, hidden=hidden))

    live = [cover(frame_result(index, [noise, noise])) for index in seconds(5)]
    later = [cover(frame_result(index, [noise, still])) for index in range(len(live), len(live) + 12 * FPS)]
    assert watch([*live, *later])[-1] is Motion.FROZEN


def test_after_a_pause_the_time_counts_from_its_end() -> None:
    live = [frame_result(index, [noise]) for index in seconds(5)]
    resumed = freeze(live, 15)
    later = [replace(each, frame=replace(each.frame, captured_at_s=each.frame.captured_at_s + 60)) for each in resumed]
    motion = watch([*live, *later])
    assert motion[len(live) + 8 * FPS] is Motion.STILL
    assert motion[-1] is Motion.FROZEN


def test_a_call_window_of_another_size_shows_something_else() -> None:
    live = [frame_result(index, [noise]) for index in seconds(5)]
    small = replace(live[-1], frame=Frame(99, 5.5, live[-1].frame.image[:40, :40].copy()))
    assert watch([*live, small])[-1] is Motion.UNPROVEN
