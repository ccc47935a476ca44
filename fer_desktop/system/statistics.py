"""How sure a share is that was counted."""

import math
from typing import Final

_Z_95: Final = 1.959963984540054  # the normal distribution's 97.5 % point


def compute_wilson_interval(successes: float, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927): it stays inside 0 to 1 and holds for small counts.

    Without trials anything may be. `successes` need not be whole, where only the share is known.
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, _Z_95**2
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z_95 / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, centre - half), min(1.0, centre + half)
