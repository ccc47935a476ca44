"""A clock that tests turn by hand."""


class ManualClock:
    """A `Clock`: `sleep` moves it on at once."""

    def __init__(self, now_s: float = 100.0) -> None:
        self.time_s = now_s

    def now_s(self) -> float:
        return self.time_s

    def sleep(self, seconds: float) -> None:
        self.time_s += seconds
