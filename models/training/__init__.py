"""Training: recipes, batches, schedules, and the `train` command."""
