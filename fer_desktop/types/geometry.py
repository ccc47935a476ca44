"""Rectangles in a frame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the frame: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not (self.width >= 0 and self.height >= 0):
            raise ValueError(f"a box cannot have the size {self.width} x {self.height}")

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """In square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The x and y of the centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside; the right and the bottom edge do not."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def shifted(self, dx: float, dy: float) -> "Box":
        """The box moved right by `dx` and down by `dy`."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def intersection_area(self, other: "Box") -> float:
        """The area that both boxes cover; 0 where they do not overlap."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, width) * max(0.0, height)

    def iou(self, other: "Box") -> float:
        """Intersection over union, 0 to 1."""
        shared = self.intersection_area(other)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0

    def clipped(self, width: int, height: int) -> "Box":
        """The part inside a frame of that size; of no size where there is none."""
        left, top = min(max(self.x, 0), width), min(max(self.y, 0), height)
        right, bottom = min(max(self.right, 0), width), min(max(self.bottom, 0), height)
        return Box(left, top, right - left, bottom - top)

    def rounded(self) -> tuple[int, int, int, int]:
        """Left, top, width, height as whole pixels."""
        return round(self.x), round(self.y), round(self.width), round(self.height)
