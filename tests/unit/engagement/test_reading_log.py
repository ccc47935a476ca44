"""The log of readings gives what a plain list of all readings would."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.engagement.reading_log import MAX_READINGS, NEGATIVE_INDICES, ReadingLog
from fer_desktop.types import Floats

Readings = list[tuple[int, Floats]]


def make_readings(seconds: list[int], seed: int = 0) -> Readings:
    random = np.random.default_rng(seed)
    return [(second, random.dirichlet(np.ones(7)).astype(np.float32)) for second in seconds]


def fill(readings: Readings) -> ReadingLog:
    log = ReadingLog()
    for second, probabilities in readings:
        log.add(second, probabilities)
    return log


def check(log: ReadingLog, readings: Readings, second: int) -> None:
    kept = readings[-MAX_READINGS:]
    seconds, probabilities = log.since(second)
    assert seconds.tolist() == [each for each, _ in kept if each >= second]
    assert probabilities.tolist() == [each.tolist() for at, each in kept if at >= second]
    before = [float(each[NEGATIVE_INDICES].sum()) for at, each in kept if at < second]
    assert log.negative_shares_before(second).tolist() == before


SECONDS = st.lists(st.integers(0, 200), unique=True, max_size=60).map(sorted)


@given(seconds=SECONDS, second=st.integers(-5, 205))
def test_readings_are_found_by_their_seconds(seconds: list[int], second: int) -> None:
    readings = make_readings(seconds)
    check(fill(readings), readings, second)


@given(seconds=SECONDS, others=SECONDS, second=st.integers(-5, 205))
def test_those_of_another_number_are_put_in_order(seconds: list[int], others: list[int], second: int) -> None:
    mine, theirs = make_readings(seconds), make_readings([each for each in others if each not in seconds], seed=1)
    log = fill(mine)
    log.absorb(fill(theirs))
    check(log, sorted(mine + theirs, key=lambda reading: reading[0]), second)


def test_a_long_lesson_keeps_the_last_quarter_of_an_hour() -> None:
    readings = make_readings(list(range(3 * MAX_READINGS)))
    for length in (MAX_READINGS, 2 * MAX_READINGS + 1, len(readings)):
        for second in (0, length - 20):
            check(fill(readings[:length]), readings[:length], second)


def test_what_was_given_stays_as_it_was() -> None:
    readings = make_readings(list(range(2 * MAX_READINGS)))
    log = fill(readings[:10])
    _, given_before = log.since(0)
    for second, probabilities in readings[10:]:
        log.add(second, probabilities)
    assert given_before.tolist() == [each.tolist() for _, each in readings[:10]]
