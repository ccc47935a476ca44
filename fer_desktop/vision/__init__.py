"""From a frame to its students: tiles, names, faces, identities, and the analyzer that calls them in order."""
