"""Recordings, read in parallel by several processes: segments out, what was seen in them back."""
