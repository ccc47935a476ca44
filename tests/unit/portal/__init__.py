"""The screen as the desktop shares it."""
