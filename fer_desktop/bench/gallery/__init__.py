"""How well galleries are read: tiles, faces, names and identities against ground truth."""
