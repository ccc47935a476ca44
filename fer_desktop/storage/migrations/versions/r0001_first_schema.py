"""The first schema: sessions, students, samples, moods, events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_EXPRESSIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


def upgrade() -> None:
    _create_sessions()
    _create_students()
    _create_samples()
    _create_moods()
    _create_events()


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("interrupted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("expressions_on", sa.Boolean(), nullable=False),
        sa.Column("aggregate_only", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=2), nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sqlite_autoincrement=True,
    )


def _create_students() -> None:
    op.create_table(
        "students",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("student", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        _session_key("students"),
        sa.PrimaryKeyConstraint("session_id", "student", name="pk_students"),
    )


def _create_samples() -> None:
    op.create_table(
        "samples",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("student", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("second", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("face_found", sa.Boolean(), nullable=False),
        sa.Column("camera_on", sa.Boolean(), nullable=False),
        sa.Column("tile_seen", sa.Boolean(), nullable=False),
        *_probabilities(),
        sa.ForeignKeyConstraint(
            ["session_id", "student"],
            ["students.session_id", "students.student"],
            name="fk_samples_session_id_students",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "student", "second", name="pk_samples"),
        sqlite_with_rowid=False,
    )


def _create_moods() -> None:
    op.create_table(
        "moods",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("faces", sa.SmallInteger(), nullable=False),
        sa.Column("cameras_on", sa.SmallInteger(), nullable=False),
        sa.Column("students", sa.SmallInteger(), nullable=False),
        *_probabilities(),
        _session_key("moods"),
        sa.PrimaryKeyConstraint("session_id", "second", name="pk_moods"),
        sqlite_with_rowid=False,
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("student", sa.Integer(), nullable=True),
        sa.Column("flag", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        _session_key("events"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_session_id", "events", ["session_id", "second"])


def _probabilities() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.SmallInteger(), nullable=True) for name in _EXPRESSIONS]


def _session_key(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_session_id_sessions"
    return sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=name, ondelete="CASCADE")
