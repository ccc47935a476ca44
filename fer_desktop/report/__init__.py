"""Exports and reports: a session as a file. docs/export.md describes the formats."""
