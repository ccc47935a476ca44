"""Choosing what to watch, and informing the class."""
