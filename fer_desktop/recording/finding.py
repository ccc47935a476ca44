"""Finds the videos in a folder, and the lessons that were read from one."""

from pathlib import Path
from typing import Final

from fer_desktop.messages import ENGLISH, Message, MessageKey

VIDEO_SUFFIXES: Final = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ts", ".webm", ".wmv"})
"""Of the files that are taken from a folder; a file that is named may have any."""
_WEB_RECORDING: Final = "A recording"
"""What the web app exports as the source of such a lesson."""


def list_videos(folder: Path) -> list[Path]:
    """The videos that lie in a folder, by name. Raises `OSError`."""
    return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in VIDEO_SUFFIXES and path.is_file()]


def is_recording(source: Message) -> bool:
    """Whether that is the source of a lesson that was read from a video: when that one began is only guessed."""
    name = ENGLISH.render(source)
    return source.key is MessageKey.LITERAL and (Path(name).suffix.lower() in VIDEO_SUFFIXES or name == _WEB_RECORDING)
