"""Finds the videos in a folder."""

from pathlib import Path
from typing import Final

VIDEO_SUFFIXES: Final = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ts", ".webm", ".wmv"})
"""Of the files that are taken from a folder; a file that is named may have any."""


def list_videos(folder: Path) -> list[Path]:
    """The videos that lie in a folder, by name. Raises `OSError`."""
    return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in VIDEO_SUFFIXES and path.is_file()]
