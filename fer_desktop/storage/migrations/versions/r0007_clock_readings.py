"""What the computer's clock showed during a session, so that each second has its true local time.

Sessions of before have no readings: their times are counted from their start, as they always were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


_KINDS = {
    "display_lost": "capture_lost",
    "picture_frozen": "capture_lost",
    "suspended": "capture_lost",
    "stalled": "capture_lost",
    "display_back": "capture_back",
    "picture_moving": "capture_back",
    "woken": "capture_back",
    "unstalled": "capture_back",
}
"""What the version of before knows of gaps."""


def upgrade() -> None:
    op.create_table(
        "clock_readings",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("utc_offset_s", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_clock_readings_session_id_sessions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "second", name=op.f("pk_clock_readings")),
    )


def downgrade() -> None:
    op.drop_table("clock_readings")
    op.execute("DELETE FROM events WHERE kind = 'clock_changed'")
    events = sa.table("events", sa.column("kind"))
    for kind, before in _KINDS.items():
        op.execute(events.update().where(events.c.kind == kind).values(kind=before))
