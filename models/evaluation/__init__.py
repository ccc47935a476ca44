"""Evaluation: metrics, calibration, robustness and explanations, with the commands `evaluate` and `explain`."""
