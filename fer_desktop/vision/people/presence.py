"""The presence in each tile of a frame, from the layout, the faces and the people that were found."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import FaceDetection, PersonSeen, PresenceReading, Tile, TilePresence

_NOT_SHOWN: Final = PresenceReading(TilePresence.NOT_SHOWN, Message(MessageKey.TILE_COVERED))
_CAMERA_OFF: Final = PresenceReading(TilePresence.CAMERA_OFF, Message(MessageKey.CARD_SEEN))
STILL_PICTURE: Final = PresenceReading(TilePresence.CAMERA_OFF, Message(MessageKey.PICTURE_STILL))
_FACE: Final = PresenceReading(TilePresence.FACE, Message(MessageKey.FACE_SEEN))
EMPTY: Final = PresenceReading(TilePresence.EMPTY, Message(MessageKey.NOBODY_SEEN))
_UNCHECKED: Final = PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.NOT_CHECKED))


def read_presences(
    tiles: Sequence[Tile],
    faces: Sequence[FaceDetection],
    people: Mapping[int, PersonSeen],
    *,
    not_shown: Collection[int],
    still: Collection[int] = (),
) -> list[PresenceReading]:
    """One reading a tile. `people`: by the tile's index. `not_shown`: indices of covered and excluded tiles.

    `still`: of those that show a still picture in place of a camera.
    """
    by_tile = _find_faces(faces)
    readings = []
    for index, tile in enumerate(tiles):
        if index in not_shown:
            readings.append(_NOT_SHOWN)
        elif index in still:
            readings.append(STILL_PICTURE)
        elif index in by_tile:
            readings.append(by_tile[index].unreadable or _FACE)
        elif not tile.camera_on:
            readings.append(_CAMERA_OFF)
        else:
            readings.append(_read_person(people.get(index)))
    return readings


def _find_faces(faces: Sequence[FaceDetection]) -> dict[int | None, FaceDetection]:
    """One face a tile: one that can be read, if there is any."""
    unreadable_first = sorted(faces, key=lambda face: face.unreadable is None)
    return {face.tile: face for face in unreadable_first}


def _read_person(person: PersonSeen | None) -> PresenceReading:
    """Of a tile whose camera is on, without a face. Who was not checked yet is taken to be there."""
    if person is None or not person.checked:
        return _UNCHECKED
    if person.is_there:
        evidence = Message(MessageKey.PERSON_SEEN, percent=round(100 * person.share))
        return PresenceReading(TilePresence.UNREADABLE, evidence, person.hidden_by, is_unsure=person.is_unsure)
    if person.is_moving:
        return PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.MOTION_SEEN))
    return EMPTY
