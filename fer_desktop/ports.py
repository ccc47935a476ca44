"""What the engine asks of its parts. Real adapters, the simulated class and the tests' fakes all fit these."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable

from fer_desktop.messages import Message
from fer_desktop.types import (
    Box,
    FaceDetection,
    Floats,
    Frame,
    Image,
    Instant,
    Merge,
    Observation,
    PersonSeen,
    Settlement,
    Tile,
)


class FrameSource(Protocol):
    """Where frames come from. One thread opens, reads and closes it: handles belong to the thread that made them."""

    @property
    def name(self) -> Message:
        """What the teacher calls it: "Part of the screen, 1280 x 720 at 0, 40", "lecture.mp4"."""
        ...

    @property
    def live(self) -> bool:
        """Live: the newest frame wins and a late one is dropped. Recorded: every sampled frame is processed."""
        ...

    @property
    def frame_count(self) -> int | None:
        """Sampled frames in all, where that is known: for progress. Valid after `open`."""
        ...

    @property
    def notice(self) -> Message | None:
        """Something the user should know of what was read: pictures skipped, a recording that breaks off."""
        ...

    def open(self) -> None:
        """Raises `SourceError` with what is wrong and what to do."""
        ...

    def read(self) -> Frame | None:
        """The next frame; None at the end of a recorded source.

        Raises `CaptureLostError` when a live source shows nothing for now (reading again may work),
        `SourceError` when it is gone for good.
        """
        ...

    def close(self) -> None:
        """May be called twice, and after a failed `open`."""
        ...


@runtime_checkable
class AsksUser(Protocol):
    """A source whose `open` waits until the user has answered a question."""

    def cancel(self) -> None:
        """Withdraws the question: `open` then returns, and nothing can be read. Any thread."""
        ...


class TileFinder(Protocol):
    """Finds the participants' tiles. May remember the layout: frames of one source come in order."""

    def find(self, image: Image) -> tuple[Tile, ...]:
        """The tiles in reading order; none where the picture shows no gallery."""
        ...


class FaceProbe(Protocol):
    """Answers whether a rectangle of a picture shows a face, without saying where or whose.

    The `TileFinder` asks it before any face is detected: a rectangle on a screen (an icon, a slide, a film) is no tile
    unless some of its kind show a face. It is asked only where a layout is searched for and the grid alone is no proof.
    """

    def shows_face(self, image: Image, box: Box) -> bool: ...


class TileNamer(Protocol):
    """Reads the names in the tiles' labels. Frames of one source come in order, from one thread."""

    def label(self, image: Image, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        """The tiles with the names known so far; a tile whose label changed has none until it was read again."""
        ...

    def close(self) -> None:
        """Ends its thread, if it has one. May be called twice."""
        ...


class FaceDetector(Protocol):
    """Finds verified faces inside tiles, or in the whole picture where there are no tiles."""

    def detect(
        self,
        image: Image,
        tiles: Sequence[Tile],
        skip: frozenset[int] = frozenset(),
        carried: Sequence[FaceDetection] = (),
    ) -> list[FaceDetection]:
        """`skip`: indices of tiles in which no faces are searched for (camera off, excluded). `carried`: faces of
        earlier frames, at most one a tile, which are returned as they are; their tiles are not searched as a whole.
        """
        ...

    def look_again(
        self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box], *, captured_at_s: float
    ) -> list[FaceDetection]:
        """Faces in tiles where `detect` found none, but a person is. `heads`: where the head must be, by tile;
        `captured_at_s`: as of `PersonFinder`.
        """
        ...


class PersonFinder(Protocol):
    """Finds out whether somebody is there in tiles without a face. Frames of one source come in order."""

    def find(
        self,
        image: Image,
        tiles: Sequence[Tile],
        faces: Sequence[FaceDetection],
        skip: Collection[int],
        *,
        captured_at_s: float,
    ) -> dict[int, PersonSeen]:
        """By the index of each tile without a face. `skip`: indices of tiles that are not examined. `captured_at_s`: of
        the frame, on its source's clock: how much is examined at once follows from the time since the one before.
        """
        ...


class FaceTracker(Protocol):
    """Identifies the student whom a tile or a face shows, across frames. Students are numbers from 1."""

    def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
        """One student a tile; None until a newcomer is confirmed. `hidden`: as in `Frame`."""
        ...

    def identify_faces(self, faces: Sequence[FaceDetection], tile_students: Sequence[int | None]) -> list[int | None]:
        """One student a face: its tile's, or followed by position where it lies in no tile; None as above."""
        ...

    def name_of(self, student: int) -> str | None:
        """The name read in the student's tiles; None where none was read."""
        ...

    def merge(self, merge: Merge) -> None:
        """Applies a merge declared by the teacher, given in current numbers."""
        ...

    def take_merges(self) -> tuple[Merge, ...]:
        """The merges that were found since the last call, in order; not those that were declared."""
        ...

    def settle(self, frames_a_second: float) -> tuple[Settlement, ...]:
        """At the end of the session: what becomes of the numbers that were in view only briefly, in order."""
        ...

    @property
    def out_of_view(self) -> frozenset[int]:
        """Students whose absence is inconclusive: they vanished along with many others, as when a page is turned, a
        window covers them, or they have no tile of their own and their face is lost; they were not seen since.
        """
        ...


class ExpressionClassifier(Protocol):
    """Reads expressions, all faces of a frame in one batch."""

    def classify(self, crops: Image) -> Floats:
        """`crops`: (n, 48, 48) uint8, grey, on the FER2013 frame. Returns (n, 7) probabilities; n may be 0."""
        ...


class ObservationSink(Protocol):
    """Takes the newest observation, from the inference thread. Must not block."""

    def publish(self, observation: Observation) -> None: ...


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """A report to be printed. `title`: among the document's properties. `footer`: at the foot of each page.

    `html`: in the part of HTML 4 that Qt's rich text knows; its images are named `chart:NAME`. `charts`: SVG by name.
    """

    title: str
    footer: str
    html: str
    charts: Mapping[str, str]


class PdfWriter(Protocol):
    """Draws a document on numbered A4 pages. May be called from any thread."""

    def __call__(self, document: PdfDocument, file: BinaryIO, /) -> None: ...


class Timekeeper(Protocol):
    """Reads the monotonic clock and the one on the wall, so that tests can turn them by hand."""

    def read(self) -> Instant:
        """The clocks now. Any thread."""
        ...


class Clock(Protocol):
    """The monotonic clock, so that tests can turn it by hand."""

    def now_s(self) -> float:
        """Seconds since any fixed moment."""
        ...
