"""The attention index: of a student, and of the class."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table in ("samples", "moods"):
        op.add_column(table, sa.Column("attention", sa.SmallInteger(), nullable=True))
