"""A mask over nose, mouth and chin."""

from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.looks import Colour, Looks

_COLOURS: Final[tuple[Colour, ...]] = ((214, 196, 158), (232, 232, 230), (46, 44, 48), (150, 130, 196))
_BRIDGE_Y: Final = 0.26
_DROP: Final = 0.22
"""How far the upper edge falls from the bridge of the nose to the side of the face, in units."""
_PLEATS: Final = 12.0


def draw_mask(canvas: SoftCanvas, looks: Looks) -> None:
    """Cloth from the bridge of the nose down, within the face that was painted before."""
    edge_y = _BRIDGE_Y + _DROP * np.abs(canvas.x)
    cloth = canvas.edge((canvas.y - edge_y).astype(np.float32)) * canvas.cover
    pleats = 0.96 + 0.04 * np.cos(_PLEATS * canvas.y)
    rounded = 1 - 0.3 * np.abs(canvas.x) ** 2 + 0.08 * looks.light_side * canvas.x
    colour = np.asarray(_COLOURS[looks.seed % len(_COLOURS)], np.float32) * (pleats * rounded)[:, :, None]
    canvas.paint(canvas.whole, cloth, colour.astype(np.float32))
