"""Draws the simulated class as a call window shows it, and gives the ground truth of each picture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.simulation.cache import PictureCache
from fer_desktop.simulation.chrome import SPEAKER, draw_card, draw_chrome, draw_name, round_corners
from fer_desktop.simulation.face import CHIN_Y, FaceState
from fer_desktop.simulation.hair import HairLayer
from fer_desktop.simulation.head import LEFT, TOP, Pose, draw_head, draw_head_hair, lay_over_back
from fer_desktop.simulation.layout import lay_out_tiles
from fer_desktop.simulation.looks import Looks
from fer_desktop.simulation.muscles import EXPRESSION_MUSCLES
from fer_desktop.simulation.rooms import add_noise, draw_body, draw_chair, draw_room
from fer_desktop.simulation.script import Script, StudentMoment, StudentScript
from fer_desktop.simulation.turning import turn_head
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Expression, Image

_UNIT_SHARE: Final = 0.235
"""The face's unit (the eyes are 0.8 units apart) as a share of the tile's height."""
_EYE_LEVEL: Final = 0.45
"""Height of the eyes as a share of the tile's height."""
_FACE_BOX: Final = (-0.91, -0.51, 1.82)
"""Left, top and side in units of the box that MediaPipe's detector finds on a photograph."""
_BACK_SHOWS_DEG: Final = 50.0
"""From this turn to a side on, the back of the head shows."""
_HEAD_BYTES: Final = 96_000_000
_TILE_BYTES: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class _MotionSteps:
    """Motion is drawn in steps, so that cached pictures can be used again."""

    change: int = 3  # from one expression to the next
    eye_open: int = 2  # from shut to open
    sway_px: float = 0.5
    tilt_deg: float = 0.5


_STEPS: Final = _MotionSteps()


@dataclass(frozen=True, slots=True)
class TrueTile:
    """Ground truth of one tile, in pixels of the drawn picture. `face`, `expression`: None where no face shows.

    `turned_away`: somebody is there whose face does not show.
    """

    box: Box
    student: int
    name: str
    camera_on: bool
    face: Box | None
    expression: Expression | None
    turned_away: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """The size of a student's tile and, `unit_px`, of the face in it, in pixels."""

    width: int
    height: int
    unit_px: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point between the eyes of a head that does not sway."""
        return self.width / 2, self.height * _EYE_LEVEL


def draw_scene(script: Script, t_s: float, width: int, height: int) -> Image:
    """The call window at one moment, (height, width, 3). For many moments a `SceneDrawer` is far faster."""
    return SceneDrawer(script).draw(t_s, width, height)


def truth_at(script: Script, t_s: float, width: int, height: int) -> list[TrueTile]:
    """Ground truth of what `draw_scene` draws for the same arguments, tile by tile."""
    moments = script.state_at(t_s).tiles
    boxes = lay_out_tiles(len(moments), width, height)
    return [_true_tile(script, moment, box) for moment, box in zip(moments, boxes, strict=True)]


def _true_tile(script: Script, moment: StudentMoment, box: tuple[int, int, int, int]) -> TrueTile:
    student = script.students[moment.student - 1]
    face = None
    if moment.shows_face:
        place = _place_of(student.looks, box[2], box[3])
        right, down, _ = _sway_px(moment, place)
        left, top, side = (length * place.unit_px for length in _FACE_BOX)
        face = Box(box[0] + place.centre[0] + right + left, box[1] + place.centre[1] + down + top, side, side)
    return TrueTile(
        box=Box(*box),
        student=moment.student,
        name=student.name,
        camera_on=moment.camera_on,
        face=face,
        expression=None if face is None else moment.expression,
        turned_away=moment.camera_on and moment.pose is not Pose.GONE and not moment.shows_face,
    )


class SceneDrawer:
    """Draws one script at any moments, in any order. Caches parts by what they show, not by when.

    For one thread.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._still: PictureCache[Image] = PictureCache(max_bytes=_TILE_BYTES, size_of=_picture_bytes)
        self._tiles: PictureCache[Image] = PictureCache(max_bytes=_TILE_BYTES, size_of=_picture_bytes)
        self._heads: PictureCache[Image] = PictureCache(max_bytes=_HEAD_BYTES, size_of=_picture_bytes)
        self._hair: PictureCache[HairLayer] = PictureCache(max_bytes=_TILE_BYTES, size_of=_hair_bytes)

    def draw(self, t_s: float, width: int, height: int) -> Image:
        """A new picture, (height, width, 3)."""
        students = len(self._script.students)
        picture = self._still.get(
            ("chrome", width, height), lambda: draw_chrome(width, height, students=students)
        ).copy()
        moments = self._script.state_at(t_s).tiles
        for moment, (left, top, tile_width, tile_height) in zip(
            moments, lay_out_tiles(len(moments), width, height), strict=True
        ):
            tile = self._draw_tile(moment, tile_width, tile_height)
            target = picture[top : top + tile_height, left : left + tile_width]
            target[:] = tile[: target.shape[0], : target.shape[1]]
            if moment.speaking:
                corner = (left + tile_width, top + tile_height)
                cv2.rectangle(picture, (left - 1, top - 1), corner, SPEAKER, max(2, tile_height // 60), cv2.LINE_AA)
        return picture

    def _draw_tile(self, moment: StudentMoment, width: int, height: int) -> Image:
        student = self._script.students[moment.student - 1]
        if not moment.camera_on:
            return self._still.get(
                ("card", moment.student, width, height), lambda: _draw_named_card(student, width, height)
            )
        place = _place_of(student.looks, width, height)
        sway, key = _sway_px(moment, place), _head_key(moment)
        return self._tiles.get((key, sway, width, height), lambda: self._draw_camera(moment, student, place, sway))

    def _draw_camera(
        self, moment: StudentMoment, student: StudentScript, place: _Place, sway: tuple[float, float, float]
    ) -> Image:
        gone = moment.pose is Pose.GONE
        still = self._still.get(
            ("room", moment.student, place, gone), lambda: _draw_still(student.looks, place, empty=gone)
        )
        tile = still.copy()
        if not gone:
            _lay_head(tile, self._draw_head(moment, student.looks, place), place, sway)
        draw_name(tile, student.name)
        return tile

    def _draw_head(self, moment: StudentMoment, looks: Looks, place: _Place) -> Image:
        def make() -> Image:
            hair = self._hair.get((moment.student, place.unit_px), lambda: draw_head_hair(looks, place.unit_px))
            head = draw_head(looks, moment.pose, _face_state(moment), place.unit_px, hair)
            eyes_px = -LEFT * place.unit_px, -TOP * place.unit_px
            turned = turn_head(
                head, yaw_deg=moment.yaw_deg, pitch_deg=moment.pitch_deg, eyes_px=eyes_px, unit_px=place.unit_px
            )
            if abs(moment.yaw_deg) < _BACK_SHOWS_DEG:
                return turned
            return lay_over_back(turned, draw_head(looks, Pose.AROUND, _face_state(moment), place.unit_px, hair))

        return self._heads.get((_head_key(moment), place.unit_px), make)


def _place_of(looks: Looks, width: int, height: int) -> _Place:
    return _Place(width, height, round(_UNIT_SHARE * height * looks.head_size, 2))


def _sway_px(moment: StudentMoment, place: _Place) -> tuple[float, float, float]:
    """The head's shift right and down in pixels and its tilt in degrees, rounded to the steps of drawing."""
    right, down, tilt = moment.sway
    return (
        round(right * place.unit_px / _STEPS.sway_px) * _STEPS.sway_px,
        round(down * place.unit_px / _STEPS.sway_px) * _STEPS.sway_px,
        round(tilt / _STEPS.tilt_deg) * _STEPS.tilt_deg,
    )


def _change_step(moment: StudentMoment) -> float:
    return round(moment.change * _STEPS.change) / _STEPS.change


def _eye_step(moment: StudentMoment) -> float:
    return round(moment.eye_open * _STEPS.eye_open) / _STEPS.eye_open


def _head_key(moment: StudentMoment) -> tuple[object, ...]:
    """Everything that a head's picture depends on, besides its size."""
    if moment.pose is not Pose.FRONT:
        return moment.student, moment.pose
    turn = moment.yaw_deg, moment.pitch_deg
    change = _change_step(moment)
    before = None if change == 1 else (moment.previous, moment.previous_strength)
    eyes = _eye_step(moment)
    return moment.student, moment.expression, moment.strength, before, change, eyes, turn, moment.masked


def _face_state(moment: StudentMoment) -> FaceState:
    now = EXPRESSION_MUSCLES[moment.expression].scaled(moment.strength)
    before = EXPRESSION_MUSCLES[moment.previous].scaled(moment.previous_strength)
    return FaceState(before.blended(now, _change_step(moment)), _eye_step(moment), moment.masked)


def _draw_still(looks: Looks, place: _Place, *, empty: bool) -> Image:
    """The room with the student's body, or with an empty chair."""
    picture = draw_room(looks, place.width, place.height)
    centre_x, centre_y = place.centre
    if empty:
        draw_chair(picture, centre_x=centre_x, centre_y=centre_y, unit_px=place.unit_px)
    else:
        draw_body(picture, looks, centre_x=centre_x, centre_y=centre_y, unit_px=place.unit_px)
    still = add_noise(picture, looks.seed)
    round_corners(still)  # heads do not reach the corners
    return still


def _draw_named_card(student: StudentScript, width: int, height: int) -> Image:
    card = draw_card(student.name, student.student, width, height)
    draw_name(card, student.name)
    round_corners(card)
    return card


def _lay_head(tile: Image, head: Image, place: _Place, sway: tuple[float, float, float]) -> None:
    """Composites the head, shifted and tilted about the neck, over the tile. Changes `tile`."""
    right, down, tilt = sway
    centre_x, centre_y = place.centre
    left, top = centre_x + LEFT * place.unit_px, centre_y + TOP * place.unit_px
    margin = 4 + round(0.15 * place.unit_px)
    x0, y0 = max(0, int(left) - margin), max(0, int(top) - margin)
    x1 = min(place.width, int(left) + head.shape[1] + margin)
    y1 = min(place.height, int(top) + head.shape[0] + margin)
    neck = (-LEFT * place.unit_px, (CHIN_Y - TOP) * place.unit_px)
    matrix: NDArray[np.float64] = np.asarray(cv2.getRotationMatrix2D(neck, -tilt, 1.0))
    matrix[:, 2] += left - x0 + right, top - y0 + down
    moved = cv2.warpAffine(head, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
    uncovered = cv2.bitwise_not(moved[:, :, 3])
    behind = cv2.multiply(tile[y0:y1, x0:x1], cv2.merge([uncovered] * 3), scale=1 / 255)
    tile[y0:y1, x0:x1] = cv2.add(behind, cv2.cvtColor(moved, cv2.COLOR_BGRA2BGR))


def _picture_bytes(picture: Image) -> int:
    return int(picture.nbytes)


def _hair_bytes(hair: HairLayer) -> int:
    return int(hair.front.nbytes + hair.behind.nbytes + hair.colour.nbytes)
