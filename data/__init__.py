"""Data sets for training and evaluation: reading, cleaning, augmentation."""
