"""The names of a course's students: read from a file, matched with the names in a call."""
