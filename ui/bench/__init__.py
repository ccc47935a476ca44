"""Benchmarks of the real windows."""
