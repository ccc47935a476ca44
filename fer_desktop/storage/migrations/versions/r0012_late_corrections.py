"""What was deleted and corrected after the recording, for rescue files that lie on other computers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "deleted_recordings",
        sa.Column("recording", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("recording", name=op.f("pk_deleted_recordings")),
    )
    op.create_table(
        "late_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("student", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=True),
        sa.Column("from_second", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_late_corrections_session_id_sessions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_corrections")),
    )
    op.create_index(op.f("ix_late_corrections_session_id"), "late_corrections", ["session_id"])


def downgrade() -> None:
    op.drop_table("late_corrections")
    op.drop_table("deleted_recordings")
