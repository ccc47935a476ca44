"""How long each ended session was watched: shares of the class's time must not count its pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_FILL = """
UPDATE sessions SET watched_seconds = (SELECT count(*) FROM moods WHERE moods.session_id = sessions.id)
WHERE ended_at IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("sessions", sa.Column("watched_seconds", sa.Integer(), nullable=True))
    op.execute(_FILL)
