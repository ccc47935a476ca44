"""The composition root: puts the engine's parts together."""

from collections.abc import Callable
from datetime import UTC, datetime

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.policy.law import expressions_allowed
from fer_desktop.ports import ExpressionClassifier, FrameSource, ObservationSink, TileNamer
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import MIN_GROUP_SIZE
from fer_desktop.vision.analyzer import Analyzer


def build_classifier(*, expressions_on: bool) -> ExpressionClassifier | None:
    """The shipped network, ready to run; None where expressions are off. Raises `ModelError`."""
    if not expressions_on:
        return None
    from fer_desktop.expression import make_classifier

    return make_classifier()


def build_namer(*, at_once: bool, on_notice: Callable[[str], None] = lambda _: None) -> TileNamer:
    """`at_once`: every name is read before its frame is through, as a recording wants it; else a thread reads them
    beside the frames. `on_notice` is told, once and from any thread, why names cannot be read.
    """
    from fer_desktop.vision.names.namer import FollowingNamer
    from fer_desktop.vision.names.reader import LabelReader

    return FollowingNamer(LabelReader, at_once=at_once, on_failure=on_notice)


def build_analyzer(classifier: ExpressionClassifier | None, namer: TileNamer | None, *, live: bool = False) -> Analyzer:
    """An analyzer that remembers nothing yet; without a classifier nobody's eyes are looked at. Raises `ModelError`.

    `live`: no frame may take long, not even the first.
    """
    from fer_desktop.vision.faces import MediaPipeFaceDetector
    from fer_desktop.vision.gallery import FollowingTileFinder
    from fer_desktop.vision.identity import StudentTracker

    return Analyzer(
        tiles=FollowingTileFinder(),
        faces=MediaPipeFaceDetector(cues=classifier is not None, live=live),
        tracker=StudentTracker(),
        classifier=classifier,
        namer=namer,
    )


def flag_rules(settings: Settings) -> FlagRules:
    """The rules of the flags as the teacher has set them."""
    return FlagRules(
        away_after_s=settings.away_after_s,
        camera_off_after_s=settings.camera_off_after_s,
        negative_after_s=settings.negative_after_s,
        drowsy_after_s=settings.drowsy_after_s,
        class_drop=settings.class_drop,
        repeat_after_s=settings.flag_repeat_after_s,
    )


def build_live_session(
    settings: Settings,
    source: FrameSource,
    store: Store,
    *,
    simulated: bool = False,
    expressions_on: bool | None = None,
    sinks: tuple[ObservationSink, ...] = (),
) -> LiveSession:
    """A session over `source`, not started.

    `expressions_on`: by default as the law of the place has it; a simulated class is nobody, so no law forbids it.
    """
    if expressions_on is None:
        expressions_on = simulated or expressions_allowed(settings.place)
    return LiveSession(
        source=source,
        make_analyzer=lambda on_notice: build_analyzer(
            build_classifier(expressions_on=expressions_on),
            build_namer(at_once=not source.live, on_notice=on_notice),
            live=source.live,
        ),
        store=store,
        new_session=NewSession(
            started_at=datetime.now(UTC),
            source=source.name,
            course="" if simulated else settings.course,  # no lesson of the teacher's, and compared with none
            simulated=simulated,
            expressions_on=expressions_on,
            aggregate_only=settings.aggregate_only,
            place=settings.place,
            model=_name_model() if expressions_on else "",
        ),
        make_observer=lambda: ClassObserver(
            flag_rules(settings),
            names_allowed=settings.names_allowed and not settings.aggregate_only,
            min_group_size=MIN_GROUP_SIZE if settings.aggregate_only else 1,
        ),
        clock=MonotonicClock(),
        period_s=1 / settings.frames_per_second,
        sinks=sinks,
    )


def _name_model() -> str:
    from fer_desktop.expression import check_shipped_model

    return check_shipped_model().title
