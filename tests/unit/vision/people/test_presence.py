"""The presence of each tile follows from the layout, the faces and the people."""

from dataclasses import replace

from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Box, PersonSeen, PresenceReading, Tile, TilePresence, UnreadableReason
from fer_desktop.vision.people.presence import read_presences
from tests.fakes import make_face

ON, OFF = Tile(Box(0, 0, 90, 60), camera_on=True), Tile(Box(0, 0, 90, 60), camera_on=False)
NOBODY = PersonSeen(checked=True, is_there=False, is_moving=False, share=0.001)
SOMEBODY = replace(NOBODY, is_there=True, share=0.304, hidden_by=UnreadableReason.CUT_OFF)


def read(tile: Tile, person: PersonSeen | None = None, *, face: bool = False, shown: bool = True) -> PresenceReading:
    people = {} if person is None else {0: person}
    faces = [make_face(tile.box, tile=0)] if face else []
    return read_presences([tile], faces, people, not_shown=() if shown else {0})[0]


def test_a_face_is_a_face_also_on_a_tile_that_looks_like_a_card() -> None:
    assert read(ON, face=True).presence is TilePresence.FACE
    assert read(OFF, face=True).presence is TilePresence.FACE


def test_a_person_without_a_face_is_there_with_the_evidence_and_the_reason() -> None:
    evidence = Message(MessageKey.PERSON_SEEN, percent=30)
    assert read(ON, SOMEBODY) == PresenceReading(TilePresence.UNREADABLE, evidence, UnreadableReason.CUT_OFF)


def test_motion_where_a_person_was_is_a_person() -> None:
    moving = read(ON, replace(NOBODY, is_moving=True))
    assert (moving.presence, moving.evidence.key) == (TilePresence.UNREADABLE, MessageKey.MOTION_SEEN)


def test_a_person_whom_only_a_doubtful_opinion_finds_is_there_and_unsure() -> None:
    assert read(ON, replace(SOMEBODY, is_unsure=True)) == replace(read(ON, SOMEBODY), is_unsure=True)


def test_nobody_is_seen_only_where_somebody_looked() -> None:
    assert read(ON, NOBODY).presence is TilePresence.EMPTY
    unchecked = read(ON, replace(NOBODY, checked=False))
    assert (unchecked.presence, unchecked.evidence.key) == (TilePresence.UNREADABLE, MessageKey.NOT_CHECKED)


def test_a_card_and_a_covered_tile_are_neither_there_nor_empty() -> None:
    assert read(OFF).presence is TilePresence.CAMERA_OFF
    assert read(ON, shown=False).presence is TilePresence.NOT_SHOWN
