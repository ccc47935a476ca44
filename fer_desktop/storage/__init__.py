"""Recorded sessions: the schema, its migrations, the writer, and the queries of review.

Start with `store.open_store`; `values` holds what it accepts and returns. Nothing is imported here, to keep the
command line fast: SQLAlchemy loads with `store`.
"""
