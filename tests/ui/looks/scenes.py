"""The windows in the states that are kept as pictures, each with data that never changes."""

from typing import Final

from tests.ui.looks.dialog_scenes import DIALOG_SCENES
from tests.ui.looks.live_scenes import LIVE_SCENES
from tests.ui.looks.review_scenes import REVIEW_SCENES
from tests.ui.looks.stage import Scene
from tests.ui.looks.start_scenes import START_SCENES

SCENES: Final[dict[str, Scene]] = {**START_SCENES, **LIVE_SCENES, **REVIEW_SCENES, **DIALOG_SCENES}
