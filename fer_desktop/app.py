"""The composition root: assembles the engine's parts."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.messages import ENGLISH, Message
from fer_desktop.policy.expressions import ExpressionDecision
from fer_desktop.ports import ExpressionClassifier, FaceTracker, FrameSource, ObservationSink, TileNamer, Timekeeper
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings, Thresholds
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.system.power import is_on_battery
from fer_desktop.types import MIN_GROUP_SIZE
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.perceiver import Perceiver, TileObserver

if TYPE_CHECKING:
    from fer_desktop.vision.budget import FrameBudget

_LOG = logging.getLogger(__name__)


def build_classifier(*, expressions_on: bool, threads: int | None = None) -> ExpressionClassifier | None:
    """The shipped network, loaded; None where expressions are off. Raises `ModelError`.

    `threads`: as in `make_classifier`.
    """
    if not expressions_on:
        return None
    from fer_desktop.expression import make_classifier

    return make_classifier(threads=threads)


def build_namer(*, at_once: bool, on_notice: Callable[[Message], None] | None = None) -> TileNamer:
    """`at_once`: names are read before their frame is returned, as for a recording; else a thread reads them meanwhile.

    `on_notice`: called once, from any thread, with the reason where names cannot be read; it is logged by default.
    """
    from fer_desktop.vision.names.namer import CachingNamer
    from fer_desktop.vision.names.reader import LabelReader

    return CachingNamer(LabelReader, at_once=at_once, on_failure=on_notice or _log_notice)


def _log_notice(notice: Message) -> None:
    _LOG.warning("%s", ENGLISH.render(notice))


def build_analyzer(
    classifier: ExpressionClassifier | None,
    namer: TileNamer | None,
    *,
    live: bool = False,
    threads: int | None = None,
    tracker: FaceTracker | None = None,
    budget: "FrameBudget | None" = None,
    finds_stills: bool = True,
) -> Analyzer:
    """An analyzer without history. Without a classifier it reads no face cues either. Raises `ModelError`.

    `live`: the search for untiled faces is spread over several frames, as no frame may take seconds. `threads`: that
    share the work of a frame; a few by default. `tracker`: identifies students; a new `StudentTracker` by default.
    `budget`: what is looked at in a frame; by default everything, and in a live one each face about twice a second.
    `finds_stills`: whether it judges over time what is a still picture.
    """
    from fer_desktop.vision.budget import LiveBudget, PaceKeeper, look_everywhere
    from fer_desktop.vision.faces import MediaPipeFaceDetector, MediaPipeFaceProbe
    from fer_desktop.vision.gallery import LIVE_TRACKING, TRACKING, TrackingTileFinder
    from fer_desktop.vision.identity import StudentTracker
    from fer_desktop.vision.people import PeopleFinder, StillPictureFinder

    if budget is None:
        budget = LiveBudget(PaceKeeper(MonotonicClock(), is_on_battery)) if live else look_everywhere
    return Analyzer(
        tiles=TrackingTileFinder(
            MediaPipeFaceProbe(), config=LIVE_TRACKING if live else TRACKING, shows_camera=budget.shows_camera
        ),
        faces=MediaPipeFaceDetector(workers=threads, cues=classifier is not None, live=live),
        people=PeopleFinder(workers=threads, live=live),
        tracker=tracker or StudentTracker(describer=budget.describe),
        classifier=classifier,
        namer=namer,
        budget=budget,
        stills=StillPictureFinder() if finds_stills else None,
    )


def build_perceiver(
    classifier: ExpressionClassifier | None, namer: TileNamer | None, *, threads: int | None = None
) -> Perceiver:
    """Reads frames of a recording without identifying anybody. Raises `ModelError`."""
    from fer_desktop.vision.budget import RecordingBudget

    budget = RecordingBudget()
    observer = TileObserver(budget.average_cells)
    analyzer = build_analyzer(classifier, namer, threads=threads, tracker=observer, budget=budget, finds_stills=False)
    return Perceiver(analyzer, observer)


def flag_rules(settings: Thresholds) -> FlagRules:
    """The rules of the flags from the settings, or from thresholds alone."""
    return FlagRules(
        away_after_s=settings.away_after_s,
        camera_off_after_s=settings.camera_off_after_s,
        negative_after_s=settings.negative_after_s,
        drowsy_after_s=settings.drowsy_after_s,
        class_drop=settings.class_drop,
        repeat_after_s=settings.flag_repeat_after_s,
    )


def build_observer(settings: Settings) -> ClassObserver:
    """Follows a class as the settings allow."""
    return ClassObserver(
        flag_rules(settings),
        names_allowed=settings.names_allowed and not settings.class_totals,
        min_group_size=MIN_GROUP_SIZE if settings.class_totals else 1,
    )


def build_live_session(
    settings: Settings,
    source: FrameSource,
    store: Store,
    *,
    expressions: ExpressionDecision,
    sinks: tuple[ObservationSink, ...] = (),
    timekeeper: Timekeeper | None = None,
) -> LiveSession:
    """A session over `source`, not started. `sinks` receive every observation. `timekeeper`: as in `LiveSession`."""
    return LiveSession(
        source=source,
        make_analyzer=lambda on_notice: build_analyzer(
            build_classifier(expressions_on=expressions.on),
            build_namer(at_once=not source.live, on_notice=on_notice),
            live=source.live,
        ),
        store=store,
        new_session=make_new_session(settings, source.name, expressions),
        make_observer=lambda: build_observer(settings),
        clock=MonotonicClock(),
        period_s=1 / settings.frames_per_second,
        sinks=sinks,
        timekeeper=timekeeper,
    )


def make_new_session(settings: Settings, source: Message, expressions: ExpressionDecision) -> NewSession:
    """What is stored of a session at its start."""
    return NewSession(
        started_at=datetime.now(UTC),
        source=source,
        course="" if expressions.simulated else settings.course,  # a simulated class belongs to no course
        simulated=expressions.simulated,
        expressions_on=expressions.on,
        aggregate_only=settings.class_totals,
        place=expressions.place,
        model=_name_model() if expressions.on else "",
    )


def _name_model() -> str:
    from fer_desktop.expression import check_shipped_model

    return check_shipped_model().title
