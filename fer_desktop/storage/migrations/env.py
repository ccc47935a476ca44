"""Alembic loads this file to run revisions on the connection that `fer_desktop.storage.migrate` hands over."""

from alembic import context

from fer_desktop.storage.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place
    transactional_ddl=True,  # all revisions or none: the caller's transaction holds them
)
context.run_migrations()
