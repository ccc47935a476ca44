"""The window's recordings: analysed beside other work, and offered again where the program ended in between."""

import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fer_desktop.encryption.key import make_key
from fer_desktop.encryption.sealed_file import is_sealed
from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey, literal
from fer_desktop.recording.analysis import Outcome, Progress
from fer_desktop.recording.desk import FRAMES_PER_SECOND, RecordingDesk
from fer_desktop.recording.packing import SeenSegment, pack_segment
from fer_desktop.recording.task import SegmentTask
from fer_desktop.recording.unfinished import UnfinishedRecording
from fer_desktop.recording.workers import SeenPart
from fer_desktop.settings import Settings
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import StageTimes
from fer_desktop.vision.motion import PictureChange
from fer_desktop.vision.seen_frame import SeenFrame
from tests.raising import raises_message
from tests.unit.capture.material import write_video

SETTINGS = Settings(place="IN")
SECONDS = 45
"""Three segments."""


@dataclass
class BlindWorkers:
    """Sees nobody in any frame. `tasks`: those that it was given."""

    tasks: list[SegmentTask] = field(default_factory=list)

    def see(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Iterator[SeenPart]:
        self.tasks += tasks
        for task in tasks:
            if cancelled():
                return
            yield task.segment.number, pack_segment(SeenSegment(see_nobody(task), 150))


def see_nobody(task: SegmentTask) -> tuple[SeenFrame, ...]:
    end = task.segment.end_slot or int(SECONDS * FRAMES_PER_SECOND)
    change = PictureChange(moved=True, abrupt=False, is_watched=False)
    return tuple(
        SeenFrame(slot / FRAMES_PER_SECOND, 96, 64, (), (), change, StageTimes(0, 0, 0, 0))
        for slot in range(task.segment.first_slot, end)
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        yield store


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "monday.mp4", frames=SECONDS * 10)


def analyze(store: Store, video: Path, *, workers: BlindWorkers | None = None, until: int = 99) -> Outcome:
    """`until`: so many segments are read, then the analysis is cancelled."""
    progress: list[Progress] = []
    desk = RecordingDesk(store, make_workers=lambda _: workers or BlindWorkers())
    return desk.analyze(video, SETTINGS, cancelled=lambda: progress[-1].done >= until, on_progress=progress.append)


def unfinished(store: Store) -> Sequence[UnfinishedRecording]:
    return RecordingDesk(store).list_unfinished()


def test_every_sampled_frame_is_read_and_nothing_is_left_to_do(store: Store, video: Path) -> None:
    outcome = analyze(store, video)
    (session,) = store.list_sessions()
    assert (outcome.session, session.seconds, session.interrupted) == (session.id, SECONDS, False)
    assert unfinished(store) == []


@pytest.mark.parametrize(("settings", "on"), [(SETTINGS, True), (Settings(place="DE"), False), (Settings(), False)])
def test_expressions_are_read_where_the_law_allows(store: Store, video: Path, settings: Settings, on: bool) -> None:
    workers = BlindWorkers()
    desk = RecordingDesk(store, make_workers=lambda _: workers)
    desk.analyze(video, settings, cancelled=lambda: False, on_progress=lambda _: None)
    assert {task.expressions_on for task in workers.tasks} == {on}
    assert store.list_sessions()[0].expressions_on is on


def test_one_that_was_ended_in_the_middle_is_listed_and_goes_on_where_it_was(store: Store, video: Path) -> None:
    assert not analyze(store, video, until=2).is_done
    (left,) = unfinished(store)
    assert (left.path, left.done, left.segments) == (video, 2, 3)
    workers = BlindWorkers()
    assert analyze(store, video, workers=workers).is_done
    assert [task.segment.number for task in workers.tasks] == [2]
    assert unfinished(store) == []


def test_its_place_is_for_this_user_alone_and_encrypted_where_the_lessons_are(tmp_path: Path, video: Path) -> None:
    with open_store(str(tmp_path / "sealed.sqlite")) as store:
        store.change_key(make_key())
        analyze(store, video, until=1)
        (note,) = store.unfinished.rglob("recording")
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        assert is_sealed(note.read_bytes())
        assert b"monday" not in note.read_bytes()
        assert [each.path for each in unfinished(store)] == [video]


def test_a_lesson_stores_the_name_of_its_recording_and_not_its_place(store: Store, video: Path, tmp_path: Path) -> None:
    analyze(store, video)
    assert store.list_sessions()[0].source == literal("monday.mp4")
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path != video]
    assert len(kept) >= 1
    assert all(str(video).encode() not in path.read_bytes() for path in kept)


def test_discarding_it_removes_all_that_was_kept(store: Store, video: Path) -> None:
    analyze(store, video, until=1)
    RecordingDesk(store).discard(unfinished(store)[0])
    assert [path for path in store.unfinished.iterdir() if path.is_dir()] == []
    assert unfinished(store) == []


def test_one_that_is_being_read_is_not_listed(store: Store, video: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def report(progress: Progress) -> None:
        reached.set()
        go_on.wait(10)

    desk = RecordingDesk(store, make_workers=lambda _: BlindWorkers())
    thread = threading.Thread(target=lambda: desk.analyze(video, SETTINGS, cancelled=lambda: False, on_progress=report))
    thread.start()
    try:
        assert reached.wait(10)
        assert unfinished(store) == []
    finally:
        go_on.set()
        thread.join()


def test_a_damaged_note_is_passed_over(store: Store, video: Path) -> None:
    analyze(store, video, until=1)
    (note,) = store.unfinished.rglob("recording")
    note.write_bytes(b"{")
    assert unfinished(store) == []


def test_a_recording_that_is_gone_is_named(store: Store, tmp_path: Path) -> None:
    with raises_message(SourceError, MessageKey.NO_FILE):
        analyze(store, tmp_path / "gone.mp4")
