"""Training on the other backends of Keras: a run learns, is interrupted, resumes, and its model can be saved."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_a_tiny_network_trains(backend: str) -> None:
    if find_spec(backend) is None:
        pytest.skip(f"the package {backend} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.models.tiny_run"],
        check=True,
        cwd=Path(__file__).parents[3],
        env=os.environ | {"KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    figures = json.loads(done.stdout)
    assert figures["backend"] == backend
    assert len(figures["losses"]) == 6
    assert figures["losses"][-1] < 0.7 * figures["losses"][0]
    assert figures["accuracy"] > 0.8
    assert figures["saved_gap"] < 1e-5
