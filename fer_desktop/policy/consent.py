"""The text that informs a class before a session."""

from hashlib import sha256
from typing import Final, Literal

from fer_desktop.messages import ENGLISH, Language, mark

Watched = Literal["call", "room", "recording"]
"""What a session watches: a call on the screen, a room through a camera, or a recording of either."""

_OPENINGS: Final[dict[Watched, str]] = {
    "call": mark(
        "Before we begin: during this lesson, a program on my computer called FER Desktop watches the video call on my "
        "screen."
    ),
    "room": mark(
        "Before we begin: during this lesson, a program on my computer called FER Desktop watches this room through a "
        "camera."
    ),
    "recording": mark("A program on my computer called FER Desktop analyses the recording of our lesson."),
}
_EXPRESSIONS_READ: Final = mark(
    "It notices who is visible and whose camera is on. From faces, eyes and head position, it estimates the mood and "
    "attention of the class, so that I notice when I am losing you."
)
_PRESENCE_READ: Final = mark(
    "It notices who is visible and whose camera is on. It does not read expressions or feelings."
)
_NUMBERS_STORED: Final = mark(
    "It saves numbers, not pictures: no video, photos or sound are stored, and nothing leaves my computer."
)
_NUMBERS_STORED_ON_SERVER: Final = mark(
    "It saves numbers, not pictures: no video, photos or sound are stored. The numbers are kept on our school's server."
)
_PSEUDONYMS_SHOWN: Final = mark('You appear as "Student 1", "Student 2" and so on, unless we have agreed on names.')
_NAMES_STORED: Final = mark("You appear under the name shown on your video, and it is saved with the numbers.")
_CLASS_TOTALS: Final = mark("It saves totals for the whole class only, and nothing about individual students.")
_EXPRESSIONS_PURPOSE: Final = mark("Its estimates are often wrong. I use them only to teach better, never for grades.")
_PRESENCE_PURPOSE: Final = mark("I never use it for grades.")
_STUDENT_CHOICE: Final = mark(
    "If you would rather not take part, tell me at any time, here or in a private message, and I will exclude you. You "
    "can ask me to show you or delete what was recorded about you."
)
_CLASS_CHOICE: Final = mark(
    "If you would rather not take part, tell me, here or in a private message, or turn your camera off. You can ask me "
    "to delete what was recorded about the class."
)


def consent_text(
    *,
    expressions_on: bool,
    names_allowed: bool,
    individuals: bool = True,
    watched: Watched = "call",
    on_server: bool = False,
    language: Language = ENGLISH,
) -> str:
    """What the teacher reads out, or pastes into the chat, before such a session; parameters as of `list_sentences`."""
    paragraphs = list_sentences(
        expressions_on=expressions_on,
        names_allowed=names_allowed,
        individuals=individuals,
        watched=watched,
        on_server=on_server,
    )
    return "\n\n".join(" ".join(map(language.text, paragraph)) for paragraph in paragraphs) + "\n"


def list_sentences(
    *, expressions_on: bool, names_allowed: bool, individuals: bool, watched: Watched, on_server: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The English sentences of the text, by paragraph.

    `individuals`: False for class totals, where no student can be named or left out. `on_server`: the lessons are in a
    database on another computer."""
    who = (_NAMES_STORED if names_allowed else _PSEUDONYMS_SHOWN) if individuals else _CLASS_TOTALS
    stored = _NUMBERS_STORED_ON_SERVER if on_server else _NUMBERS_STORED
    return (
        (_OPENINGS[watched], _EXPRESSIONS_READ if expressions_on else _PRESENCE_READ),
        (stored, who, _EXPRESSIONS_PURPOSE if expressions_on else _PRESENCE_PURPOSE),
        (_STUDENT_CHOICE if individuals else _CLASS_CHOICE,),
    )


def fingerprint_consent(text: str) -> str:
    """Recognises a consent text: own words that were written for one text never stand for another."""
    return sha256(text.encode()).hexdigest()[:16]
