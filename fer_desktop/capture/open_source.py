"""Opens the source that a text names."""

import re
from pathlib import Path
from typing import Final

from fer_desktop.capture.camera import CameraSource
from fer_desktop.capture.pictures import PictureSource
from fer_desktop.capture.region import RegionSource, list_monitors
from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock, FrameSource

PICTURE_SUFFIXES: Final = frozenset({".bmp", ".gif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_MAX_DIGITS: Final = 9
_SCHEME: Final = re.compile(r"(screen|window|monitor|portal|camera|simulated)(?::(.*))?")


def open_source(text: str, *, fps: float | None, clock: Clock) -> FrameSource:
    """The source that `text` names; its `open` is left to the thread that reads it.

    `text`: `screen:1280x720+0+40`, `window:Zoom Meeting` (a part of a title, or a `WindowSelector` as a text),
    `monitor:1`, `portal:window` or `portal:monitor` (the desktop asks which, as on Wayland; `portal:window,again`: what
    was shared last), `camera:0`, `simulated` or `simulated:students=25,seconds=60,seed=7`, or the path of a video, a
    picture or a folder of pictures. `fps`: frames sampled from each second of a video (None: every frame), or pictures
    a second for pictures and the simulated class. Raises `SettingsError` or `SourceError`.
    """
    if not text.strip():
        raise SettingsError("no source is named: give a file, or screen:1280x720+0+40, camera:0, simulated")
    match = _SCHEME.fullmatch(text)
    if match is None:
        return _open_path(Path(text).expanduser(), fps=fps)
    kind, argument = match[1], match[2] or ""
    if kind == "screen":
        return RegionSource(Region.parse(argument), clock=clock)
    if kind == "window":
        return WindowSource(WindowSelector.parse(argument), clock=clock)
    if kind == "monitor":
        return RegionSource(_find_monitor(_read_number(text, argument)), clock=clock)
    if kind == "portal":
        return _make_shared(text, argument, clock=clock)
    if kind == "camera":
        return CameraSource(_read_number(text, argument), clock=clock)
    return _make_simulated(argument, fps=fps)


def _open_path(path: Path, *, fps: float | None) -> FrameSource:
    if not path.exists():
        raise SourceError(Message(MessageKey.NO_FILE_OR_FOLDER, path=str(path)))
    if path.is_dir() or path.suffix.lower() in PICTURE_SUFFIXES:
        return PictureSource(path, fps=fps or 1.0)
    return VideoSource(path, fps=fps)


def _find_monitor(number: int) -> Region:
    monitors = list_monitors()
    for monitor in monitors:
        if monitor.number == number:
            return monitor.region
    raise SettingsError(Message(MessageKey.NO_MONITOR, number=number, count=len(monitors)))


def _make_shared(text: str, options: str, *, clock: Clock) -> FrameSource:
    """`text`: the whole, for the error."""
    from fer_desktop.capture.shared import SharedSource
    from fer_desktop.portal.share_memory import SHARED_KINDS, ShareMemory

    what, _, again = options.partition(",")
    kind = next((kind for kind in SHARED_KINDS if kind == what), None)
    if kind is None or again not in ("", "again"):
        raise SettingsError(f'"{text}" is no source: write portal:window or portal:monitor, with ",again" or without')
    last = ShareMemory().load() if again else None
    return SharedSource(kind, clock=clock, token=last.token if last is not None and last.kind == kind else None)


def _make_simulated(options: str, *, fps: float | None) -> FrameSource:
    from fer_desktop.simulation.script import make_script
    from fer_desktop.simulation.source import SimulatedSource

    values = {"students": 25, "seconds": 60, "seed": 7}
    for option in filter(None, options.split(",")):
        name, _, value = option.partition("=")
        if name not in values:
            raise SettingsError(f'the simulated class has no option "{name}": it has {", ".join(values)}')
        values[name] = _read_number(f"simulated:{option}", value)
    return SimulatedSource(make_script(**values), fps=fps or 5.0)


def _read_number(text: str, number: str) -> int:
    """`text`: the whole, for the error."""
    if not number.isascii() or not number.isdecimal() or len(number) > _MAX_DIGITS:
        raise SettingsError(f'"{text}" needs a whole number after its last sign')
    return int(number)
