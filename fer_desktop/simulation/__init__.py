"""The simulated class: drawn students in a drawn call window, for the demonstration, tests and measurements."""
