"""Lost time and a changed clock are noticed from one reading of the clocks to the next."""

from datetime import datetime, timedelta, timezone

import pytest

from fer_desktop.messages import Message, MessageKey
from fer_desktop.session.clock import MonotonicClock, SystemTimekeeper
from fer_desktop.session.time_watch import ClockChange, LostTime, TimeWatch
from fer_desktop.types import EventKind, Instant

WINTER, SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
BEGAN = datetime(2026, 10, 25, 2, 59, 50, tzinfo=SUMMER)


def instant(elapsed_s: float, *, slept_s: float = 0, set_by_s: float = 0, zone: timezone = SUMMER) -> Instant:
    """The clocks after `elapsed_s`, of which the computer slept for some and by which the wall clock was set."""
    local = (BEGAN + timedelta(seconds=elapsed_s + set_by_s)).astimezone(zone)
    return Instant(1000 + elapsed_s, 500 + elapsed_s - slept_s, local)


def watch(*instants: Instant) -> list[LostTime | ClockChange]:
    watch = TimeWatch()
    return [found for each in instants for found in watch.check(each)]


def test_beats_of_a_busy_computer_are_nothing() -> None:
    assert watch(instant(0), instant(1), instant(2.4), instant(6.3), instant(7.3)) == []


def test_a_sleep_is_from_the_last_beat_to_the_next() -> None:
    assert watch(instant(0), instant(1), instant(3602.5, slept_s=3600)) == [
        LostTime(EventKind.SUSPENDED, 1001.0, 4602.5)
    ]


def test_a_stopped_program_is_no_sleep() -> None:
    assert watch(instant(0), instant(30)) == [
        LostTime(EventKind.STALLED, 1000.0, 1030.0, Message(MessageKey.PROGRAM_STALLED))
    ]


@pytest.mark.parametrize(
    ("set_by_s", "message"),
    [
        (3600, Message(MessageKey.CLOCK_SET_FORWARD, seconds=3600)),
        (-90, Message(MessageKey.CLOCK_SET_BACK, seconds=90)),
        (2.5, Message(MessageKey.CLOCK_SET_FORWARD, seconds=2)),
    ],
)
def test_a_clock_that_is_set_is_noticed_once(set_by_s: float, message: Message) -> None:
    (change,) = watch(instant(0), instant(1), instant(2, set_by_s=set_by_s), instant(3, set_by_s=set_by_s))
    assert isinstance(change, ClockChange)
    assert change.messages == (message,)
    assert change.local == BEGAN + timedelta(seconds=2 + set_by_s)


def test_the_end_of_summer_time_is_a_change_of_zone() -> None:
    (change,) = watch(instant(9), instant(10, zone=WINTER), instant(11, zone=WINTER))
    assert isinstance(change, ClockChange)
    assert change.messages == (Message(MessageKey.TIME_ZONE_CHANGED, before="UTC+02:00", after="UTC+01:00"),)
    assert f"{change.local:%H:%M}" == "02:00"


def test_a_sleep_over_the_end_of_summer_time_is_both() -> None:
    slept, changed = watch(instant(0), instant(7200, slept_s=7000, zone=WINTER))
    assert isinstance(slept, LostTime)
    assert isinstance(changed, ClockChange)


def test_a_clock_that_drifts_is_followed_in_the_end() -> None:
    found = watch(*(instant(second, set_by_s=second / 1000) for second in range(4500)))
    assert len(found) == 2


def test_the_clocks_of_this_computer_agree() -> None:
    keeper = SystemTimekeeper()
    first, second = keeper.read(), keeper.read()
    assert second.elapsed_s - first.elapsed_s == pytest.approx(second.awake_s - first.awake_s, abs=0.05)
    assert abs((first.local - datetime.now().astimezone()).total_seconds()) < 1
    assert MonotonicClock().now_s() == pytest.approx(second.elapsed_s, abs=0.5)


def test_a_time_zone_that_changes_meanwhile_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = SystemTimekeeper()
    for zone, offset in (("UTC", 0), ("XST-5:30", 5.5)):
        monkeypatch.setenv("TZ", zone)
        assert keeper.read().local.utcoffset() == timedelta(hours=offset)
    monkeypatch.undo()
    keeper.read()
