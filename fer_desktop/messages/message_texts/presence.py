"""Texts of what the presence in a tile rests on."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.FACE_SEEN: _T(mark("the face is visible"), {}),
    MessageKey.FACE_UNREADABLE: _T(mark("a face is visible, but not clearly enough to be read"), {}),
    MessageKey.PERSON_SEEN: _T(mark("a person fills {percent} % of the picture"), {"percent": int}),
    MessageKey.MOTION_SEEN: _T(mark("something moves where a person was before"), {}),
    MessageKey.NOT_CHECKED: _T(mark("not checked yet"), {}),
    MessageKey.NOBODY_SEEN: _T(mark("the camera shows nobody"), {}),
    MessageKey.CARD_SEEN: _T(mark("the tile shows a name or a still picture"), {}),
    MessageKey.PICTURE_STILL: _T(mark("the camera picture does not move"), {}),
    MessageKey.TILE_COVERED: _T(mark("the tile is covered or excluded"), {}),
}
