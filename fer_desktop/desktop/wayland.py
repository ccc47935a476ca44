"""Wayland, where a program sees no other program's windows."""

import os
import sys


def is_wayland() -> bool:
    """Whether the screen cannot be captured from here. XWayland shows only its own windows, so it does not help."""
    wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland" or bool(os.environ.get("WAYLAND_DISPLAY"))
    return sys.platform.startswith("linux") and wayland
