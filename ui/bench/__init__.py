"""What the windows cost, measured on the real ones."""
