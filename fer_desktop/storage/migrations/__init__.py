"""Alembic's folder: `env.py` and one file a revision in `versions`. `fer_desktop.storage.migrate` runs them."""
