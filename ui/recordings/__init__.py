"""Recordings that are analysed in the background."""
