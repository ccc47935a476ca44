"""The English text of every message, and the types of its arguments.

A place in a text is `{name}` or `{name:duration}`, which renders seconds as a duration. Rewording a text here changes
how sessions recorded before are shown, and nothing that is stored.
"""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts import (
    app,
    calendar,
    capture,
    desktop,
    encryption,
    export,
    flags,
    lesson_import,
    models,
    presence,
    roster,
    session,
    settings,
    sharing,
    source,
    storage,
)
from fer_desktop.messages.message_texts.message_text import MessageText, Texts

__all__ = ["MESSAGE_TEXTS", "MessageText"]

MESSAGE_TEXTS: Final[Texts] = {
    MessageKey.LITERAL: MessageText("{text}", {"text": str}),
    **flags.TEXTS,
    **presence.TEXTS,
    **source.TEXTS,
    **capture.TEXTS,
    **desktop.TEXTS,
    **sharing.TEXTS,
    **session.TEXTS,
    **settings.TEXTS,
    **calendar.TEXTS,
    **storage.TEXTS,
    **encryption.TEXTS,
    **roster.TEXTS,
    **export.TEXTS,
    **lesson_import.TEXTS,
    **models.TEXTS,
    **app.TEXTS,
}
