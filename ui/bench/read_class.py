"""A drawn class that the real networks read: the load beside the window in a lesson."""

from fer_desktop.app import build_analyzer, build_classifier, build_namer, flag_rules
from fer_desktop.bench.speed.measure import draw_scenes
from fer_desktop.engagement import ClassObserver
from fer_desktop.settings import Settings
from fer_desktop.types import Frame, Observation
from ui.bench.scripted_class import FRAME_SIZE, FRAMES_PER_SECOND


class ReadClass:
    """Observations of a drawn class. `observe` is for one thread. Has to be closed."""

    def __init__(self, students: int) -> None:
        self._scenes = draw_scenes(faces=students, width=FRAME_SIZE[0], height=FRAME_SIZE[1])
        self._analyzer = build_analyzer(build_classifier(expressions_on=True), build_namer(at_once=False))
        self._observer = ClassObserver(flag_rules(Settings()))
        self.observe(0)  # loads the networks

    def observe(self, index: int) -> Observation:
        """Reads the frame of that number, five a second; takes as long as that."""
        frame = Frame(index, index / FRAMES_PER_SECOND, self._scenes[index % len(self._scenes)])
        result = self._analyzer.process(frame)
        return self._observer.observe(result, index // FRAMES_PER_SECOND)[0]

    def close(self) -> None:
        """Ends the analyzer."""
        self._analyzer.close()
