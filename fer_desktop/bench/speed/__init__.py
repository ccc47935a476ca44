"""How fast a frame is read, stage by stage, and how fast others read the same frame."""
