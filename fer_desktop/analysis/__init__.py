"""What review and reports both compute from a recorded session: attendance, terms, drops, bins, exclusions."""
