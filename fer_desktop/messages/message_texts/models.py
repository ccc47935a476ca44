"""Texts of what is wrong with a model, or with its file."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.MODEL_FILE_MISSING: _T(
        mark("the model file {file} is missing. Install {package} again."), {"file": str, "package": str}
    ),
    MessageKey.MODEL_FILE_UNREADABLE: _T(
        mark("the model file {file} cannot be opened. Install {package} again."),
        {"file": str, "package": str},
    ),
    MessageKey.MODEL_FILE_DAMAGED: _T(
        mark("the model file {file} is damaged. Install {package} again."),
        {"file": str, "package": str},
    ),
    MessageKey.NAME_READER_FAILED: _T(mark("Names cannot be read ({error}); install again"), {"error": str}),
}
