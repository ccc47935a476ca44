"""Whether a student was there also where their face was not read, and why it was not.

Sessions of before have no such marks: nobody looked for people then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("samples", sa.Column("person_seen", sa.Boolean(), nullable=True))
    op.add_column("samples", sa.Column("unreadable", sa.String(16), nullable=True))
    op.add_column("moods", sa.Column("people", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("samples", "person_seen")
    op.drop_column("samples", "unreadable")
    op.drop_column("moods", "people")
