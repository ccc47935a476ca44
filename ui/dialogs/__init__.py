"""Dialogs, their common base, and what several of them use."""
