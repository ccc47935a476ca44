"""Exports: the dialog, and the pages of a PDF."""
