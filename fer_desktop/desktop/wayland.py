"""Recognises Wayland, where a program sees no other program's windows."""

import os
import sys


def is_wayland() -> bool:
    """Whether this desktop runs on Wayland. XWayland is no way out: it shows its own windows only."""
    wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland" or bool(os.environ.get("WAYLAND_DISPLAY"))
    return sys.platform.startswith("linux") and wayland
