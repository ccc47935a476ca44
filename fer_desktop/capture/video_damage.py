"""Which parts of a video file are damaged, from its packets alone: decoders conceal damage and report nothing.

A coded picture of these kinds contains no long run of zero bytes: H.264 forbids three of them (emulation prevention,
7.4.1), MPEG-4 forbids 23 zero bits (its start codes). The arithmetic coders of VP8 and VP9 may make short ones of
likely symbols; 512 bytes of them would be thousands of symbols without a surprise. What a failing disk or a broken copy
leaves is runs of zeros, at least a sector of 512 bytes long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from fer_desktop.messages import Message, MessageKey
from fer_desktop.messages.words import format_clock
from fer_desktop.system.opencv import cv2

_ZEROS: Final = bytes(64)
_ZEROS_OF_ARITHMETIC_CODERS: Final = bytes(512)
_PACKETS: Final = (cv2.CAP_PROP_FORMAT, -1)
"""OpenCV then gives the packets as they stand in the file, in a thousandth of the time that decoding takes."""
_PADDED: Final = frozenset({"h264", "avc1"})
"""Codecs that allow zeros at the end of a packet."""
_ARITHMETIC: Final = frozenset({"VP80", "VP90"})
_CODECS: Final = _PADDED | _ARITHMETIC | {"FMP4", "XVID", "mp4v"}
_STEPS_ON_S: Final = (1.0, 5.0, 15.0, 60.0, 300.0)
"""Where packets end in the middle of a file, they are looked for so much later."""
_END_S: Final = 1.0
"""Lengths are announced that exactly at best."""
_TRIED_PACKETS: Final = 600
"""After a seek, which may go back to the key picture before the damage."""
_MOST_DAMAGED: Final = 0.5
"""Share of a video: where zeros stand in more of it, an encoder may have put them there; all that decodes is read."""
_MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class DamagedPart:
    """From the first damaged picture to the next one that depends on none before it, in seconds of the video."""

    since_s: float
    until_s: float

    def holds(self, at_s: float) -> bool:
        """Whether a frame of that time is spoilt."""
        return self.since_s <= at_s < self.until_s


def find_damage(path: Path) -> tuple[DamagedPart, ...]:
    """The damaged parts in order; none for files whose packets say nothing, or seem damaged for the most part."""
    length_s = _read_length_s(path)
    parts = tuple(_join(_read_packets(path, length_s)))
    is_most = sum(part.until_s - part.since_s for part in parts) > _MOST_DAMAGED * length_s
    return () if is_most else parts


def explain_damage(path: Path, parts: tuple[DamagedPart, ...]) -> Message | None:
    """The notice for a video with damaged parts; None without any."""
    if not parts:
        return None
    shown = [f"{format_clock(round(part.since_s))}-{format_clock(round(part.until_s))}" for part in parts[:_MOST_SHOWN]]
    text = ", ".join(shown) + (", ..." if len(parts) > _MOST_SHOWN else "")
    return Message(MessageKey.RECORDING_DAMAGED, name=path.name, parts=text)


@dataclass(frozen=True, slots=True)
class _Packet:
    at_s: float
    is_key: bool
    is_damaged: bool


def _read_packets(path: Path, length_s: float) -> Iterator[_Packet]:
    """The packets in the order of the file. Where it can be read on only later, a damaged one stands for the others."""
    newest_s = 0.0
    for packet in _read_from(path, 0.0):
        newest_s = max(newest_s, packet.at_s)
        yield packet
    while (later := _find_later(path, newest_s, length_s)) is not None:
        yield _Packet(newest_s, is_key=False, is_damaged=True)
        for packet in _read_from(path, later):
            if newest_s < packet.at_s <= length_s + _END_S:
                newest_s = packet.at_s
                yield packet


def _find_later(path: Path, ended_s: float, length_s: float) -> float | None:
    """A time from which packets can be read that come after those that ended; None where there are none."""
    for step_s in _STEPS_ON_S:
        start_s = ended_s + step_s
        if start_s >= length_s - _END_S:
            return None
        if any(ended_s < packet.at_s <= length_s for packet in islice(_read_from(path, start_s), _TRIED_PACKETS)):
            return start_s
    return None


def _read_length_s(path: Path) -> float:
    """As the file announces it; 0 where it does not."""
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, list(_PACKETS))
    try:
        rate = float(capture.get(cv2.CAP_PROP_FPS)) if capture.isOpened() else 0.0
        return max(0.0, float(capture.get(cv2.CAP_PROP_FRAME_COUNT))) / rate if rate > 0 else 0.0
    finally:
        capture.release()


def _read_from(path: Path, start_s: float) -> Iterator[_Packet]:
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, list(_PACKETS))
    try:
        codec = int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little", signed=True).decode("latin-1")
        if not capture.isOpened() or codec not in _CODECS:
            return
        if start_s:
            capture.set(cv2.CAP_PROP_POS_MSEC, start_s * 1000)
        while capture.grab():
            yield _read_packet(capture, codec)
    finally:
        capture.release()


def _read_packet(capture: cv2.VideoCapture, codec: str) -> _Packet:
    found, content = capture.retrieve()
    coded = content.tobytes() if found else b""
    zeros = _ZEROS_OF_ARITHMETIC_CODERS if codec in _ARITHMETIC else _ZEROS
    is_damaged = not found or zeros in (coded.rstrip(b"\0") if codec in _PADDED else coded)
    at_s = max(0.0, float(capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000)
    return _Packet(at_s, bool(capture.get(cv2.CAP_PROP_LRF_HAS_KEY_FRAME)), is_damaged)


def _join(packets: Iterator[_Packet]) -> Iterator[DamagedPart]:
    """Each damaged packet spoils the pictures up to the next sound key picture, or to the end."""
    since_s: float | None = None
    newest_s = 0.0
    for packet in packets:
        newest_s = max(newest_s, packet.at_s)
        if packet.is_damaged:
            since_s = packet.at_s if since_s is None else min(since_s, packet.at_s)
        elif packet.is_key and since_s is not None:
            yield DamagedPart(since_s, packet.at_s)
            since_s = None
    if since_s is not None:
        yield DamagedPart(since_s, newest_s + 1)
