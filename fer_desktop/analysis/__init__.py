"""What review and reports both compute from a recorded session: attendance, drops, bins, exclusions."""
