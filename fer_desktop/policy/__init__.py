"""What may be read, shown and stored, and what the class is informed of."""
