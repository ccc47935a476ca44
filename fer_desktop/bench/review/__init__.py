"""A generated term of lessons to measure the review with."""
