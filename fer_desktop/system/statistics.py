"""Confidence intervals."""


def compute_wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion (Wilson 1927), within 0 to 1; (0, 1) without trials."""
    from scipy.stats import binomtest  # takes a second to import, which no start of the program should wait for

    if not trials:
        return 0.0, 1.0
    interval = binomtest(successes, trials).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
