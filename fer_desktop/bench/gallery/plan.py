"""Which scenes are measured, and the bars that they have to meet."""

from enum import StrEnum
from functools import partial
from typing import Final, NamedTuple

from fer_desktop.bench.gallery.scenes import STYLES, Scene, SceneStyle
from fer_desktop.bench.gallery.scores import Measure


class Section(StrEnum):
    """The parts of the measurement: the values of `--only`."""

    FACES = "faces"
    HARD = "hard"
    SCREENS = "screens"
    NAMES = "names"
    IDENTITY = "identity"
    TIME = "time"


class IdentityScene(NamedTuple):
    """A video for identities: `what` it shows, for the table, and the bar of its IDF1."""

    what: str
    scene: Scene
    bar: float


FACE_BARS: Final = {Measure.FACE_RECALL: 0.998, Measure.FACE_PRECISION: 0.998, Measure.TILES_FOUND: 0.99}
HARD_BARS: Final = {Measure.FACE_RECALL: 0.99, Measure.FACE_PRECISION: 0.99}
NAME_BARS: Final[dict[SceneStyle, float]] = {"zoom": 0.97, "meet": 0.85, "teams": 0.97}
COUNT_ERRORS_BAR: Final = 0.02
NAME_MS_BAR: Final = 60.0
LAYOUT_MS_BAR: Final = 700.0
LAYOUT_AGAIN_S_BAR: Final = 1.0
STEADY_MS_BAR: Final = 45.0

_SIZES: Final = ((1920, 1080), (1366, 768))
_HARD_SIZES: Final = ((1280, 720), (1024, 640))
_HARD_QUALITIES: Final = (20, 25, 30)


def plan_face_scenes(*, quick: bool) -> list[Scene]:
    """Pictures in good quality: both class sizes, all styles, both frame sizes."""
    return [
        Scene(students, style, *size, seed)
        for students in (25, 49)
        for style in STYLES
        for size in _SIZES
        for seed in _seeds(quick)
    ]


def plan_hard_scenes(*, quick: bool) -> list[Scene]:
    """Small, strongly compressed pictures of the larger class."""
    return [
        Scene(49, style, *size, seed, quality=quality)
        for style in STYLES
        for size in _HARD_SIZES
        for quality in _HARD_QUALITIES
        for seed in _seeds(quick)
    ]


def plan_name_scenes(*, quick: bool) -> list[Scene]:
    """Some of the scenes of `plan_face_scenes`, so that they need not be rendered again."""
    return [scene for scene in plan_face_scenes(quick=quick) if (scene.width, scene.height) == _SIZES[0]]


def plan_identity_scenes(*, quick: bool) -> list[IdentityScene]:
    """Lively videos of three minutes, or of half a minute where `quick`."""
    seconds = 30 if quick else 180
    visible, hidden, paged = "30 students, names visible", "30 students, names hidden", "40 students, pages of 25"
    lively = partial(Scene, width=1920, height=1080, seed=1, seconds=seconds, lively=True)
    return [
        IdentityScene(visible, lively(30, "zoom"), bar=0.99),
        IdentityScene(visible, lively(30, "meet"), bar=0.99),
        IdentityScene(hidden, lively(30, "zoom", names_shown=False), bar=0.95),
        IdentityScene(paged, lively(40, "teams", page_size=25), bar=0.98),
    ]


def plan_time_scene() -> Scene:
    """A short video of the larger class whose layout does not change."""
    return Scene(49, "zoom", 1920, 1080, seed=1, seconds=8)


def _seeds(quick: bool) -> range:
    return range(1, 2) if quick else range(1, 4)
