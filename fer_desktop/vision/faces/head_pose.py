"""Head pose from the points of MediaPipe's face mesh.

The mesh is three-dimensional, so the head's axes are read from it directly. Indices are those of MediaPipe's
canonical face model.
"""

from typing import Final

import numpy as np

from fer_desktop.types import Floats

_DEPTH_SCALE: Final = 1.6
"""The mesh is flatter than faces are: with this factor its width is constant while a head turns (44 photographs, turned
by up to 40 degrees)."""
_SIDES: Final = (234, 454)
"""In front of the ears: at the left of the picture, and at the right."""
_CROWN, _CHIN = 10, 152


def measure_turn(mesh: Floats) -> tuple[float, float]:
    """Yaw and pitch in degrees, as `FaceCues` has them.

    `mesh`: (468, 3) of a upright face; x to the right, y down, z away from the camera.
    """
    scale = np.array([1, 1, _DEPTH_SCALE], np.float32)
    across = (mesh[_SIDES[1]] - mesh[_SIDES[0]]) * scale
    down = (mesh[_CHIN] - mesh[_CROWN]) * scale
    x, y, z = np.cross(down, across)  # out of the face
    return float(np.degrees(np.arctan2(x, -z))), float(np.degrees(np.arctan2(-y, np.hypot(x, z))))
