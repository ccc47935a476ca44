"""Finds lines of text in a map of text probabilities (the DB method: the core of a text is marked, then enlarged)."""

from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats

_LIKELY: Final = 0.3
_SURE: Final = 0.5
_GROWTH: Final = 1.6
"""Thresholds and growth (times area over perimeter) are those of PP-OCR's own detection."""
_MIN_CORE_PX: Final = (6, 3)
_SAME_LINE_OVERLAP: Final = 0.6
_MAX_WORD_GAP: Final = 1.0  # times the line's height


def find_lines(probabilities: Floats, scale: float) -> list[Box]:
    """The lines, left to right, in pixels of the picture before it was scaled. `probabilities`: (height, width)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((probabilities > _LIKELY).astype(np.uint8))
    words = []
    for index in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[index])
        if width < _MIN_CORE_PX[0] or height < _MIN_CORE_PX[1]:
            continue
        patch = np.s_[top : top + height, left : left + width]
        if float(probabilities[patch][labels[patch] == index].sum()) < _SURE * area:
            continue
        growth = width * height * _GROWTH / (2 * (width + height))
        words.append(
            Box(
                (left - growth) / scale,
                (top - growth) / scale,
                (width + 2 * growth) / scale,
                (height + 2 * growth) / scale,
            )
        )
    return _join_words(words)


def _join_words(words: list[Box]) -> list[Box]:
    lines: list[Box] = []
    for word in sorted(words, key=lambda box: box.x):
        for index, line in enumerate(lines):
            if _continues(line, word):
                lines[index] = _unite(line, word)
                break
        else:
            lines.append(word)
    return lines


def _continues(line: Box, word: Box) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.y, word.y)
    lower = min(line.height, word.height)
    return shared > _SAME_LINE_OVERLAP * lower and word.x - line.right < _MAX_WORD_GAP * lower


def _unite(one: Box, other: Box) -> Box:
    left, top = min(one.x, other.x), min(one.y, other.y)
    return Box(left, top, max(one.right, other.right) - left, max(one.bottom, other.bottom) - top)
