"""`fer-desktop doctor --capture`: one look at a call window, and what the program reads there.

The picture stays in memory and is dropped; names are counted and neither shown nor stored.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.finding import Finding
from fer_desktop.errors import FerDesktopError, SourceError
from fer_desktop.types.presence import UnreadableReason

if TYPE_CHECKING:
    from fer_desktop.ports import FrameSource
    from fer_desktop.types import Frame, FrameResult

_SOURCE: Final = re.compile(r"(screen|window|monitor|portal|camera|simulated)\b")


def parse_place(text: str) -> str:
    """A source as `open_source` reads it; other texts are a part of a window's title."""
    return text if _SOURCE.match(text) else f"window:{text}"


def look_once(source: "FrameSource") -> Iterator[tuple[str, Finding]]:
    """Yields the findings, by name, of one frame of that source; the first that fails is the last."""
    try:
        frame = _grab(source)
    except FerDesktopError as error:
        yield "capture", Finding(False, str(error), {})
        return
    yield (
        "capture",
        Finding(
            True,
            f"{frame.width} x {frame.height} pixels, dropped after this look",
            {"width": frame.width, "height": frame.height},
        ),
    )
    try:
        result, seconds = _read(frame)
    except FerDesktopError as error:
        yield "reading", Finding(False, str(error), {})
        return
    yield "tiles", _describe_tiles(result)
    yield "faces", _describe_faces(result)
    yield "names", _describe_names(result)
    yield "time", Finding(True, f"{seconds:.1f} s for this first look, later ones are faster", {"seconds": seconds})


def _grab(source: "FrameSource") -> "Frame":
    """One frame. Raises `SourceError`."""
    with closing(source):
        source.open()
        frame = source.read()
    if frame is None:
        raise SourceError("the source shows nothing")
    return frame


def _read(frame: "Frame") -> "tuple[FrameResult, float]":
    """What is read of the frame without expressions, which no look needs, and in how many seconds."""
    from fer_desktop.app import build_analyzer, build_namer

    started_s = time.perf_counter()
    with closing(build_analyzer(None, build_namer(at_once=True))) as analyzer:
        result = analyzer.process(frame)
    return result, time.perf_counter() - started_s


def _describe_tiles(result: "FrameResult") -> Finding:
    on = sum(reading.tile.camera_on for reading in result.tiles)
    details = {"tiles": len(result.tiles), "cameras_on": on}
    if not result.tiles:
        return Finding(False, "none: show everybody in gallery view, and let no window cover the call", details)
    return Finding(True, f"{len(result.tiles)}, {on} with the camera on", details)


def _describe_faces(result: "FrameResult") -> Finding:
    heights = sorted(round(reading.face.box.height) for reading in result.faces)
    reasons = Counter(reading.presence.reason for reading in result.tiles if reading.presence.reason)
    unreadable = {reason.value: count for reason, count in reasons.items()}
    details: dict[str, object] = {"faces": len(heights), "heights_px": heights, "unreadable": unreadable}
    if not heights:
        return Finding(False, "none was found", details)
    words = f"{len(heights)}, {heights[0]} to {heights[-1]} pixels high"
    if unreadable:
        listed = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in unreadable.items())
        words += f"; no expression can be read of {listed}"
    small = unreadable.get(UnreadableReason.TOO_SMALL, 0)
    return Finding(not small, f"{words}: enlarge the call window" if small else words, details)


def _describe_names(result: "FrameResult") -> Finding:
    read = sum(reading.tile.name is not None for reading in result.tiles)
    return Finding(True, f"{read} of {len(result.tiles)} labels were read; they are not shown", {"names": read})
