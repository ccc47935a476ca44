"""A call window that changes its size in mid-session: its students keep their numbers."""

import numpy as np

from fer_desktop.app import build_analyzer
from fer_desktop.simulation.drawing import draw_scene
from fer_desktop.simulation.script import make_script
from fer_desktop.types import Frame

SIZES = ((1280, 720), (1120, 660), (1600, 900), (800, 450), (65, 65), (1280, 720))
FRAMES_EACH = 6


def test_students_are_followed_through_every_size() -> None:
    script = make_script(students=9, seconds=60, seed=3)
    analyzer = build_analyzer(None, None)
    try:
        students: set[int] = set()
        for index in range(len(SIZES) * FRAMES_EACH):
            width, height = SIZES[index // FRAMES_EACH]
            at_s = index / 20  # before anything happens in the script
            image = draw_scene(script, at_s, width, height) if width > 65 else np.zeros((height, width, 3), np.uint8)
            result = analyzer.process(Frame(index, at_s, image))
            if width > 65:
                assert len(result.tiles) == 9
            students |= {tile.student for tile in result.tiles if tile.student is not None}
    finally:
        analyzer.close()
    assert len(students) == 9
