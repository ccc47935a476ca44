"""What was seen in a segment as bytes: between processes, and in the files of finished segments."""

import base64
import hashlib
import hmac
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
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


@dataclass(frozen=True, slots=True, eq=False)
class SeenSegment:
    """What was seen in one segment. `frames_read`: of the file. `notice`: why no names were read, if none were."""

    frames: tuple[SeenFrame, ...]
    frames_read: int
    notice: Message | None = None


def pack_segment(segment: SeenSegment) -> bytes:
    """The segment as JSON, compressed."""
    plain = {
        "frames": [_pack_frame(frame) for frame in segment.frames],
        "frames_read": segment.frames_read,
        "notice": None if segment.notice is None else segment.notice.to_json(),
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), _LEVEL)


def unpack_segment(content: bytes) -> SeenSegment:
    """What `pack_segment` was given. Raises `ValueError` for anything else."""
    try:
        plain = json.loads(zlib.decompress(content))
        notice = None if plain["notice"] is None else Message.from_json(plain["notice"])
        return SeenSegment(tuple(map(_unpack_frame, plain["frames"])), plain["frames_read"], notice)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError("no segment of a recording") from error


def hide_names(segment: SeenSegment, salt: bytes) -> SeenSegment:
    """The segment with a digest in place of each name: the same for the same name, and of no use without the salt."""
    return replace(segment, frames=tuple(replace(frame, tiles=_hide_in(frame.tiles, salt)) for frame in segment.frames))


def _hide_in(tiles: Sequence[SeenTile], salt: bytes) -> tuple[SeenTile, ...]:
    return tuple(
        each if each.tile.name is None else replace(each, tile=replace(each.tile, name=_digest(each.tile.name, salt)))
        for each in tiles
    )


def _digest(name: str, salt: bytes) -> str:
    return hmac.digest(salt, name.encode(), hashlib.sha256)[:16].hex()


def _pack_frame(frame: SeenFrame) -> dict[str, Any]:
    return {
        "time": [float(frame.captured_at_s), frame.width, frame.height],
        "tiles": [_pack_tile(tile) for tile in frame.tiles],
        "faces": [_pack_face(reading) for reading in frame.faces],
        "change": list(astuple(frame.change)),
        "stages": [float(value) for value in astuple(frame.stages)],
    }


def _unpack_frame(plain: dict[str, Any]) -> SeenFrame:
    captured_at_s, width, height = plain["time"]
    return SeenFrame(
        captured_at_s,
        width,
        height,
        tuple(map(_unpack_tile, plain["tiles"])),
        tuple(map(_unpack_face, plain["faces"])),
        PictureChange(*plain["change"]),
        StageTimes(*plain["stages"]),
    )


def _pack_tile(seen: SeenTile) -> list[Any]:
    cells = [base64.b64encode(seen.cells.tobytes()).decode(), list(seen.cells.shape)]
    tile, presence = seen.tile, _pack_presence(seen.presence)
    return [_pack_box(tile.box), bool(tile.camera_on), tile.name, presence, cells, seen.move]


def _unpack_tile(plain: list[Any]) -> SeenTile:
    box, camera_on, name, presence, (cells, shape), move = plain
    levels = np.frombuffer(base64.b64decode(cells), np.uint8).reshape(shape)
    tile = Tile(Box(*box), camera_on, name)
    return SeenTile(tile, _unpack_presence(presence), levels, None if move is None else TileMove(move))


def _pack_presence(reading: PresenceReading) -> list[Any]:
    return [reading.presence, reading.evidence.to_json(), reading.reason, reading.held_s, reading.is_unsure]


def _unpack_presence(plain: list[Any]) -> PresenceReading:
    presence, evidence, reason, held_s, is_unsure = plain
    reason = None if reason is None else UnreadableReason(reason)
    return PresenceReading(TilePresence(presence), Message.from_json(evidence), reason, held_s, is_unsure)


def _pack_face(reading: FaceReading) -> list[Any]:
    face = reading.face
    return [
        _pack_box(face.box),
        [float(face.score), float(face.presence)],
        face.keypoints_px.tolist(),
        face.tile,
        None if face.cues is None else [float(value) for value in astuple(face.cues)],
        None if face.unreadable is None else _pack_presence(face.unreadable),
        None if reading.probabilities is None else reading.probabilities.tolist(),
    ]


def _unpack_face(plain: list[Any]) -> FaceReading:
    box, (score, presence), keypoints, tile, cues, unreadable, probabilities = plain
    face = FaceDetection(
        Box(*box),
        score,
        presence,
        np.array(keypoints, np.float32),
        tile,
        None if cues is None else FaceCues(*cues),
        None if unreadable is None else _unpack_presence(unreadable),
    )
    return FaceReading(face, None, None if probabilities is None else np.array(probabilities, np.float32))


def _pack_box(box: Box) -> list[float]:
    return [float(box.x), float(box.y), float(box.width), float(box.height)]
