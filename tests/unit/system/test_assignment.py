"""The cheapest one-to-one assignment."""

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.system.assignment import assign_one_to_one

ROOT = Path(__file__).resolve().parents[3]
SIDES = st.integers(1, 5)


@given(rows=SIDES, columns=SIDES, seed=st.integers(0, 10**6))
def test_no_other_assignment_is_cheaper(rows: int, columns: int, seed: int) -> None:
    costs = np.random.default_rng(seed).uniform(-1, 1, (rows, columns))
    wide = costs if rows <= columns else costs.T
    cheapest = min(
        sum(wide[row, column] for row, column in enumerate(way))
        for way in permutations(range(wide.shape[1]), len(wide))
    )
    chosen = assign_one_to_one(costs)
    assert costs[chosen].sum() == pytest.approx(cheapest)
    assert [len(set(side.tolist())) for side in chosen] == [min(rows, columns)] * 2


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_nothing_is_assigned_to_nothing(shape: tuple[int, int]) -> None:
    rows, columns = assign_one_to_one(np.zeros(shape, np.float32))
    assert (len(rows), len(columns)) == (0, 0)


EMPTY_CLASS = """
import numpy as np
from fer_desktop.system.assignment import assign_one_to_one
for _ in range(200):
    used_before = [np.full(1, 5, np.int32) for _ in range(20)]
    del used_before
    assign_one_to_one(np.zeros((0, 0)))
"""


def test_an_empty_class_leaves_the_memory_whole() -> None:
    """What was written beside an array ends the process when that memory is used again, at any later time."""
    subprocess.run([sys.executable, "-c", EMPTY_CLASS], check=True, cwd=ROOT)
