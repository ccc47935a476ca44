"""A session in equal bins: means over the recorded seconds, NaN where there are none."""

import numpy as np
import pytest

from fer_desktop.analysis.binned_series import bin_series, pick_bin_length
from tests.unit.analysis.test_drops import make_series, steps


def test_each_part_has_the_means_of_its_seconds() -> None:
    parts = bin_series(make_series(steps(0.4, -0.2, length_s=60)), 60)
    np.testing.assert_allclose(parts.mood, [0.4, -0.2], atol=1e-6)
    np.testing.assert_allclose(parts.probabilities.sum(axis=1), 1, atol=1e-6)
    assert parts.starts.tolist() == [0, 60]
    assert parts.faces.tolist() == [20, 20]


def test_a_pause_has_no_means_and_a_half_part_its_own() -> None:
    parts = bin_series(make_series([0.5, 0.1, 0.3], seconds=[0, 10, 125]), 30)
    assert np.isnan(parts.mood).tolist() == [False, True, True, True, False]
    assert np.isnan(parts.faces).tolist() == [False, True, True, True, False]
    assert parts.mood[[0, 4]] == pytest.approx([0.3, 0.3])


def test_an_empty_session_has_no_parts() -> None:
    assert len(bin_series(make_series([]), 10).starts) == 0


@pytest.mark.parametrize(
    ("seconds", "length"), [(1, 10), (120, 10), (121, 30), (2700, 300), (7200, 600), (43_200, 3600), (90_000, 7200)]
)
def test_a_table_has_round_parts_and_few_of_them(seconds: int, length: int) -> None:
    assert pick_bin_length(seconds) == length
