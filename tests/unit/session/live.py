"""A class of two for tests of sessions."""

from collections.abc import Callable

from fer_desktop.messages import Message
from fer_desktop.ports import TileNamer
from fer_desktop.session.live_session import LiveSession
from fer_desktop.types import (
    Box,
    Frame,
    Tile,
)
from fer_desktop.vision.analyzer import Analyzer
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    make_face,
    make_frame,
    make_probabilities,
)

TILES = [Tile(Box(0, 0, 30, 40), camera_on=True), Tile(Box(32, 0, 30, 40), camera_on=True)]
FACES = {index: make_face(Box(4 + 32 * index, 4, 20, 20), tile=index) for index in range(2)}


def make_analyzer(on_notice: Callable[[Message], None] | None = None, *, namer: TileNamer | None = None) -> Analyzer:
    return Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=FakeTracker(),
        classifier=FakeClassifier(make_probabilities(happy=0.8)),
        namer=namer,
    )


def frames_of(seconds: int, per_second: int = 2) -> list[Frame]:
    return [make_frame(index, at_s=index / per_second) for index in range(seconds * per_second)]


Maker = Callable[..., LiveSession]
