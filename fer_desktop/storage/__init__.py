"""Recorded sessions: the schema, its migrations, the one writer, and what review reads.

`store.open_store` is the way in, `values` holds what goes in and comes out. Nothing is imported here, so that
the command line stays quick: SQLAlchemy loads with `store`.
"""
