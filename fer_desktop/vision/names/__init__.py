"""The names that stand in the tiles: read, remembered, compared."""
