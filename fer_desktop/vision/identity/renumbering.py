"""Student numbers that turned out to be other students'."""


class Renumbering:
    """Remembers which number has become which; who still uses an old one means the student it is now."""

    def __init__(self) -> None:
        self._became: dict[int, int] = {}

    def now(self, student: int) -> int:
        """The number by which the student goes now."""
        while student in self._became:
            student = self._became[student]
        return student

    def join(self, student: int, into: int) -> tuple[int, int] | None:
        """The numbers as they are now, the first of which becomes the second; None where they are one already."""
        student, into = self.now(student), self.now(into)
        if student == into:
            return None
        self._became[student] = into
        return student, into
