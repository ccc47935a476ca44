"""The monotonic clock behind the `Clock` port."""

import time


class MonotonicClock:
    """Does not jump when the computer's time is set."""

    def now_s(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()
