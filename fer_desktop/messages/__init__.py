"""Messages to the user: keys with typed arguments, and their texts in every language.

A `Message` travels and is stored; a `Language` renders it where it is shown. Texts that are shown where they are
written need no key: `Language.text` takes the English text itself. Reasons: docs/adr/0015-messages-as-data.md.
"""

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.language import ENGLISH, Language, load_language, pick_language
from fer_desktop.messages.message import Argument, Message, literal
from fer_desktop.messages.texts import Plural, mark

__all__ = [
    "ENGLISH",
    "Argument",
    "Language",
    "Message",
    "MessageKey",
    "Plural",
    "literal",
    "load_language",
    "mark",
    "pick_language",
]
