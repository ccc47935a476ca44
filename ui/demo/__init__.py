"""The demo: the simulated class in a window, watched from the screen and scored against its script."""
