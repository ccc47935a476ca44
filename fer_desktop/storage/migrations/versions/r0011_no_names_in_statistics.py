"""Keeps names out of PostgreSQL's statistics, where deleting a row does not remove them: it copies frequent values."""

from alembic import op

revision = "0011"
down_revision = "0010"

_COLUMNS_WITH_TEXT = {
    "sessions": ("source", "course"),
    "students": ("name",),
    "events": ("text", "message"),
    "settlements": ("kept",),
    "rosters": ("course", "name"),
}
_AS_MANY_AS_USUAL = -1


def upgrade() -> None:
    _limit_statistics(0)


def downgrade() -> None:
    _limit_statistics(_AS_MANY_AS_USUAL)


def _limit_statistics(values: int) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in _COLUMNS_WITH_TEXT.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {values}")
