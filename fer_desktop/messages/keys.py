"""The keys of all messages. They are stored with sessions, so a key is never renamed nor given another meaning."""

from enum import StrEnum


class MessageKey(StrEnum):
    """What is said, apart from the words; `message_texts.py` has the English words and the types of the arguments."""

    LITERAL = "literal"
    """Words from outside, or of a version without keys: the same in every language."""

    # Why a flag was raised
    NOT_IN_CALL = "flag.not_in_call"
    NO_FACE = "flag.no_face"
    CAMERA_OFF = "flag.camera_off"
    NEGATIVE = "flag.negative"
    EYES_CLOSED = "flag.eyes_closed"
    CLASS_MOOD_FELL = "flag.class_mood_fell"

    # What is watched
    SOURCE_REGION = "source.region"
    SOURCE_CAMERA = "source.camera"
    SOURCE_WINDOW = "source.window"
    SOURCE_UNNAMED_WINDOW = "source.unnamed_window"
    SOURCE_SIMULATED = "source.simulated"

    # What of a recording or a folder could not be read
    PICTURES_SKIPPED = "source.pictures_skipped"
    RECORDING_ENDS_EARLY = "source.recording_ends_early"

    # Why nothing can be captured, or only a part
    CAMERA_UNPLUGGED = "capture.camera_unplugged"
    REGION_OFF_SCREEN = "capture.region_off_screen"
    SCREEN_UNAVAILABLE = "capture.screen_unavailable"
    REGION_BLACK = "capture.region_black"
    REGION_BLACK_ON_WAYLAND = "capture.region_black_on_wayland"
    PICTURE_FROZEN = "capture.picture_frozen"
    WINDOW_CLOSED = "capture.window_closed"
    WINDOW_HIDDEN = "capture.window_hidden"
    WINDOW_TOO_SMALL = "capture.window_too_small"
    WINDOW_COVERED = "capture.window_covered"
    WINDOW_COVERED_BY_UNKNOWN = "capture.window_covered_by_unknown"
    WINDOW_PARTLY_COVERED = "capture.window_partly_covered"
    WINDOW_PARTLY_COVERED_BY_UNKNOWN = "capture.window_partly_covered_by_unknown"
    WINDOW_PARTLY_OFF_SCREEN = "capture.window_partly_off_screen"
    WINDOW_RENAMED = "capture.window_renamed"

    # Faults of a session, and notices while it goes on
    CAPTURE_FAILED = "session.capture_failed"
    ANALYSIS_FAILED = "session.analysis_failed"
    RECORDING_STOPPED = "session.recording_stopped"
    KEPT_IN_MEMORY = "session.kept_in_memory"
    KEPT_IN_FILE = "session.kept_in_file"
    LITTLE_SPACE = "session.little_space"
    NAMES_UNREADABLE = "session.names_unreadable"
    FACES_UNREADABLE = "session.faces_unreadable"
    EXPRESSIONS_UNREADABLE = "session.expressions_unreadable"

    # What is wrong with a model file
    MODEL_FILE_MISSING = "model.file_missing"
    MODEL_FILE_UNREADABLE = "model.file_unreadable"
    MODEL_FILE_DAMAGED = "model.file_damaged"

    # The settings file
    SETTINGS_BROKEN = "settings.broken"
    SETTINGS_LOST = "settings.lost"
    SETTINGS_UNREADABLE = "settings.unreadable"
    SETTINGS_NOT_CONFIRMED = "settings.not_confirmed"
    SETTINGS_UNCONFIRMED = "settings.unconfirmed"
