"""The share of a window under others, counted once however many lie on top."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.desktop.coverage import covered_share
from fer_desktop.desktop.region import Region

regions = st.builds(Region, st.integers(-20, 40), st.integers(-20, 40), st.integers(1, 40), st.integers(1, 40))


def test_overlapping_windows_count_once() -> None:
    region = Region(0, 0, 100, 100)
    assert covered_share(region, []) == 0
    assert covered_share(region, [Region(0, 0, 50, 100), Region(0, 0, 50, 100)]) == 0.5
    assert covered_share(region, [Region(-10, -10, 60, 200), Region(40, 0, 500, 500)]) == 1
    assert covered_share(region, [Region(200, 0, 50, 50)]) == 0


@given(regions, st.lists(regions, max_size=6))
def test_it_is_the_share_of_the_pixels_that_are_covered(region: Region, above: list[Region]) -> None:
    screen = np.zeros((120, 120), bool)  # from -20, -20
    for each in above:
        screen[each.top + 20 : each.bottom + 20, each.left + 20 : each.right + 20] = True
    seen = screen[region.top + 20 : region.bottom + 20, region.left + 20 : region.right + 20]
    assert covered_share(region, above) == seen.mean()
