"""Where a face has its parts, in the face's unit, and the state that moves them."""

from dataclasses import dataclass
from typing import Final

from fer_desktop.simulation.muscles import Muscles

EYE_X: Final = 0.40
MOUTH_Y: Final = 0.82
CHIN_Y: Final = 1.36
CROWN_Y: Final = -1.12
SIDES: Final = (-1.0, 1.0)
"""The face's two halves: the picture's left and right. Multiplies the x of everything that a face has twice."""


@dataclass(frozen=True, slots=True)
class FaceState:
    """What moves in a face, and whether a mask covers its lower half. `eye_open`: 1 open, 0 closed."""

    muscles: Muscles
    eye_open: float
    masked: bool = False

    @property
    def inner_lid_pressure(self) -> float:
        """How far a lowered brow presses on the inner part of the upper lid, 0 to 1."""
        return self.muscles.brow_lower * (1 - self.muscles.inner_brow_raise)
