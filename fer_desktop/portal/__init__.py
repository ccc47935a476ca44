"""The screen as Wayland shares it: the user chooses in the desktop portal, and PipeWire brings the picture."""
