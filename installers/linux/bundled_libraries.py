"""Runtime hook of PyInstaller: `ctypes.util.find_library` also finds what the program brings.

The screen is captured through libxcb's extensions, which are looked for by their short names; a bare desktop may not
have all of them, and the system's search does not look into the program's folder.
"""

import ctypes.util
import sys
from pathlib import Path

_find_in_system = ctypes.util.find_library
_FOLDER = Path(sys._MEIPASS)  # type: ignore[attr-defined]  # PyInstaller's name for it


def _find_library(name: str) -> str | None:
    found = _find_in_system(name)
    return found or next((str(path) for path in sorted(_FOLDER.glob(f"lib{name}.so*"))), None)


ctypes.util.find_library = _find_library
