"""The English text of every message, and the types of its arguments.

A place in a text is `{name}` or `{name:duration}`, which renders seconds as a duration. Rewording a text here changes
how sessions recorded before are shown, and nothing that is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.texts import Plural, mark


@dataclass(frozen=True, slots=True)
class MessageText:
    """`arguments`: the type of each by name; `object` is text or another message. Of a plural, `n` is the number."""

    english: str | Plural
    arguments: Mapping[str, type] = field(default_factory=dict)


_T = MessageText
MESSAGE_TEXTS: Final[Mapping[MessageKey, MessageText]] = {
    MessageKey.LITERAL: _T("{text}", {"text": str}),
    MessageKey.NOT_IN_CALL: _T(mark("not in the call for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.NO_FACE: _T(mark("camera on, but no face seen for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.CAMERA_OFF: _T(mark("camera off for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.NEGATIVE: _T(mark("more negative than usual for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.EYES_CLOSED: _T(
        mark("eyes closed in {closed} of {samples} checks over {lasted_s:duration}, unusual for this student"),
        {"closed": int, "samples": int, "lasted_s": int},
    ),
    MessageKey.CLASS_MOOD_FELL: _T(
        mark("lower mood for {fell} of {students} students within seconds"), {"fell": int, "students": int}
    ),
    MessageKey.SOURCE_REGION: _T(
        mark("Screen region {width} x {height} at {left}, {top}"),
        {"width": int, "height": int, "left": int, "top": int},
    ),
    MessageKey.SOURCE_CAMERA: _T(mark("Camera {number}"), {"number": int}),
    MessageKey.SOURCE_WINDOW: _T(mark("Window of {program}"), {"program": str}),
    MessageKey.SOURCE_UNNAMED_WINDOW: _T(mark("A window")),
    MessageKey.SOURCE_SIMULATED: _T(Plural("Simulated class of one", "Simulated class of {n}"), {"n": int}),
    MessageKey.PICTURES_SKIPPED: _T(
        Plural(
            "{n} file in {name} was skipped because it is not an image",
            "{n} files in {name} were skipped because they are not images",
        ),
        {"n": int, "name": str},
    ),
    MessageKey.RECORDING_ENDS_EARLY: _T(
        mark("{name} ends early: only {read} of {announced} frames could be read. The file is damaged or incomplete"),
        {"name": str, "read": int, "announced": int},
    ),
    MessageKey.CAMERA_UNPLUGGED: _T(
        mark("camera {number} is not sending a picture. Is it unplugged?"), {"number": int}
    ),
    MessageKey.REGION_OFF_SCREEN: _T(
        mark("the region {region} is off the screen. Was a monitor unplugged or changed?"), {"region": str}
    ),
    MessageKey.SCREEN_UNAVAILABLE: _T(mark("the screen cannot be captured. Was a monitor or the display changed?")),
    MessageKey.REGION_BLACK: _T(mark("the region is black. Is the window minimised or covered?")),
    MessageKey.REGION_BLACK_ON_WAYLAND: _T(
        mark(
            "the region is black. Is the window minimised or covered? Programs cannot see other windows under Wayland: "
            "log in with an X11 session"
        )
    ),
    MessageKey.PICTURE_FROZEN: _T(
        mark(
            "Nothing in this part of the screen has changed for {seconds} seconds. Is the call still there and its "
            "window open?"
        ),
        {"seconds": int},
    ),
    MessageKey.WINDOW_CLOSED: _T(
        mark("the watched window is closed. Open the call again to continue, or stop and choose another window")
    ),
    MessageKey.WINDOW_HIDDEN: _T(mark("the watched window is minimised or on another workspace. Bring it back")),
    MessageKey.WINDOW_TOO_SMALL: _T(mark("the watched window is too small to show a class. Make it larger")),
    MessageKey.WINDOW_COVERED: _T(mark("{program} covers the watched window. Move it aside"), {"program": str}),
    MessageKey.WINDOW_COVERED_BY_UNKNOWN: _T(mark("Another window covers the watched window. Move it aside")),
    MessageKey.WINDOW_PARTLY_COVERED: _T(
        mark("{program} covers part of the watched window. Move it aside"), {"program": str}
    ),
    MessageKey.WINDOW_PARTLY_COVERED_BY_UNKNOWN: _T(
        mark("Another window covers part of the watched window. Move it aside")
    ),
    MessageKey.WINDOW_PARTLY_OFF_SCREEN: _T(mark("Part of the watched window is off the screen. Move it back")),
    MessageKey.WINDOW_RENAMED: _T(mark("The title of the watched window has changed. Does it still show the call?")),
    MessageKey.CAPTURE_FAILED: _T(
        mark("Something went wrong while capturing the picture ({error}). Start again."), {"error": str}
    ),
    MessageKey.ANALYSIS_FAILED: _T(
        mark("Something went wrong while reading the faces ({error}). Start again."), {"error": str}
    ),
    MessageKey.RECORDING_STOPPED: _T(mark("Recording has stopped: {error}"), {"error": object}),
    MessageKey.NAMES_UNREADABLE: _T(mark("Names cannot be read: {error}"), {"error": object}),
    MessageKey.FACES_UNREADABLE: _T(mark("Faces cannot be found: {error}"), {"error": object}),
    MessageKey.EXPRESSIONS_UNREADABLE: _T(mark("Expressions cannot be read: {error}"), {"error": object}),
    MessageKey.MODEL_FILE_MISSING: _T(
        mark("the model file {file} is missing. Install {package} again (make setup)."), {"file": str, "package": str}
    ),
    MessageKey.MODEL_FILE_UNREADABLE: _T(
        mark("the model file {file} cannot be opened. Install {package} again (make setup)."),
        {"file": str, "package": str},
    ),
    MessageKey.MODEL_FILE_DAMAGED: _T(
        mark("the model file {file} is damaged. Install {package} again (make setup)."),
        {"file": str, "package": str},
    ),
    MessageKey.KEPT_IN_MEMORY: _T(mark("Kept in memory until it can be saved: {error}"), {"error": object}),
    MessageKey.SETTINGS_BROKEN: _T(
        mark("Your settings file is damaged. What could be read of it is used. The old file: {path}."), {"path": str}
    ),
    MessageKey.SETTINGS_LOST: _T(
        mark("These settings could not be read and are back at their defaults: {names}. The old file: {path}."),
        {"names": str, "path": str},
    ),
    MessageKey.SETTINGS_UNREADABLE: _T(
        mark("Your settings could not be read ({reason}: {path})."), {"reason": str, "path": str}
    ),
    MessageKey.SETTINGS_NOT_CONFIRMED: _T(mark("Your settings were damaged and are not confirmed yet.")),
    MessageKey.SETTINGS_UNCONFIRMED: _T(
        mark(
            "{damage} Until you check the settings in the window and save them, expressions are off, only class totals "
            "are stored, and no lesson is deleted by age."
        ),
        {"damage": object},
    ),
    MessageKey.KEPT_IN_FILE: _T(
        mark("Kept in {file} and stored at the next start: {error}"), {"file": str, "error": object}
    ),
    MessageKey.LITTLE_SPACE: _T(
        mark("The disk of the sessions has only {free_mb} MB left: make room"), {"free_mb": int}
    ),
}
