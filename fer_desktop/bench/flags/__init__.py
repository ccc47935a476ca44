"""How often flags are correct, and how late they are raised."""
