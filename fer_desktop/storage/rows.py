"""Converts records to rows and back, and filters out what a session must not store."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import RowMapping

from fer_desktop.messages import Message, literal
from fer_desktop.storage.schema import PROBABILITY_SCALE, EventRow, storable
from fer_desktop.types import (
    ANNOTATIONS,
    EXPRESSION_FLAGS,
    EXPRESSIONS,
    MIN_GROUP_SIZE,
    ClassMood,
    Event,
    EventKind,
    FlagKind,
    Floats,
    SecondRecord,
    StudentSecond,
)

Row = dict[str, object]
BAD_VALUES: Final = (ValueError, TypeError, OverflowError, KeyError, IndexError, AttributeError)
"""What a stored value raises that is not of the kind that was stored, as in a damaged file."""
MOST_SECONDS: Final = 10_000_000
"""Some 115 days: no number of a session is larger."""
_NO_PROBABILITIES: Final[Row] = dict.fromkeys((str(name) for name in EXPRESSIONS), None)


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one session, without its number. What must not be stored is dropped here."""

    aggregate_only: bool
    expressions_on: bool

    def mood_row(self, mood: ClassMood) -> Row | None:
        """The class's second; None if class totals are stored and the group is too small."""
        if self.aggregate_only and mood.faces < MIN_GROUP_SIZE:
            return None
        return {
            "second": mood.second,
            "faces": mood.faces,
            "people": mood.people,
            "cameras_on": mood.cameras_on,
            "students": mood.students,
            **self._probability_columns(mood.probabilities),
            "attention": self._stored_share(mood.attention),
        }

    def sample_rows(self, record: SecondRecord) -> list[Row]:
        """A row for each student; none if class totals are stored."""
        if self.aggregate_only:
            return []
        return [self._sample_row(record.second, sample) for sample in record.students]

    def student_row(self, student: int, name: str | None) -> Row | None:
        """The student's row; None if class totals are stored."""
        if self.aggregate_only:
            return None
        return {"student": student, "name": name}

    def event_row(self, event: Event) -> Row | None:
        """The event's row; None for one of a student if class totals are stored, or of expressions that are off."""
        if self.aggregate_only and event.student is not None:
            return None
        if event.flag in EXPRESSION_FLAGS and not self.expressions_on:
            return None
        return {
            "second": event.second,
            "kind": str(event.kind),
            "student": event.student,
            "flag": None if event.flag is None else str(event.flag),
            "text": storable(event.text),
            "message": None if event.message is None else event.message.map_texts(storable),
        }

    def _sample_row(self, second: int, sample: StudentSecond) -> Row:
        return {
            "student": sample.student,
            "second": second,
            "face_found": sample.face_found,
            "camera_on": sample.camera_on,
            "tile_seen": sample.tile_seen,
            "person_seen": sample.person_seen,
            "unreadable": None if sample.unreadable is None else str(sample.unreadable),
            **self._probability_columns(sample.probabilities),
            "attention": self._stored_share(sample.attention),
        }

    def _probability_columns(self, probabilities: Floats | None) -> Row:
        if probabilities is None or not self.expressions_on:
            return _NO_PROBABILITIES
        if probabilities.shape != (len(EXPRESSIONS),) or not np.all((probabilities >= 0) & (probabilities <= 1)):
            raise ValueError(f"a reading has seven probabilities from 0 to 1; came {probabilities!r}")
        stored = np.rint(probabilities * PROBABILITY_SCALE).astype(int).tolist()
        return dict(zip(_NO_PROBABILITIES, stored, strict=True))

    def _stored_share(self, share: float | None) -> int | None:
        if share is None or not self.expressions_on:
            return None
        if not 0 <= share <= 1:
            raise ValueError(f"an attention index is 0 to 1; came {share!r}")
        return round(share * PROBABILITY_SCALE)


def probabilities_of(stored: NDArray[np.float64]) -> Floats:
    """Probabilities or attention, 0 to 1, from stored columns of any shape; NaN stays NaN. Raises `ValueError`."""
    if np.any((stored < 0) | (stored > PROBABILITY_SCALE)):
        raise ValueError("a reading is out of range")
    return (stored / PROBABILITY_SCALE).astype(np.float32)


def whole_numbers(stored: NDArray[np.float64]) -> NDArray[np.int64]:
    """Seconds and counts from stored columns of any shape. Raises `ValueError` for what no session can have."""
    if not np.all((stored >= 0) & (stored <= MOST_SECONDS)):
        raise ValueError("a number is out of range")
    return stored.astype(np.int64)


def require_session_row(row: RowMapping) -> None:
    """Raises `ValueError` or `TypeError` where a session's row has a value of another kind than was stored."""
    for number in (row["seconds"], row["watched_seconds"] or 0, row["most_students"] or 0):
        require_number(number)
    mood = row["mean_mood"]
    if mood is not None and not (isinstance(mood, int) and abs(mood) <= PROBABILITY_SCALE):
        raise ValueError("a mood is out of range")
    for text in (row["course"], row["model"], row["place"] or ""):
        require_text(text)


def require_number(value: object) -> None:
    """Raises `ValueError` for what is no second or count of a session."""
    if not (isinstance(value, int) and 0 <= value <= MOST_SECONDS):
        raise ValueError(f"no number of a session: {value!r}")


def require_text(value: object) -> str:
    """The value, which has to be a text. Raises `TypeError`."""
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value


EVENT_COLUMNS: Final = (
    EventRow.id,
    EventRow.kind,
    EventRow.second,
    EventRow.text,
    EventRow.student,
    EventRow.flag,
    EventRow.message,
)
"""What `event_of` takes, in its order."""


def event_of(
    id_: int, kind: str, second: int, text: str, student: int | None, flag: str | None, message: Message | None
) -> Event:
    """The event of a stored row; a sentence from before messages had keys becomes a literal message.

    Raises `ValueError` or `TypeError` for a row with a value of another kind than was stored.
    """
    require_number(second)
    require_number(student or 0)
    require_text(text)
    event_kind = EventKind(kind)
    if event_kind not in ANNOTATIONS and message is None and text:
        text, message = "", literal(text)
    return Event(event_kind, second, text, student, None if flag is None else FlagKind(flag), message, id_)
