"""Texts of why a flag was raised."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.NOT_IN_CALL: _T(mark("not in the call for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.NO_FACE: _T(mark("camera on, but no face seen for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.NOBODY_IN_VIEW: _T(mark("camera on, but nobody in view for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.CAMERA_OFF: _T(mark("camera off for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.NEGATIVE: _T(mark("more negative than usual for {lasted_s:duration}"), {"lasted_s": int}),
    MessageKey.EYES_CLOSED: _T(
        mark("eyes mostly closed for {lasted_s:duration} (unusual)"),
        {"closed": int, "samples": int, "lasted_s": int},
    ),
    MessageKey.CLASS_MOOD_FELL: _T(
        mark("lower mood for {fell} of {students} students within seconds"), {"fell": int, "students": int}
    ),
}
