"""Shared by the baselines: reads faces from standard input and prints a library's probabilities as JSON."""

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
SIDE_PX = 48


def read_faces(read: Callable[[Any], dict[str, float]]) -> None:
    """`read` takes a face (48, 48, 3) uint8 BGR and returns the probability of each of `LABELS`."""
    count = json.loads(sys.stdin.buffer.readline())["count"]
    faces = np.frombuffer(sys.stdin.buffer.read(), np.uint8).reshape(count, SIDE_PX, SIDE_PX)
    rows = []
    for face in faces:
        probabilities = read(np.repeat(face[..., None], 3, axis=-1))
        rows.append([float(probabilities[label]) for label in LABELS])
    sys.stdout.write(json.dumps(rows) + "\n")
