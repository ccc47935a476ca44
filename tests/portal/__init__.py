"""Desktops that share their screen: a fake portal, and the real one on a headless GNOME compositor."""
