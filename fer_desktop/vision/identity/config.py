"""The constants of identity, in groups that are tuned together (on the rendered lessons of the gallery benchmark)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MatchingConfig:
    """Costs of the assignment of tiles to students. Costs and distances are 0 (the same) to 1."""

    max_cost: float = 0.5
    """Above it the tile shows another student. An unknown appearance at the old position costs .35, a known one
    elsewhere .30."""
    appearance_weight: float = 0.7
    position_weight: float = 0.3
    named_weight: float = 0.3
    """Weight of appearance and position where the names agree: they separate two students of one name."""
    named_bonus: float = 0.5
    """Subtracted where the names agree: a student of the tile's name precedes one whose name was never read."""
    renamed_cost: float = 0.4
    """Another name over the same room at the same position: they renamed themselves, or the name was misread before."""
    former_name_distance: float = 0.2
    """Added to the distance of a former name: whoever has the name now precedes whoever had it once."""
    misread_distance: float = 0.25
    """Names at this distance or more may be another person's..."""
    supporting_distance: float = 0.5
    """...unless appearance or position is nearer than this."""
    same_appearance: float = 0.3
    """Below it, two pictures of cameras show the same room."""
    same_card: float = 0.1
    """Below it, two cards are the same: they differ in their few letters only."""
    same_position: float = 0.1


@dataclass(frozen=True, slots=True)
class TrackerConfig:
    """Thresholds of the tracker, in frames at about five a second."""

    confirm_frames: int = 3
    """Frames in which a newcomer must be seen: pop-ups and half-drawn frames pass within a frame or two."""
    confirm_frames_where_named: int = 15
    """Where names are read, a nameless tile waits longer: its name, once read, may be that of a known student."""
    confirm_frames_awaiting_name: int = 150
    """...and longer yet while its label is still to be read, as where half of the tiles have moved at once."""
    confirm_frames_beside: int = 50
    """For a second face in a tile: a passer-by, or a picture on the wall once taken for a face, is no student."""
    max_missed_share: float = 0.1
    """Of the frames in which a newcomer was seen, how many may pass in a row without them."""
    same_box_iou: float = 0.5
    """Above it, two boxes of successive frames are one place in the window."""
    turned_page_share: float = 0.3
    """Of the students shown, how many vanish together when the call shows another page or view..."""
    turned_page_students: int = 3
    """...which are at least so many..."""
    turned_page_frames: int = 15
    """...within so many frames. Not within one: pages slide in, and cards are distinguished only by names read later.
    """
    enlarged_size: float = 1.5
    """Ratio of widths from which a tile of the same name or appearance is a second view: the speaker, shown large."""
    max_face_shift: float = 1.0
    """Face widths that a face without a tile may move between frames."""
    max_face_growth: float = 1.5
    """...and how many times as large, or as small, it may become; from there on it is another face."""
    recall_frames: int = 15
    """Who had a tile so shortly before the newest tiles may be an untiled face that is seen where theirs was..."""
    same_tile_size: float = 1.25
    """...unless the tiles have become larger or smaller than by this ratio: then the view is another one."""
    speaker_students: int = 3
    """Once so many have had tiles, one face alone without any tile is whoever speaks, shown large."""


@dataclass(frozen=True, slots=True)
class SettlingConfig:
    """Who was in view only briefly, at the end of a session; in seconds."""

    brief_s: float = 60.0
    """Numbers that were in view for less are looked at."""
    most_shared_s: float = 1.0
    """For so long one student may have had two tiles while the layout changed..."""
    most_shared_where_sure_s: float = 2.0
    """...and for so long where two kinds of evidence say that the two are one."""
    longest_turn_s: float = 3.0
    """From one tile of a student to the next: a camera goes off, a tile moves, the layout is found again."""
    shortest_visit_s: float = 15.0
    """Who is in view for less, without a name of their own, is not counted as a visitor."""


MATCHING: Final = MatchingConfig()
TRACKER: Final = TrackerConfig()
SETTLING: Final = SettlingConfig()
