"""Brief appearances that were joined or dropped at the end of a session, with what it takes to undo that."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "settlements",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("student", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("joined_with", sa.Integer(), nullable=True),
        sa.Column("first_second", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name=op.f("fk_settlements_session_id_sessions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "student", name=op.f("pk_settlements")),
    )


def downgrade() -> None:
    op.drop_table("settlements")
