"""The names in the tiles' labels: read, remembered, compared."""
