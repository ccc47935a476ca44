"""Recorded lessons for tests: small, drawn from a seed, with nobody in them."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np

from fer_desktop.messages import literal
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import EXPRESSIONS, ClassMood, Event, Floats, SecondRecord, StudentSecond

BEGAN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def new_session(
    *,
    started_at: datetime = BEGAN,
    source: str = "lecture.mp4",
    course: str = "",
    expressions_on: bool = True,
    aggregate_only: bool = False,
) -> NewSession:
    return NewSession(
        started_at=started_at,
        source=literal(source),
        course=course,
        expressions_on=expressions_on,
        aggregate_only=aggregate_only,
    )


def reading(seed: int = 0) -> Floats:
    """Seven probabilities that add up to one."""
    drawn: Floats = np.random.default_rng(seed).dirichlet(np.ones(len(EXPRESSIONS))).astype(np.float32)
    return drawn


def seen(student: int, probabilities: Floats | None = None) -> StudentSecond:
    """A student whose face was found and read."""
    probabilities = reading(student) if probabilities is None else probabilities
    return StudentSecond(
        student, face_found=True, person_seen=True, camera_on=True, tile_seen=True, probabilities=probabilities
    )


def unseen(student: int) -> StudentSecond:
    """A student whose camera is off."""
    return StudentSecond(
        student, face_found=False, person_seen=False, camera_on=False, tile_seen=True, probabilities=None
    )


def record(
    second: int,
    students: Sequence[StudentSecond] = (),
    events: Sequence[Event] = (),
    names: Sequence[tuple[int, str]] = (),
) -> SecondRecord:
    """A second with the class's mean as the pipeline makes it."""
    readings = [each.probabilities for each in students if each.probabilities is not None]
    mood = ClassMood(
        second=second,
        probabilities=np.mean(readings, axis=0, dtype=np.float32) if readings else None,
        faces=sum(each.face_found for each in students),
        people=sum(each.person_seen for each in students),
        cameras_on=sum(each.camera_on for each in students),
        students=sum(each.tile_seen for each in students),
    )
    return SecondRecord(second, mood, tuple(students), tuple(events), tuple(names))


def record_lesson(store: Store, records: Sequence[SecondRecord], session: NewSession | None = None) -> int:
    """Records a whole session and returns its number."""
    writer = store.begin_session(session or new_session())
    for each in records:
        writer.record(each)
    writer.close(patience_s=60)
    assert writer.fault is None
    return writer.session_id


def wait_until(condition: Callable[[], bool], timeout_s: float = 20.0) -> None:
    """Other threads and programs take their time; a condition that never comes true fails the test."""
    end_s = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end_s, "it did not happen in time"
        time.sleep(0.005)
