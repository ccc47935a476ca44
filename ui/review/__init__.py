"""The review window: recorded sessions, their students, comparisons and corrections."""
