"""A recording that is read in segments gives the session of one that is read frame by frame, also after a kill."""

import os
import shutil
import stat
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.analysis.gaps import Gap, list_gaps
from fer_desktop.app import build_analyzer, build_classifier
from fer_desktop.capture.video import VideoSource
from fer_desktop.capture.video_damage import DamagedPart
from fer_desktop.encryption.key import make_key
from fer_desktop.encryption.sealed_file import is_sealed
from fer_desktop.errors import SourceError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.expressions import ExpressionDecision, Reason
from fer_desktop.recording.analysis import Outcome, Progress
from fer_desktop.recording.build import Recording, build_recording_analysis, open_recording, open_work_folder
from fer_desktop.recording.packing import SeenSegment, hide_names, pack_segment, unpack_segment
from fer_desktop.recording.perceiving import SegmentReader
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.settings import Settings
from fer_desktop.storage.conversion import convert_database
from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.retention import Clock
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import EventKind, FrameResult
from fer_desktop.vision.identifier import Identifier
from tests.raising import raises_message
from tests.unit.recording.material import FPS, SECONDS, FakeWorkers, write_class

SETTINGS = Settings(place="IN", names_allowed=True)
NAME = "Zacharias Quux"


@dataclass(frozen=True)
class Seen:
    recording: Recording
    parts: tuple[bytes, ...]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    path = write_class(tmp_path_factory.mktemp("class") / "lesson.mp4")
    recording = open_recording(path, fps=FPS, expressions_on=True, workers=2)
    reader = SegmentReader()
    segments = [reader.read(task) for task in recording.tasks]
    return Seen(recording, tuple(pack_segment(_name_first(segment)) for segment in segments))


def _name_first(segment: SeenSegment) -> SeenSegment:
    """The first tile of each frame shows a name that is found again wherever it is kept."""

    def name(tiles: tuple) -> tuple:  # type: ignore[type-arg]
        return (replace(tiles[0], tile=replace(tiles[0].tile, name=NAME)), *tiles[1:])

    return replace(segment, frames=tuple(replace(frame, tiles=name(frame.tiles)) for frame in segment.frames))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        yield store


def run(seen: Seen, store: Store, workers: FakeWorkers, *, settings: Settings = SETTINGS, until: int = 99) -> Outcome:
    """`until`: so many segments are read, then the analysis is cancelled."""
    progress: list[Progress] = []
    decision = ExpressionDecision("IN", Reason.ALLOWED)
    with open_work_folder(seen.recording, settings, store) as folder:
        analysis = build_recording_analysis(seen.recording, settings, store, expressions=decision)
        outcome = analysis.run(
            workers, folder, cancelled=lambda: progress[-1].done >= until, on_progress=progress.append
        )
    assert [each.done for each in progress] == list(range(progress[0].done, progress[-1].done + 1))
    return outcome


def read_frame_by_frame(path: Path) -> list[FrameResult]:
    analyzer = build_analyzer(build_classifier(expressions_on=True, threads=1), None, threads=1)
    source = VideoSource(path, fps=FPS)
    source.open()
    with closing(source):
        results = []
        while (frame := source.read()) is not None:
            results.append(analyzer.process(frame))
    return results


def test_a_segment_is_the_same_after_packing(seen: Seen) -> None:
    segment = unpack_segment(seen.parts[0])
    assert pack_segment(segment) == seen.parts[0]
    assert len(segment.frames) == 30
    frame = segment.frames[0]
    assert len(frame.faces) >= 5
    assert all(reading.probabilities is not None for reading in frame.faces)
    assert frame.tiles[0].tile.name == NAME


def test_what_is_no_segment_is_refused() -> None:
    with pytest.raises(ValueError, match="no segment"):
        unpack_segment(b"something else")


def test_hidden_names_are_equal_where_the_names_were_and_differ_with_the_salt(seen: Seen) -> None:
    one, other = (hide_names(seen.parts[0], salt) for salt in (b"a", b"b"))
    assert NAME.encode() not in b"".join(zlib.decompress(part) for part in split_parts(one))
    names, others = ({frame.tiles[0].tile.name for frame in unpack_segment(each).frames} for each in (one, other))
    assert len(names) == 1
    assert names.isdisjoint({NAME, *others})


def split_parts(content: bytes) -> tuple[bytes, bytes]:
    """The compressed table of names, and the compressed rest."""
    end = 4 + int.from_bytes(content[:4])
    return content[4:end], content[end:]


def test_students_and_moods_are_those_of_reading_frame_by_frame(seen: Seen) -> None:
    assert len(seen.recording.tasks) == 3
    identifier = Identifier()
    segments = [unpack_segment(part) for part in seen.parts]
    parallel = [identifier.identify(frame) for segment in segments for frame in segment.frames]
    whole = read_frame_by_frame(seen.recording.path)
    assert len(parallel) == len(whole) == SECONDS * FPS
    pairs = [
        (one, other)
        for now, then in zip(parallel, whole, strict=True)
        for one in now.faces
        for other in then.faces
        if one.face.box.iou(other.face.box) > 0.5
    ]
    assert len(pairs) >= 0.99 * sum(len(each.faces) for each in whole)
    assert np.mean([one.student == other.student for one, other in pairs]) >= 0.99
    apart = [np.abs(one.probabilities - other.probabilities).max() for one, other in pairs
             if one.probabilities is not None and other.probabilities is not None]  # fmt: skip
    assert np.mean(apart) < 0.02


def test_a_recording_that_its_age_would_delete_at_once_is_not_read(seen: Seen, store: Store, tmp_path: Path) -> None:
    old = Path(shutil.copy(seen.recording.path, tmp_path / "old.mp4"))
    then = datetime.now(UTC) - timedelta(days=40)
    os.utime(old, (then.timestamp(), then.timestamp()))
    seen = replace(seen, recording=replace(seen.recording, path=old))
    with pytest.raises(SourceError, match="older than 30 days, after which your settings delete lessons"):
        run(seen, store, FakeWorkers(seen.parts), settings=SETTINGS.model_copy(update={"retention_days": 30}))
    assert run(
        seen, store, FakeWorkers(seen.parts), settings=SETTINGS.model_copy(update={"retention_days": 50})
    ).is_done


def test_a_recording_becomes_one_session(seen: Seen, store: Store) -> None:
    outcome = run(seen, store, FakeWorkers(seen.parts))
    assert outcome.is_done
    assert outcome.notices == ()
    (session,) = store.list_sessions()
    assert (session.id, session.seconds, session.interrupted) == (outcome.session, SECONDS, False)
    assert session.students == 6
    assert not list(store.unfinished.iterdir())


def test_its_session_has_the_date_of_the_file_and_not_of_the_analysis(seen: Seen, store: Store) -> None:
    written = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
    os.utime(seen.recording.path, (written.timestamp(), written.timestamp()))
    run(seen, store, FakeWorkers(seen.parts))
    (session,) = store.list_sessions()
    assert session.started_at == session.local_time() == written - timedelta(seconds=SECONDS)
    assert session.ended_at == written


def test_its_session_has_ended_when_it_is_stored(seen: Seen, store: Store) -> None:
    """A clock that was behind the end of the newest lesson would be doubted."""
    os.utime(seen.recording.path)
    run(seen, store, FakeWorkers(seen.parts))
    (session,) = store.list_sessions()
    assert session.local_time(session.seconds) <= datetime.now(UTC)
    assert store.expired_sessions(30).clock is Clock.PLAUSIBLE


def test_a_cancelled_analysis_stores_no_session_and_goes_on_where_it_was(seen: Seen, store: Store) -> None:
    first, second = FakeWorkers(seen.parts), FakeWorkers(seen.parts)
    cancelled = run(seen, store, first, until=2)
    assert (cancelled.is_done, cancelled.session, store.list_sessions()) == (False, None, [])
    assert [notice.key for notice in cancelled.notices] == [MessageKey.ANALYSIS_KEPT]
    assert run(seen, store, second).is_done
    assert (first.asked, second.asked) == ([0, 1, 2], [0])
    (session,) = store.list_sessions()
    assert (session.seconds, session.students) == (SECONDS, 6)


@pytest.fixture
def nothing_takes_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is gone, and rescue files cannot be made either."""
    monkeypatch.setattr("fer_desktop.session.held_record._PATIENCE_S", 0.1)
    monkeypatch.setattr("fer_desktop.storage.writer.CLOSE_TIMEOUT_S", 0.1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    for folder in rescue_folders():
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way")
    (tmp_path / "lessons.sqlite").rename(tmp_path / "elsewhere.sqlite")


def give_back(folder: Path) -> None:
    (folder / "elsewhere.sqlite").rename(folder / "lessons.sqlite")
    for path in rescue_folders():
        path.unlink()


@pytest.mark.usefixtures("nothing_takes_it")
def test_what_was_read_of_a_lesson_that_could_not_be_stored_is_kept_and_stored_later(
    seen: Seen, store: Store, tmp_path: Path
) -> None:
    outcome = run(seen, store, FakeWorkers(seen.parts))
    assert (outcome.is_done, outcome.is_kept, outcome.session) == (True, False, None)
    missing = Message(MessageKey.ANALYSIS_NOT_STORED, name="lesson.mp4", lost=SECONDS, recorded=SECONDS)
    assert outcome.notices[0] == missing
    assert [notice.key for notice in outcome.notices[1:]] == [MessageKey.RECORDING_STOPPED]
    give_back(tmp_path)
    again = FakeWorkers(seen.parts)
    assert run(seen, store, again).is_kept
    assert again.asked == []
    assert [session.seconds for session in store.list_sessions()] == [SECONDS]
    assert not list(store.unfinished.iterdir())


@pytest.mark.usefixtures("nothing_takes_it")
def test_seconds_that_found_no_room_in_memory_are_missed_though_the_rest_is_stored(
    seen: Seen, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fer_desktop.storage.writer.MEMORY_LIMIT", 30)
    close = SessionRecorder.close

    def close_later(recorder: SessionRecorder, *, fault: Message | None, patience_s: float | None = None) -> None:
        give_back(tmp_path)
        close(recorder, fault=fault, patience_s=60)

    monkeypatch.setattr(SessionRecorder, "close", close_later)
    outcome = run(seen, store, FakeWorkers(seen.parts))
    assert outcome.session is not None
    assert outcome.kept.stored < outcome.kept.recorded == SECONDS
    assert not outcome.is_kept
    assert outcome.notices[0].key is MessageKey.ANALYSIS_NOT_STORED
    assert list(store.unfinished.rglob("*.segment"))


def test_the_session_says_why_nothing_is_there_of_a_damaged_part(seen: Seen, store: Store) -> None:
    """Of two: the second holds no whole second."""
    damaged = (DamagedPart(20.0, 27.5), DamagedPart(40.0, 40.4))

    def leave_out(part: bytes) -> bytes:
        segment = unpack_segment(part)
        kept = [each for each in segment.frames if not any(part.holds(each.captured_at_s) for part in damaged)]
        return pack_segment(replace(segment, frames=tuple(kept)))

    plan = replace(seen.recording.plan, damaged=damaged)
    spoilt = Seen(replace(seen.recording, plan=plan), tuple(map(leave_out, seen.parts)))
    outcome = run(spoilt, store, FakeWorkers(spoilt.parts))
    assert [notice.key for notice in outcome.notices] == [MessageKey.RECORDING_DAMAGED]
    assert outcome.session is not None
    assert list_gaps(store.events(outcome.session)) == [
        Gap(EventKind.CAPTURE_LOST, 20, 27, Message(MessageKey.PART_DAMAGED))
    ]


def test_a_damaged_part_is_read_again(seen: Seen, store: Store) -> None:
    run(seen, store, FakeWorkers(seen.parts), until=2)
    (part, *_) = sorted(store.unfinished.rglob("2.segment"))
    part.write_bytes(part.read_bytes()[:-9])
    workers = FakeWorkers(seen.parts)
    assert run(seen, store, workers).is_done
    assert workers.asked == [0, 2]


def test_other_options_begin_anew(seen: Seen, store: Store) -> None:
    run(seen, store, FakeWorkers(seen.parts), until=1)
    other = Seen(open_recording(seen.recording.path, fps=1, expressions_on=True, workers=2), seen.parts)
    workers = FakeWorkers(seen.parts)
    run(other, store, workers, until=1)
    assert workers.asked == [0, 1, 2]


def test_what_is_kept_is_private_and_holds_no_name_that_must_not_be_stored(seen: Seen, store: Store) -> None:
    run(seen, store, FakeWorkers(seen.parts), settings=replace_names(allowed=False), until=2)
    (folder,) = [path for path in store.unfinished.iterdir() if path.is_dir()]
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(store.unfinished.stat().st_mode) == 0o700
    parts = list(folder.glob("*.segment"))
    assert len(parts) == 2
    for part in parts:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        names = {tile.tile.name for frame in unpack_segment(part.read_bytes()).frames for tile in frame.tiles}
        assert NAME not in names
    assert run(seen, store, FakeWorkers(seen.parts), settings=replace_names(allowed=False)).is_done
    (session,) = store.list_sessions()
    assert session.students == 6


def replace_names(*, allowed: bool) -> Settings:
    return SETTINGS.model_copy(update={"names_allowed": allowed})


def test_deleting_a_lesson_deletes_what_is_unfinished(seen: Seen, store: Store) -> None:
    done = run(seen, store, FakeWorkers(seen.parts))
    run(seen, store, FakeWorkers(seen.parts), until=1)
    assert list(store.unfinished.rglob("*.segment"))
    assert done.session is not None
    store.delete_session(done.session)
    assert not list(store.unfinished.rglob("*.segment"))


def test_one_recording_is_not_analysed_twice_at_a_time(seen: Seen, store: Store) -> None:
    with (
        open_work_folder(seen.recording, SETTINGS, store),
        raises_message(SourceError, MessageKey.ANALYSIS_IN_PROGRESS),
    ):
        run(seen, store, FakeWorkers(seen.parts))


def test_a_recording_that_ends_early_says_so(seen: Seen, store: Store) -> None:
    short = Seen(seen.recording, (*seen.parts[:2], pack_segment(SeenSegment((), 0))))
    outcome = run(short, store, FakeWorkers(short.parts))
    assert [notice.key for notice in outcome.notices] == [MessageKey.RECORDING_ENDS_EARLY]
    assert store.list_sessions()[0].seconds == 30


def test_in_encrypted_lessons_it_is_encrypted(seen: Seen, tmp_path: Path) -> None:
    key = make_key()
    with open_store(str(tmp_path / "lessons.sqlite")) as store:
        store.change_key(key)
        run(seen, store, FakeWorkers(seen.parts), until=1)
        (part,) = store.unfinished.rglob("*.segment")
        assert is_sealed(part.read_bytes())
        workers = FakeWorkers(seen.parts)
        assert run(seen, store, workers).is_done
        assert workers.asked == [0, 1]


def test_a_change_of_the_key_removes_what_is_unfinished(seen: Seen, store: Store) -> None:
    run(seen, store, FakeWorkers(seen.parts), until=1)
    store.change_key(make_key())
    assert not list(store.unfinished.rglob("*.segment"))


def test_the_key_is_not_changed_while_a_recording_is_analysed(seen: Seen, store: Store) -> None:
    with (
        open_work_folder(seen.recording, SETTINGS, store),
        raises_message(StorageError, MessageKey.ANALYSIS_WHILE_CONVERTING),
    ):
        store.change_key(make_key())
    assert store.key is None
    assert run(seen, store, FakeWorkers(seen.parts)).is_done
    store.change_key(make_key())


def test_the_key_is_not_changed_where_an_analysis_begins_just_before_the_lessons_are_locked(
    seen: Seen, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack, open_store(store.name) as other:

        def begin_and_convert(*parts: Any, **options: Any) -> None:
            stack.enter_context(open_work_folder(seen.recording, SETTINGS, other))
            convert_database(*parts, **options)

        monkeypatch.setattr("fer_desktop.storage.key_change.convert_database", begin_and_convert)
        with raises_message(StorageError, MessageKey.ANALYSIS_WHILE_CONVERTING):
            store.change_key(make_key())
        assert other.list_sessions() == []


def test_no_analysis_begins_in_clear_text_once_another_program_has_encrypted_the_lessons(
    seen: Seen, store: Store
) -> None:
    with open_store(store.name) as other:
        other.change_key(make_key())
        for _ in range(2):
            with raises_message(StorageError, MessageKey.DATABASE_KEY_CHANGED):
                run(seen, store, FakeWorkers(seen.parts))
    assert not list(store.unfinished.rglob("*.segment"))


def test_after_a_week_it_is_gone(seen: Seen, store: Store) -> None:
    run(seen, store, FakeWorkers(seen.parts), until=1)
    (folder,) = [path for path in store.unfinished.iterdir() if path.is_dir()]
    week_ago_s = time.time() - 8 * 24 * 3600
    os.utime(folder, (week_ago_s, week_ago_s))
    other = Seen(open_recording(seen.recording.path, fps=1, expressions_on=True, workers=2), seen.parts)
    run(other, store, FakeWorkers(seen.parts), until=1)
    assert not folder.exists()
