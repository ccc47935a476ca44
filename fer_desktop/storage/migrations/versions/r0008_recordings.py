"""Which recording a session is, and how much of it is stored, so that nothing is taken in twice; when it was purged."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("DROP TABLE IF EXISTS rescues")  # the marks that did this before
    op.add_column("sessions", sa.Column("recording", sa.String(32), nullable=True))
    op.create_index("ix_sessions_recording", "sessions", ["recording"], unique=True)
    op.add_column("sessions", sa.Column("entries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("sessions", sa.Column("purged_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_index("ix_sessions_recording", "sessions")
    for name in ("recording", "entries", "purged_at"):
        op.drop_column("sessions", name)
