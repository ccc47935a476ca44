"""What a tile shows in one frame: a face that is read, a person whose face is not readable, nobody, a card."""

from dataclasses import dataclass
from enum import StrEnum

from fer_desktop.messages.message import Message


class TilePresence(StrEnum):
    """Who is there in a tile."""

    FACE = "face"  # a face was found that can be read
    UNREADABLE = "unreadable"  # a person is there, and no readable face
    EMPTY = "empty"  # the camera is on and shows nobody
    CAMERA_OFF = "camera_off"
    NOT_SHOWN = "not_shown"  # another window covers the tile, or it must not be analysed


class UnreadableReason(StrEnum):
    """Why the face of a person who is there cannot be read."""

    TURNED = "turned"
    MASKED = "masked"
    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"


@dataclass(frozen=True, slots=True)
class PresenceReading:
    """The presence in one tile and what it rests on. `reason`: of an unreadable face, where it is known.

    `held_s`: for how long it had held before that was known, as of a chair that was taken for a person. `is_unsure`: of
    a person, where only a doubtful second opinion finds one.
    """

    presence: TilePresence
    evidence: Message
    reason: UnreadableReason | None = None
    held_s: int = 0
    is_unsure: bool = False
