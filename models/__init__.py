"""The expression network: architecture, training, evaluation, and the shipped weights with their card."""
