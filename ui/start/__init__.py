"""Choosing what to watch, where the class is, and telling the class."""
