"""The monotonic clock behind the `Clock` port."""

import time


class MonotonicClock:
    """Does not jump when the computer's time is set."""

    def now_s(self) -> float:
        return time.monotonic()
