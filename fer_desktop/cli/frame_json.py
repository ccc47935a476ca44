"""A frame's result as the JSON object that `analyze --frames` and `detect` write."""

from typing import Any

from fer_desktop.types import EXPRESSIONS, Box, FaceReading, FrameResult, TilePresence, TileReading


def describe_frame(result: FrameResult) -> dict[str, Any]:
    """Size, tiles and faces. Boxes are [left, top, width, height] in pixels of the frame.

    `presence` of a tile: "face", "unreadable" (a person whose face cannot be read, with the `reason` or null), "empty",
    "camera_off" or "not_shown" (covered by another window, or excluded).
    `expression` and `probabilities` are null where expressions are off; `student` is null until a new student has a
    number.
    """
    return {
        "width": result.frame.width,
        "height": result.frame.height,
        "tiles": [_describe_tile(reading) for reading in result.tiles],
        "faces": [_describe_face(reading, result.tiles) for reading in result.faces],
    }


def _describe_tile(reading: TileReading) -> dict[str, Any]:
    described: dict[str, Any] = {
        "box": _box_as_list(reading.tile.box),
        "name": reading.tile.name,
        "camera_on": reading.tile.camera_on,
        "presence": reading.presence.presence,
    }
    if reading.presence.presence is TilePresence.UNREADABLE:
        described["reason"] = reading.presence.reason
    return described


def _describe_face(reading: FaceReading, tiles: tuple[TileReading, ...]) -> dict[str, Any]:
    face = reading.face
    probabilities = None
    if reading.probabilities is not None:
        values = reading.probabilities.tolist()
        probabilities = {name.value: round(value, 4) for name, value in zip(EXPRESSIONS, values, strict=True)}
    return {
        "box": _box_as_list(face.box),
        "score": round(face.score, 4),
        "tile": face.tile,
        "student": reading.student,
        "name": tiles[face.tile].tile.name if face.tile is not None else None,
        "expression": reading.expression,
        "probabilities": probabilities,
    }


def _box_as_list(box: Box) -> list[float]:
    return [round(value, 1) for value in (box.x, box.y, box.width, box.height)]
