"""What is known of a message by its key: its English text and the types of its arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.texts import Plural


@dataclass(frozen=True, slots=True)
class MessageText:
    """`arguments`: the type of each by name; `object` is text or another message. Of a plural, `n` is the number."""

    english: str | Plural
    arguments: Mapping[str, type] = field(default_factory=dict)


Texts = Mapping[MessageKey, MessageText]
