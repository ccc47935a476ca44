"""Evaluation: metrics, calibration, robustness, explanations, and the `evaluate` and `explain` commands."""
