"""Training: recipes, batches, the training loop, export to a model folder, and the command `train`."""
