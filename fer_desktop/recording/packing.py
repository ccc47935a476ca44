"""What was seen in a segment as bytes: between processes, and in the files of finished segments."""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Final

import numpy as np

from fer_desktop.messages import Message
from fer_desktop.types import (
    Box,
    FaceCues,
    FaceDetection,
    FaceReading,
    PresenceReading,
    StageTimes,
    Tile,
    TilePresence,
    UnreadableReason,
)
from fer_desktop.vision.motion import PictureChange
from fer_desktop.vision.people.still_pictures import TileMove
from fer_desktop.vision.seen_frame import SeenFrame, SeenTile

_LEVEL: Final = 1
"""Of zlib: half the size for a hundredth of the time that the frames take."""
_LENGTH_BYTES: Final = 4
"""Of the length of the table of names, which comes first."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenSegment:
    """What was seen in one segment. `frames_read`: of the file. `notice`: why no names were read, if none were."""

    frames: tuple[SeenFrame, ...]
    frames_read: int
    notice: Message | None = None


def pack_segment(segment: SeenSegment) -> bytes:
    """The segment as JSON, compressed.

    Names stand in a table before the rest, so that they can be replaced without packing that anew.
    """
    tables = _Tables()
    plain = {
        "frames": [_pack_frame(frame, tables) for frame in segment.frames],
        "messages": list(tables.messages),
        "frames_read": segment.frames_read,
        "notice": None if segment.notice is None else segment.notice.to_json(),
    }
    return _join(list(tables.names), _compress(plain))


def unpack_segment(content: bytes) -> SeenSegment:
    """What `pack_segment` was given. Raises `ValueError` for anything else."""
    names, rest = _split(content)
    try:
        plain = json.loads(zlib.decompress(rest))
        messages = [Message.from_json(text) for text in plain["messages"]]
        notice = None if plain["notice"] is None else Message.from_json(plain["notice"])
        frames = tuple(_unpack_frame(frame, names, messages) for frame in plain["frames"])
        return SeenSegment(frames, plain["frames_read"], notice)
    except (zlib.error, KeyError, TypeError, IndexError) as error:
        raise ValueError("no segment of a recording") from error


def hide_names(content: bytes, salt: bytes) -> bytes:
    """The packed segment with a digest in place of each name: the same for the same name, of no use without the salt.

    Raises `ValueError` for anything else.
    """
    names, rest = _split(content)
    return _join([_digest(name, salt) for name in names], rest)


def _digest(name: str, salt: bytes) -> str:
    return hmac.digest(salt, name.encode(), hashlib.sha256)[:16].hex()


class _Tables:
    """What recurs in many tiles is written once; `names` and `messages` have the place of each, in order."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.messages: dict[str, int] = {}

    def place_name(self, name: str | None) -> int | None:
        return None if name is None else self.names.setdefault(name, len(self.names))

    def place_message(self, message: Message) -> int:
        return self.messages.setdefault(message.to_json(), len(self.messages))


def _join(names: list[str], rest: bytes) -> bytes:
    table = _compress(names)
    return len(table).to_bytes(_LENGTH_BYTES) + table + rest


def _split(content: bytes) -> tuple[list[str], bytes]:
    """The names and the compressed rest. Raises `ValueError`."""
    end = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES])
    try:
        names: list[str] = json.loads(zlib.decompress(content[_LENGTH_BYTES:end]))
    except zlib.error as error:
        raise ValueError("no segment of a recording") from error
    return names, content[end:]


def _compress(plain: object) -> bytes:
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), _LEVEL)


def _pack_frame(frame: SeenFrame, tables: _Tables) -> dict[str, Any]:
    return {
        "time": [float(frame.captured_at_s), frame.width, frame.height],
        "tiles": [_pack_tile(tile, tables) for tile in frame.tiles],
        "faces": [_pack_face(reading, tables) for reading in frame.faces],
        "change": list(astuple(frame.change)),
        "stages": [float(value) for value in astuple(frame.stages)],
    }


def _unpack_frame(plain: dict[str, Any], names: Sequence[str], messages: Sequence[Message]) -> SeenFrame:
    captured_at_s, width, height = plain["time"]
    return SeenFrame(
        captured_at_s,
        width,
        height,
        tuple(_unpack_tile(tile, names, messages) for tile in plain["tiles"]),
        tuple(_unpack_face(face, messages) for face in plain["faces"]),
        PictureChange(*plain["change"]),
        StageTimes(*plain["stages"]),
    )


def _pack_tile(seen: SeenTile, tables: _Tables) -> list[Any]:
    cells = [base64.b64encode(seen.cells.tobytes()).decode(), list(seen.cells.shape)]
    tile, presence = seen.tile, _pack_presence(seen.presence, tables)
    return [_pack_box(tile.box), bool(tile.camera_on), tables.place_name(tile.name), presence, cells, seen.move]


def _unpack_tile(plain: list[Any], names: Sequence[str], messages: Sequence[Message]) -> SeenTile:
    box, camera_on, name, presence, (cells, shape), move = plain
    levels = np.frombuffer(base64.b64decode(cells), np.uint8).reshape(shape)
    tile = Tile(Box(*box), camera_on, None if name is None else names[name])
    return SeenTile(tile, _unpack_presence(presence, messages), levels, None if move is None else TileMove(move))


def _pack_presence(reading: PresenceReading, tables: _Tables) -> list[Any]:
    return [reading.presence, tables.place_message(reading.evidence), reading.reason, reading.held_s, reading.is_unsure]


def _unpack_presence(plain: list[Any], messages: Sequence[Message]) -> PresenceReading:
    presence, evidence, reason, held_s, is_unsure = plain
    reason = None if reason is None else UnreadableReason(reason)
    return PresenceReading(TilePresence(presence), messages[evidence], reason, held_s, is_unsure)


def _pack_face(reading: FaceReading, tables: _Tables) -> list[Any]:
    face = reading.face
    return [
        _pack_box(face.box),
        [float(face.score), float(face.presence)],
        face.keypoints_px.tolist(),
        face.tile,
        None if face.cues is None else [float(value) for value in astuple(face.cues)],
        None if face.unreadable is None else _pack_presence(face.unreadable, tables),
        None if reading.probabilities is None else reading.probabilities.tolist(),
    ]


def _unpack_face(plain: list[Any], messages: Sequence[Message]) -> FaceReading:
    box, (score, presence), keypoints, tile, cues, unreadable, probabilities = plain
    face = FaceDetection(
        Box(*box),
        score,
        presence,
        np.array(keypoints, np.float32),
        tile,
        None if cues is None else FaceCues(*cues),
        None if unreadable is None else _unpack_presence(unreadable, messages),
    )
    return FaceReading(face, None, None if probabilities is None else np.array(probabilities, np.float32))


def _pack_box(box: Box) -> list[float]:
    return [float(box.x), float(box.y), float(box.width), float(box.height)]
