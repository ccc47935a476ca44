"""The parts of the review window."""
