"""The 95 % interval of a proportion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.system.statistics import compute_wilson_interval


def test_the_wilson_interval_of_a_known_case() -> None:
    # Newcombe 1998, table I: 81 of 263 gives .2553 to .3662.
    assert compute_wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(trials=st.integers(1, 5000), share=st.floats(0, 1))
def test_the_interval_holds_the_share_and_stays_inside_0_and_1(trials: int, share: float) -> None:
    successes = round(share * trials)
    low, high = compute_wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= high <= 1


def test_without_trials_the_interval_is_everything() -> None:
    assert compute_wilson_interval(0, 0) == (0.0, 1.0)
