"""A made-up term of lessons to measure the review with."""
