"""Data sets for training and measuring: reading, cleaning and augmentation. Imports no window code."""
