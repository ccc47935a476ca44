"""What some tests need of the machine. Without it they are skipped, and a skip fails in CI: see `tests/skips.py`."""

import ctypes
import os
import shutil
import sys
from typing import Final

import pytest

_ON_LINUX: Final = sys.platform.startswith("linux")
_ON_SCREEN: Final = os.environ.get("QT_QPA_PLATFORM") != "offscreen" and (
    not _ON_LINUX or bool(os.environ.get("DISPLAY"))
)


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


LINUX: Final = pytest.mark.skipif(not _ON_LINUX, reason="this operating system is not Linux")
SCREEN: Final = pytest.mark.skipif(not _ON_SCREEN, reason="needs windows on a screen: run tools/with_display.sh")
XDOTOOL: Final = pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool, which is not installed")
XVFB: Final = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb, which is not installed")
PIPEWIRE: Final = pytest.mark.skipif(
    not _has_library("libpipewire-0.3.so.0"), reason="needs libpipewire, which is not installed"
)
