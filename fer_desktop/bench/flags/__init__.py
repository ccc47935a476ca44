"""How often flags are right, and how late they come."""
