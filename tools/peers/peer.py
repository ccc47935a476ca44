"""Shared by the peers' scripts: reads a frame from standard input, times a warm-up and runs, prints the figures."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

RUNS = 7


def measure_peer(count_faces: Callable[[Any], int]) -> None:
    """`count_faces` analyses a frame (h, w, 3) uint8 and returns the number of faces."""
    header = json.loads(sys.stdin.buffer.readline())
    pixels = sys.stdin.buffer.read()
    frame = np.frombuffer(pixels, np.uint8).reshape(header["height"], header["width"], 3).copy()
    faces = count_faces(frame)
    times_ms = []
    cpu_started_s = time.process_time()
    for _ in range(RUNS):
        started_s = time.perf_counter()
        faces = count_faces(frame)
        times_ms.append((time.perf_counter() - started_s) * 1e3)
    cpu_s = (time.process_time() - cpu_started_s) / RUNS
    p50, p95 = np.percentile(times_ms, [50, 95]).tolist()
    figures = {
        "faces": faces,
        "frame_ms": {"p50": round(p50, 1), "p95": round(p95, 1)},
        "cpu_seconds_per_frame": round(cpu_s, 4),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
