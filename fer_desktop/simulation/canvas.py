"""A drawing surface with soft edges and relief. Lengths are in the unit of the drawn object, not in pixels."""

from dataclasses import dataclass

import numpy as np

from fer_desktop.simulation.looks import Colour
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image

_RELIEF_REACH = 3.0
"""A Gaussian spot is cut off after this many standard deviations."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A part of the canvas: its slices, and the x of its columns (1, w) and the y of its rows (h, 1) in units."""

    rows: slice
    columns: slice
    x: Floats
    y: Floats


class SoftCanvas:
    """Colour (h, w, 3) from 0 to 255, cover (h, w) from 0 to 1, and the relief (h, w) in units that light falls on."""

    def __init__(self, *, left: float, top: float, right: float, bottom: float, pixels_per_unit: float) -> None:
        width, height = round((right - left) * pixels_per_unit), round((bottom - top) * pixels_per_unit)
        self.left, self.top = left, top
        self.pixels_per_unit = pixels_per_unit
        self.x = _pixel_centres(left, width, pixels_per_unit)[None, :]
        self.y = _pixel_centres(top, height, pixels_per_unit)[:, None]
        self.colour = np.zeros((height, width, 3), np.float32)
        self.cover = np.zeros((height, width), np.float32)
        self.relief = np.zeros((height, width), np.float32)

    @property
    def whole(self) -> Window:
        """The whole canvas as a window."""
        return Window(slice(None), slice(None), self.x, self.y)

    def window(self, x: float, y: float, reach_x: float, reach_y: float) -> Window:
        """The part around (x, y), clipped at the canvas's edges."""
        columns = self._slice(x - reach_x - self.left, x + reach_x - self.left, self.x.shape[1])
        rows = self._slice(y - reach_y - self.top, y + reach_y - self.top, self.y.shape[0])
        return Window(rows, columns, self.x[:, columns], self.y[rows])

    def edge(self, depth: Floats) -> Floats:
        """0 outside to 1 inside, soft over a pixel and a half. `depth`: distance inwards from the edge, in units."""
        soft: Floats = np.clip(depth * (self.pixels_per_unit / 1.5) + 0.5, 0, 1).astype(np.float32)
        return soft

    def spot(self, x: float, y: float, size_x: float, size_y: float, *, angle: float = 0.0) -> tuple[Window, Floats]:
        """A Gaussian spot of height 1, and its window. Sizes are standard deviations in units; `angle` in radians."""
        reach = _RELIEF_REACH * max(size_x, size_y) if angle else 0.0
        window = self.window(x, y, reach or _RELIEF_REACH * size_x, reach or _RELIEF_REACH * size_y)
        dx, dy = window.x - x, window.y - y
        if angle:
            cosine, sine = float(np.cos(angle)), float(np.sin(angle))
            dx, dy = dx * cosine + dy * sine, dy * cosine - dx * sine
            return window, np.exp(-0.5 * ((dx / size_x) ** 2 + (dy / size_y) ** 2))
        return window, np.exp(-0.5 * (dx / size_x) ** 2) * np.exp(-0.5 * (dy / size_y) ** 2)

    def bump(self, x: float, y: float, size_x: float, size_y: float, amount: float, *, angle: float = 0.0) -> None:
        """Raises the relief by a Gaussian spot; lowers it where `amount` is negative."""
        if amount:
            window, spot = self.spot(x, y, size_x, size_y, angle=angle)
            self.relief[window.rows, window.columns] += amount * spot

    def tint(
        self, x: float, y: float, size_x: float, size_y: float, colour: Colour, amount: float, *, angle: float = 0.0
    ) -> None:
        """Mixes in a soft spot of colour."""
        if amount > 0:
            window, spot = self.spot(x, y, size_x, size_y, angle=angle)
            self.paint(window, spot * amount, colour)

    def darken(self, x: float, y: float, size_x: float, size_y: float, amount: float, *, angle: float = 0.0) -> None:
        """Lays a soft shadow that takes `amount` (0 to 1) of the light in its middle."""
        if amount > 0:
            window, spot = self.spot(x, y, size_x, size_y, angle=angle)
            self.shade(window, np.float32(1) - spot * np.float32(min(amount, 1.0)))

    def shade(self, window: Window, light: Floats) -> None:
        """Multiplies the window's colours by `light`, (h, w)."""
        self.colour[window.rows, window.columns] *= light[:, :, None]

    def paint(self, window: Window, alpha: Floats, colour: "Colour | Floats") -> None:
        """Mixes in a colour, or a picture in 0 to 255 of the window's shape, by `alpha` from 0 to 1, (h, w)."""
        target = self.colour[window.rows, window.columns]
        source = np.asarray(colour, np.float32)
        target += (source - target) * alpha[:, :, None]

    def light_relief(self, *, side: float, ambient: float, relief_depth: float) -> Floats:
        """The light that the relief reflects (Lambert), (h, w): 1 on a plane that faces the viewer.

        `side`: the light comes from the left (-1) to the right (1). `ambient`: its share that has no direction.
        """
        slope_y, slope_x = np.gradient(self.relief, 1 / self.pixels_per_unit)
        towards = np.array([0.45 * side, -0.42, 0.79], np.float32)
        length = np.sqrt(relief_depth**2 * (slope_x**2 + slope_y**2) + 1)
        facing = (towards[2] - relief_depth * (slope_x * towards[0] + slope_y * towards[1])) / length
        light: Floats = (ambient + (1 - ambient) * np.clip(facing, 0, 1) / towards[2]).astype(np.float32)
        return light

    def picture(self, size: tuple[int, int]) -> Image:
        """Blue, green, red and cover, (h, w, 4) uint8 at `size` (width, height), colours premultiplied by the cover."""
        layers = np.empty((*self.cover.shape, 4), np.uint8)
        layers[:, :, :3] = np.clip(self.colour, 0, 255) * self.cover[:, :, None]
        layers[:, :, 3] = 255 * self.cover
        return np.asarray(cv2.resize(layers, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _slice(self, start: float, end: float, length: int) -> slice:
        first = min(max(int(start * self.pixels_per_unit), 0), length)
        last = min(max(int(np.ceil(end * self.pixels_per_unit)), first), length)
        return slice(first, last)


def _pixel_centres(start: float, count: int, pixels_per_unit: float) -> Floats:
    return ((np.arange(count, dtype=np.float32) + np.float32(0.5)) / pixels_per_unit + start).astype(np.float32)
