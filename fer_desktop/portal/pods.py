"""SPA POD, the format in which PipeWire describes streams: the few objects that a video stream needs.

Source: the PipeWire documentation, "SPA POD", and `spa/pod/pod.h`, `spa/param/*.h`; their numbers are part of the ABI.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

PARAM_ENUM_FORMAT: Final = 3
PARAM_FORMAT: Final = 4
PARAM_BUFFERS: Final = 5
PARAM_META: Final = 6

FORMAT_OBJECT: Final = 0x40003
BUFFERS_OBJECT: Final = 0x40004
META_OBJECT: Final = 0x40005

MEDIA_TYPE: Final = 1
MEDIA_SUBTYPE: Final = 2
VIDEO_FORMAT: Final = 0x20001
VIDEO_SIZE: Final = 0x20003
VIDEO_FRAME_RATE: Final = 0x20004
VIDEO_MAX_FRAME_RATE: Final = 0x20005
MEDIA_TYPE_VIDEO: Final = 2
MEDIA_SUBTYPE_RAW: Final = 1

BUFFERS_COUNT: Final = 1
BUFFERS_DATA_TYPE: Final = 6
META_TYPE: Final = 1
META_SIZE: Final = 2

_ID, _INT, _RECTANGLE, _FRACTION, _OBJECT, _CHOICE = 3, 4, 10, 11, 15, 19
_RANGE, _ENUM, _FLAGS = 1, 3, 4
_PAIRS: Final = frozenset({_RECTANGLE, _FRACTION})
_MAX_BYTES: Final = 1 << 16

Pair = tuple[int, int]


def make_id(value: int) -> bytes:
    """A number of an enumeration."""
    return _make_pod(_ID, struct.pack("=I", value))


def make_int(value: int) -> bytes:
    """A signed number of 32 bits."""
    return _make_pod(_INT, struct.pack("=i", value))


def make_id_choice(values: Sequence[int]) -> bytes:
    """One of `values`, the first by preference."""
    numbers = [values[0], *values]
    return _make_choice(_ENUM, _ID, [struct.pack("=I", number) for number in numbers])


def make_int_range(preferred: int, least: int, most: int) -> bytes:
    """A number within bounds."""
    return _make_choice(_RANGE, _INT, [struct.pack("=i", number) for number in (preferred, least, most)])


def make_flags(value: int) -> bytes:
    """Some of the flags that are set in `value`."""
    return _make_choice(_FLAGS, _INT, [struct.pack("=i", value)])


def make_rectangle_range(preferred: Pair, least: Pair, most: Pair) -> bytes:
    """A width and height within bounds."""
    return _make_choice(_RANGE, _RECTANGLE, [struct.pack("=II", *pair) for pair in (preferred, least, most)])


def make_fraction_range(preferred: Pair, least: Pair, most: Pair) -> bytes:
    """A fraction within bounds."""
    return _make_choice(_RANGE, _FRACTION, [struct.pack("=II", *pair) for pair in (preferred, least, most)])


def make_object(kind: int, param: int, properties: Mapping[int, bytes]) -> bytes:
    """An object of type `kind` for the parameter `param`. `properties`: a pod by key."""
    body = b"".join(struct.pack("=II", key, 0) + pod for key, pod in properties.items())
    return _make_pod(_OBJECT, struct.pack("=II", kind, param) + body)


def read_properties(pod: bytes) -> dict[int, tuple[int, ...]]:
    """The numbers of an object's properties by key: one of an id or a number, two of a rectangle or a fraction.

    Of a choice the preferred value. Other values, and what is cut off, are left out.
    """
    if len(pod) < 16 or struct.unpack_from("=I", pod, 4)[0] != _OBJECT:
        return {}
    end = min(len(pod), 8 + struct.unpack_from("=I", pod)[0])
    found: dict[int, tuple[int, ...]] = {}
    place = 16
    while place + 16 <= end:
        key, _, size = struct.unpack_from("=III", pod, place)
        if value := _read_value(pod[place + 8 : min(end, place + 16 + size)]):
            found[key] = value
        place += 16 + _padded(size)
    return found


def pod_size(header: bytes) -> int:
    """Bytes of the whole pod that begins with these eight; no more than is plausible for a parameter."""
    return min(_MAX_BYTES, 8 + int(struct.unpack_from("=I", header)[0]))


def _read_value(pod: bytes) -> tuple[int, ...]:
    kind = struct.unpack_from("=I", pod, 4)[0]
    body = pod[8:]
    if kind == _CHOICE and len(body) >= 16:
        size, kind = struct.unpack_from("=II", body, 8)
        body = body[16 : 16 + size]
    if kind in _PAIRS and len(body) >= 8:
        return struct.unpack_from("=II", body)
    if kind in (_ID, _INT) and len(body) >= 4:
        return struct.unpack_from("=I", body)
    return ()


def _make_choice(kind: int, of: int, values: Iterable[bytes]) -> bytes:
    listed = list(values)
    return _make_pod(_CHOICE, struct.pack("=IIII", kind, 0, len(listed[0]), of) + b"".join(listed))


def _make_pod(kind: int, body: bytes) -> bytes:
    return struct.pack("=II", len(body), kind) + body + bytes(_padded(len(body)) - len(body))


def _padded(size: int) -> int:
    """Pods begin at multiples of eight bytes."""
    return (size + 7) // 8 * 8
