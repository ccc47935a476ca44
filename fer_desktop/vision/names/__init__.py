"""Reads the names in the tiles' labels, and remembers each while its label is unchanged."""
