"""The tables, as SQLAlchemy maps them. Portable SQL only; `engine.py` holds what is specific to SQLite.

Probabilities and the attention index are whole ten-thousandths (0 to 10,000), so that a number takes two bytes where
a REAL takes eight: docs/adr/0003-sample-storage.md has the figures. NULL where no face was read.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import DateTime, Dialect, ForeignKey, ForeignKeyConstraint, Index, MetaData, SmallInteger, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from fer_desktop.messages import Message, literal

PROBABILITY_SCALE: Final = 10_000
COURSE_LENGTH: Final = 200
"""Of a course that has a roster."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time, stored without its zone, as not every database has zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class PlainText(TypeDecorator[str]):
    """A text without what not every database can store: NUL is left out, half a surrogate pair becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """The text as `PlainText` stores it."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class MessageJson(TypeDecorator[Message]):
    """A message as JSON. "" is an empty text; what is no message, as in a damaged file, is shown as it stands."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Message | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return "" if value == literal("") else storable(value.to_json())

    def process_result_value(self, value: str | None, dialect: Dialect) -> Message | None:
        if value is None:
            return None
        try:
            return Message.from_json(value)
        except ValueError:
            return literal(value)


class Base(DeclarativeBase):
    """The mapped tables, whose constraints have names that migrations can refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Probabilities:
    """The seven columns of an expression reading, named and ordered as `EXPRESSIONS`."""

    angry: Mapped[int | None] = mapped_column(SmallInteger)
    disgust: Mapped[int | None] = mapped_column(SmallInteger)
    fear: Mapped[int | None] = mapped_column(SmallInteger)
    happy: Mapped[int | None] = mapped_column(SmallInteger)
    sad: Mapped[int | None] = mapped_column(SmallInteger)
    surprise: Mapped[int | None] = mapped_column(SmallInteger)
    neutral: Mapped[int | None] = mapped_column(SmallInteger)


class Session(Base):
    """A watched lesson. `seconds`: its length so far, updated with every batch. `ended_at`: NULL while it runs.

    `recording`: a random name, by which its rescue files find it; `entries`: how many entries of it are stored.
    `purged_at`: when its age hid it; NULL unless it did. `watched_seconds`, `most_students`, `mean_mood`
    (ten-thousandths): of its `moods`, stored by `totals.py` when it ends and after every correction.
    """

    __tablename__ = "sessions"
    __table_args__ = ({"sqlite_autoincrement": True},)  # the number of a deleted session is not reused

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seconds: Mapped[int] = mapped_column(default=0)
    interrupted: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Message] = mapped_column(MessageJson)
    course: Mapped[str] = mapped_column(PlainText)
    simulated: Mapped[bool]
    expressions_on: Mapped[bool]
    aggregate_only: Mapped[bool]
    place: Mapped[str | None] = mapped_column(String(2))
    model: Mapped[str] = mapped_column(PlainText)
    watched_seconds: Mapped[int | None]
    most_students: Mapped[int | None] = mapped_column(SmallInteger)
    mean_mood: Mapped[int | None] = mapped_column(SmallInteger)
    recording: Mapped[str | None] = mapped_column(String(32), index=True, unique=True)
    entries: Mapped[int] = mapped_column(default=0, server_default="0")
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Student(Base):
    """A student of one session. `name`: NULL unless names are on or the teacher entered it."""

    __tablename__ = "students"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    student: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(PlainText)


class Sample(Probabilities, Base):
    """One student in one second. The key keeps a student's rows together: a timeline is one short read.

    `face_found`: a face that can be read. `person_seen`: the student, whether or not a face was read; NULL in sessions
    of versions that did not look for people. `unreadable`: an `UnreadableReason`, where that is known.
    """

    __tablename__ = "samples"
    __table_args__ = (
        ForeignKeyConstraint(
            ["session_id", "student"], ["students.session_id", "students.student"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    session_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    student: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    face_found: Mapped[bool]
    camera_on: Mapped[bool]
    tile_seen: Mapped[bool]
    person_seen: Mapped[bool | None]
    unreadable: Mapped[str | None] = mapped_column(String(16))
    attention: Mapped[int | None] = mapped_column(SmallInteger)


class Mood(Probabilities, Base):
    """The class in one second: the mean over its faces, and four counts.

    `people`: NULL in sessions of versions that did not look for people.
    """

    __tablename__ = "moods"
    __table_args__ = ({"sqlite_with_rowid": False},)

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    second: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    faces: Mapped[int] = mapped_column(SmallInteger)
    people: Mapped[int | None] = mapped_column(SmallInteger)
    cameras_on: Mapped[int] = mapped_column(SmallInteger)
    students: Mapped[int] = mapped_column(SmallInteger)
    attention: Mapped[int | None] = mapped_column(SmallInteger)


class EventRow(Base):
    """An event at a second: a bookmark, a flag, a lost capture."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "session_id", "second"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    second: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    student: Mapped[int | None]
    flag: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(PlainText)
    message: Mapped[Message | None] = mapped_column(MessageJson)


class ClockRow(Base):
    """What the computer's clock showed at a second: at the start of a session and after every change of the clock."""

    __tablename__ = "clock_readings"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    second: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    utc_offset_s: Mapped[int]


class SettlementRow(Base):
    """A student who was in view only briefly and was joined with another, or dropped, at the end of the session.

    `joined_with`: NULL if dropped. `kept`: the rows and names that this changed, as JSON, so that it can be undone.
    """

    __tablename__ = "settlements"

    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    student: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    joined_with: Mapped[int | None]
    first_second: Mapped[int]
    seconds: Mapped[int]
    kept: Mapped[str] = mapped_column(PlainText)


class LateCorrectionRow(Base):
    """A teacher's correction of a session, which rescue files on another computer may not know: `late_corrections.py`.

    `into`: NULL unless `student` became that one, from `from_second` on or altogether.
    """

    __tablename__ = "late_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    student: Mapped[int]
    into: Mapped[int | None]
    from_second: Mapped[int | None]


class DeletedRecording(Base):
    """The random name of a recording whose session was deleted: rescue files on another computer still bear it."""

    __tablename__ = "deleted_recordings"

    recording: Mapped[str] = mapped_column(String(32), primary_key=True)


class RosterRow(Base):
    """A name of a course's roster. Two may be the same: they are two students."""

    __tablename__ = "rosters"

    course: Mapped[str] = mapped_column(String(COURSE_LENGTH), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(PlainText)
