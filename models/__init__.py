"""The expression networks: architectures, training, evaluation, and the shipped weights with their card."""
