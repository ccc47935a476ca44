"""The track of a student while the session runs. It holds nothing biometric, and nothing of it is stored."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from fer_desktop.types import Box, Floats, Merge
from fer_desktop.vision.identity.appearance import compare_pair
from fer_desktop.vision.identity.sighting import Sighting
from fer_desktop.vision.identity.spans import Spans

_APPEARANCE_MEMORY: Final = 0.9
_SAME_APPEARANCE: Final = 0.5
_MAX_APPEARANCES: Final = 3
"""Of each camera state: students move to another room, turn on the light, are merged with another number."""
_CUT_ENDINGS: Final = ("…", "...")
_STABLE_FRAMES: Final = 15
"""A name that was read in this many frames is the student's own, now or at another time of the lesson."""


@dataclass(frozen=True, slots=True)
class CoPresence:
    """The numbers of the students who were shown together, and the number of tiles then."""

    students: frozenset[int]
    tiles: int

    def is_complete(self, students: Collection[int], tiles: int) -> bool:
        """Whether these students are shown again, in as many tiles as then."""
        return tiles == self.tiles and self._is_recognised(students)

    def has_shrunk(self, students: Collection[int], tiles: int) -> bool:
        """Whether these students are shown in fewer tiles than then: a student has left."""
        return tiles < self.tiles and self._is_recognised(students)

    def _is_recognised(self, students: Collection[int]) -> bool:
        """Half of them suffice to recognise the same page of the same call."""
        return 2 * len(self.students.intersection(students)) >= len(self.students)


@dataclass(slots=True)
class Student:
    """One student's observations across frames.

    `appearances`: by camera on, the newest last. `names`: in how many frames each name was read. `shown`: in the newest
    frame. `co_presence`: with whom they were shown last; None once they were missing from it, so that they have left.
    `spans`: when and where they were in view. `sure_frame`: the first with a name or a camera's picture; until then the
    number may be that of several students, as cards without a name look alike. `face`: in the tile, in shares of its
    size; None until one was found. `recalled`: the track is of a face that was seen where the student's tile had been.
    """

    number: int
    box: Box
    position: tuple[float, float] = (0.0, 0.0)
    appearances: dict[bool, list[Floats]] = field(default_factory=lambda: {False: [], True: []})
    names: Counter[str] = field(default_factory=Counter)
    newest_name: str | None = None
    newest_name_frames: int = 0
    shown: bool = True
    first_frame: int = 0
    last_frame: int = 0
    co_presence: CoPresence | None = None
    spans: Spans = field(default_factory=Spans)
    sure_frame: int | None = None
    face: Box | None = None
    recalled: bool = False

    @property
    def name(self) -> str | None:
        """The present name: the newest one once it is stable, else the one read most often; None without any.

        Whole names precede cut ones.
        """
        if not self.names:
            return None
        newest = self.newest_name
        if newest is not None and self.newest_name_frames >= _STABLE_FRAMES and not newest.endswith(_CUT_ENDINGS):
            return newest
        return max(self.names, key=lambda name: (not name.endswith(_CUT_ENDINGS), self.names[name]))

    @property
    def former_names(self) -> list[str]:
        """Other stable names: students rename themselves, and misread names are corrected."""
        name = self.name
        return [other for other, frames in self.names.items() if frames >= _STABLE_FRAMES and other != name]

    @property
    def sure_spans(self) -> Spans:
        """When it certainly was this student: all spans, but of those whose name was read only from `sure_frame` on."""
        return self.spans if self.name is None or self.sure_frame is None else self.spans.since(self.sure_frame)

    def remember(self, sighting: Sighting, frame: int) -> None:
        """Adds the newest frame's sighting to the track."""
        self._remember_appearance(sighting.appearance, camera_on=sighting.tile.camera_on)
        self._remember_name(sighting.tile.name)
        if self.sure_frame is None and (sighting.tile.camera_on or sighting.tile.name is not None):
            self.sure_frame = frame
        self.position, self.shown = sighting.position, True
        self.see(sighting.tile.box, frame)

    def see(self, box: Box, frame: int) -> None:
        """The student is in view there."""
        self.box, self.last_frame = box, frame
        self.spans.add(frame, box)

    def note_face(self, face: Box) -> None:
        """The student's face was found in their tile."""
        width, height = self.box.width, self.box.height
        left, top = (face.x - self.box.x) / width, (face.y - self.box.y) / height
        self.face = Box(left, top, face.width / width, face.height / height)

    @property
    def expected_face(self) -> Box | None:
        """Where the face would be if it had not moved in the tile; None where none was found."""
        if self.face is None:
            return None
        width, height = self.box.width, self.box.height
        left, top = self.box.x + self.face.x * width, self.box.y + self.face.y * height
        return Box(left, top, self.face.width * width, self.face.height * height)

    def absorb(self, other: "Student") -> None:
        """Adds the observations of a track that turned out to be this student's."""
        self.names += other.names
        self.spans.absorb(other.spans)
        self.newest_name, self.newest_name_frames = self.newest_name or other.newest_name, 0
        for camera_on, appearances in self.appearances.items():
            appearances[:] = [*other.appearances[camera_on], *appearances][-_MAX_APPEARANCES:]
        self.first_frame = min(self.first_frame, other.first_frame)
        sure_frames = [each for each in (self.sure_frame, other.sure_frame) if each is not None]
        self.sure_frame = min(sure_frames, default=None)
        self.recalled = self.recalled and other.recalled
        if other.last_frame > self.last_frame:
            self.box, self.position, self.shown = other.box, other.position, other.shown
            self.co_presence, self.face = other.co_presence, other.face
            self.last_frame = other.last_frame

    def _remember_name(self, name: str | None) -> None:
        if name is None:
            return
        self.names[name] += 1
        self.newest_name_frames = self.newest_name_frames + 1 if name == self.newest_name else 1
        self.newest_name = name

    def _remember_appearance(self, appearance: Floats, *, camera_on: bool) -> None:
        """Blends it into the nearest known appearance, or adds it where none is near."""
        if not appearance.size:
            return
        known = self.appearances[camera_on]
        if known:
            distances = [compare_pair(appearance, other, camera_on=camera_on) for other in known]
            nearest = distances.index(min(distances))
            if distances[nearest] < _SAME_APPEARANCE:
                appearance = _APPEARANCE_MEMORY * known.pop(nearest) + (1 - _APPEARANCE_MEMORY) * appearance
        known.append(appearance)
        del known[:-_MAX_APPEARANCES]


def merge_tracks(students: list[Student], merge: Merge) -> list[Student]:
    """The students after a merge, given in current numbers. A number without a track is ignored."""
    by_number = {student.number: student for student in students}
    merged, into = by_number.get(merge.student), by_number.get(merge.into)
    if merged is None:
        return students
    if into is None:
        merged.number = merge.into
        return students
    into.absorb(merged)
    return [student for student in students if student is not merged]
