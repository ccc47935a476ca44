"""The frozen values that the stages hand on to each other. Imports numpy and messages only.

Conventions: pictures are uint8, (height, width, 3), blue-green-red. Boxes are in pixels of the frame, origin top left.
Times end in `_s` (seconds of the source's own clock: monotonic for live sources, position for recorded ones)
or `_ms`. `second` counts whole seconds since the session began.
"""

from fer_desktop.types.arrays import Floats, Image
from fer_desktop.types.clock import ClockReading, Instant, find_local_time
from fer_desktop.types.engagement import (
    HIGH_ATTENTION,
    LOW_ATTENTION,
    MIN_GROUP_SIZE,
    AttentionLevel,
    ClassMood,
    Flag,
    FlagKind,
    Presence,
    StudentSecond,
    StudentState,
    attention_level,
)
from fer_desktop.types.exports import ExportFormat, ExportPart
from fer_desktop.types.expressions import (
    BALANCED_MOOD,
    CLEAR_MOOD,
    EXPRESSIONS,
    FACE_CROP_SIZE_PX,
    FER2013_KEYPOINTS,
    NEGATIVE_EXPRESSIONS,
    STACK_ORDER,
    UNCERTAIN_EXPRESSIONS,
    Expression,
    mood_of,
)
from fer_desktop.types.frames import (
    FaceCues,
    FaceDetection,
    FaceReading,
    Frame,
    FrameResult,
    LookCounts,
    Merge,
    Pace,
    PersonSeen,
    Settlement,
    StageTimes,
    Tile,
    TileReading,
)
from fer_desktop.types.geometry import Box
from fer_desktop.types.presence import PresenceReading, TilePresence, UnreadableReason
from fer_desktop.types.session import (
    ANNOTATIONS,
    GAP_ENDS,
    Event,
    EventKind,
    Observation,
    PipelineState,
    PipelineStats,
    SecondRecord,
)

__all__ = [
    "ANNOTATIONS",
    "BALANCED_MOOD",
    "CLEAR_MOOD",
    "EXPRESSIONS",
    "FACE_CROP_SIZE_PX",
    "FER2013_KEYPOINTS",
    "GAP_ENDS",
    "HIGH_ATTENTION",
    "LOW_ATTENTION",
    "MIN_GROUP_SIZE",
    "NEGATIVE_EXPRESSIONS",
    "STACK_ORDER",
    "UNCERTAIN_EXPRESSIONS",
    "AttentionLevel",
    "Box",
    "ClassMood",
    "ClockReading",
    "Event",
    "EventKind",
    "ExportFormat",
    "ExportPart",
    "Expression",
    "FaceCues",
    "FaceDetection",
    "FaceReading",
    "Flag",
    "FlagKind",
    "Floats",
    "Frame",
    "FrameResult",
    "Image",
    "Instant",
    "LookCounts",
    "Merge",
    "Observation",
    "Pace",
    "PersonSeen",
    "PipelineState",
    "PipelineStats",
    "Presence",
    "PresenceReading",
    "SecondRecord",
    "Settlement",
    "StageTimes",
    "StudentSecond",
    "StudentState",
    "Tile",
    "TilePresence",
    "TileReading",
    "UnreadableReason",
    "attention_level",
    "find_local_time",
    "mood_of",
]
