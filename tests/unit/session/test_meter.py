"""How fast frames are read."""

import pytest

from fer_desktop.session.meter import PipelineMeter


def rate_of(*done_s: float) -> float:
    meter = PipelineMeter()
    for now_s in done_s:
        meter.count_analysed(latency_ms=100, now_s=now_s)
    return meter.read(dropped=0).frames_per_second


def test_the_rate_is_that_of_the_last_frames() -> None:
    assert rate_of(0, 0.2, 0.4, 0.6) == pytest.approx(5)
    assert rate_of(0, 4, 8) == pytest.approx(0.25)


def test_a_pause_does_not_make_it_slow() -> None:
    assert rate_of(0, 0.2, 0.4, 60, 60.2, 60.4) == pytest.approx(5)


def test_frames_that_have_become_slow_count() -> None:
    quick, slow = [n / 30 for n in range(30)], [1 + n * 0.4 for n in range(10)]
    assert rate_of(*quick, *slow) == pytest.approx(39 / 4.6, rel=0.01)


@pytest.mark.parametrize("done_s", [(), (3,), (3, 3)])
def test_before_the_second_frame_there_is_none(done_s: tuple[float, ...]) -> None:
    assert rate_of(*done_s) == 0
