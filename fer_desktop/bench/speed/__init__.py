"""How fast a frame is read, stage by stage, and how fast other programs read the same frame."""
