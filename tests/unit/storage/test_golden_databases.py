"""A database that any released version wrote opens with today's code, with all that is in it."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from alembic import command
from alembic.config import Config

from fer_desktop.analysis.term import compute_student_term
from fer_desktop.messages import ENGLISH, Message, MessageKey, load_language
from fer_desktop.report.export import export_session
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.migrate import MIGRATIONS, REVISIONS
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import EventKind, FlagKind

DATABASES = Path(__file__).resolve().parents[2] / "golden" / "databases"
COURSE = "Physics 101"
SINCE_0007 = {
    EventKind.PICTURE_FROZEN,
    EventKind.PICTURE_MOVING,
    EventKind.DISPLAY_LOST,
    EventKind.DISPLAY_BACK,
    EventKind.SUSPENDED,
    EventKind.WOKEN,
    EventKind.STALLED,
    EventKind.UNSTALLED,
    EventKind.CLOCK_CHANGED,
}
NAMED, TOTALS, SIMULATED = 1, 2, 3
RECORDED = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11]
REWORDED = {
    r"eyes shut in \d+ of \d+ looks over (.+), unlike before": r"eyes mostly closed for \1 (unusual)",
    r"eyes closed in \d+ of \d+ checks over (.+), unusual for this student": r"eyes mostly closed for \1 (unusual)",
    r"the mood of (\d+) of (\d+) students fell within the last seconds": (
        r"lower mood for \1 of \2 students within seconds"
    ),
    r"looks (more negative than usual for .+)": r"\1",
    r"camera (\d+) sends no picture: was it unplugged\?": r"camera \1 is not sending a picture. Is it unplugged?",
    r"the region is black[:.] [Ii]s the window minimised or covered\?": (
        "the watched part of the screen is black. Is the window minimised or covered?"
    ),
    r"the region is black[:.] [Ii]s .+\? .*Wayland.*: log in with an X11 session": (
        "a part of the screen cannot be read under Wayland. Choose a window or a whole screen instead: "
        "your system then asks which to share"
    ),
    r"the region (.+) is off the screen[:.] [Ww]as (.+\?)": (
        r"the watched part of the screen (\1) lies outside it. Was \2"
    ),
    r"(the screen cannot be captured): was (.+\?)": r"\1. Was \2",
    r"the watched window is closed: open the call again and it goes on, (or .+)": (
        r"the watched window is closed. Open the call again to continue, \1"
    ),
    r"(the watched window is minimised or on another workspace): bring it back": r"\1. Bring it back",
    r"(the watched window is too small to show a class): make it larger": r"\1. Make it larger",
    r"(.+ covers the watched window): move it aside": r"\1. Move it aside",
}
"""Today's wording of the sentences that earlier versions stored."""


@pytest.fixture(params=sorted(path.stem.removeprefix("schema_") for path in DATABASES.glob("*.db")))
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def golden(revision: str) -> Path:
    return DATABASES / f"schema_{revision}.db"


@pytest.fixture
def store(golden: Path, url: str, database_path: Path) -> Iterator[Store]:
    shutil.copy(golden, database_path)
    with open_store(url) as store:
        yield store


def query(path: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute(statement).fetchall()


def word_as_today(text: str) -> str:
    for pattern, wording in REWORDED.items():
        if match := re.fullmatch(pattern, text):
            return match.expand(wording)
    return text


def query_texts(golden: Path, columns: str, where: str) -> list[tuple[Any, ...]]:
    """The `columns` of events and, last, the text that their version showed."""
    if golden.stem < "schema_0006":
        return query(golden, f"SELECT {columns}, text FROM events WHERE {where} ORDER BY second, id")
    texts = json.loads(golden.with_suffix(".texts.json").read_text(encoding="utf-8"))
    rows = query(golden, f"SELECT {columns}, text, message FROM events WHERE {where} ORDER BY second, id")
    return [(*row, text if message is None else texts[message]) for *row, text, message in rows]


def test_every_file_has_its_schema_and_is_small(revision: str, golden: Path) -> None:
    assert query(golden, "SELECT version_num FROM alembic_version") == [(revision,)]
    assert golden.stat().st_size < 60_000


def test_sessions_are_listed_with_their_totals(store: Store, golden: Path) -> None:
    sessions = {each.id: each for each in store.list_sessions()}
    assert [(each.id, ENGLISH.render(each.source)) for each in sessions.values()] == [
        (6, "A window"),
        (5, "Window of Zoom"),
        (4, "Camera 1"),
        (3, "Simulated class of 3"),
        (2, "lecture.mp4"),
        (1, "Part of the screen, 1280 x 720 at 0, 40"),
    ][-len(sessions) :]
    assert query(golden, "SELECT count(*) FROM sessions") == [(len(sessions),)]
    named, totals, simulated = (sessions[number] for number in (NAMED, TOTALS, SIMULATED))
    assert [(each.seconds, each.watched_seconds) for each in (named, totals, simulated)] == [
        (12, 10),
        (12, 8),
        (12, 10),
    ]
    assert [each.students for each in (named, totals, simulated)] == [3, 6, 3]
    assert named.mean_mood == pytest.approx(-0.4595)
    assert totals.mean_mood == pytest.approx(-0.4306)
    assert (named.bookmarks, named.interrupted, named.place, named.model) == (2, False, "IN", "MobileNetV2 3")
    assert (totals.aggregate_only, simulated.simulated, simulated.interrupted) == (True, True, True)
    assert not sessions[4].expressions_on


def test_series_and_students_are_read(store: Store, revision: str) -> None:
    series = store.mood_series(NAMED)
    assert series.seconds.tolist() == RECORDED
    assert series.mood[:2] == pytest.approx([-0.3453, -0.5716], abs=1e-4)
    students = store.students(NAMED)
    names = ["Student 1", "Student 2"] if revision == "0001" else ["Ann Lee", "Zoë Kim"]
    assert [each.label for each in students] == [*names, "Student 3"]
    assert [(each.tile_seconds, each.face_seconds) for each in students] == [(10, 10), (10, 0), (8, 8)]
    attention = store.student_series(NAMED, 1).attention
    assert np.isnan(attention).all() if revision < "0003" else (attention == 0.5).all()
    assert store.students(TOTALS) == []


def test_an_excluded_student_was_not_watched_meanwhile(store: Store) -> None:
    (lesson,) = compute_student_term(store.student_lessons(NAMED, 3)).lessons
    assert lesson.watched_seconds == 8


def test_events_are_all_read(store: Store, golden: Path, revision: str) -> None:
    events = store.events(NAMED)
    kinds = set(EventKind) - {EventKind.FAULT} - ({EventKind.NOTE} if revision < "0003" else set())
    kinds -= SINCE_0007 if revision < "0007" else set()
    assert {event.kind for event in events} == kinds
    flags = set(FlagKind) - ({FlagKind.DROWSY, FlagKind.CLASS_DROP} if revision < "0003" else set())
    assert {event.flag for event in events if event.kind is EventKind.FLAG_RAISED} == flags
    assert store.events(SIMULATED)[-1].kind is EventKind.FAULT
    assert all(event.student is None for event in store.events(TOTALS))


@pytest.mark.parametrize("session", [NAMED, TOTALS, SIMULATED])
def test_json_exports_hold_every_text_in_the_words_of_today(
    store: Store, golden: Path, tmp_path: Path, session: int
) -> None:
    path = tmp_path / "session.json"
    export_session(store, session, format="json", path=path)
    document = json.loads(path.read_text(encoding="utf-8"))
    stored = query_texts(golden, "kind, second, student, flag", f"session_id = {session}")
    if session != TOTALS:
        expected = [(kind, second, word_as_today(text), *whose) for kind, second, *whose, text in stored]
        columns = ("kind", "second", "text", "student", "flag")
        assert [tuple(event[column] for column in columns) for event in document["events"]] == expected
        for event in document["events"]:
            if event["message"] is not None:
                assert ENGLISH.render(Message.from_json(json.dumps(event["message"]))) == event["text"]
    else:
        assert sorted(event["kind"] for event in document["events"]) == sorted(kind for kind, *_ in stored)
    assert len(document["mood"]["rows"]) == store.session(session).watched_seconds


@pytest.mark.parametrize("session", [NAMED, TOTALS, SIMULATED])
def test_reports_hold_every_reason(store: Store, golden: Path, tmp_path: Path, session: int) -> None:
    path = tmp_path / "session.html"
    export_session(store, session, format="html", path=path)
    page = path.read_text(encoding="utf-8")
    reasons = query_texts(golden, "kind", f"session_id = {session} AND kind IN ('flag_raised', 'fault')")
    assert [text for _, text in reasons if word_as_today(text) not in page] == []


def test_sessions_with_a_clock_have_the_local_times_of_then(store: Store, revision: str) -> None:
    session = store.session(NAMED)
    if revision < "0007":
        assert session.clock == ()
    else:
        assert [f"{session.local_time(second):%H:%M:%S %z}" for second in (0, 8)] == [
            "11:30:00 +0200",
            "10:30:08 +0100",
        ]


@pytest.mark.parametrize("revision", [each for each in REVISIONS if each < "0007"])
def test_times_of_sessions_without_a_clock_are_counted_from_their_start(store: Store) -> None:
    session = store.session(NAMED)
    assert session.local_time(8) == session.started_at + timedelta(seconds=8)
    assert session.local_time(8).utcoffset() == (session.started_at + timedelta(seconds=8)).astimezone().utcoffset()


def test_a_roster_is_kept_and_one_can_be_added(store: Store, revision: str) -> None:
    assert store.roster(COURSE) == ([] if revision == "0001" else ["Ann Lee", "Zoe Kim", "Cem Ray"])
    store.set_roster("Chemistry", ["Ann Lee"])
    assert store.roster("Chemistry") == ["Ann Lee"]


def test_every_revision_but_the_newest_has_its_file() -> None:
    files = {path.name for path in DATABASES.glob("*.db")}
    assert {f"schema_{each}.db" for each in REVISIONS[:-1]} <= files


class TestMessagesAsData:
    """Revision 0006 turns sentences into keys and arguments, and back."""

    def test_what_the_program_said_has_its_key(self, store: Store) -> None:
        events = [*store.events(NAMED), *store.events(SIMULATED)]
        reasons = [event.message for event in events if event.kind is EventKind.FLAG_RAISED and event.message]
        assert {MessageKey.NOT_IN_CALL, MessageKey.NO_FACE, MessageKey.CAMERA_OFF} <= {each.key for each in reasons}
        unread = [ENGLISH.render(each) for each in reasons if each.key is MessageKey.LITERAL]
        assert all(text.startswith("looks mostly negative for") for text in unread), "a wording that was given up"
        assert {store.session(SIMULATED).source.key, store.session(NAMED).source.key} == {
            MessageKey.SOURCE_SIMULATED,
            MessageKey.SOURCE_REGION,
        }

    def test_the_teachers_words_stay_text(self, store: Store) -> None:
        own = [event for event in store.events(NAMED) if event.kind is EventKind.BOOKMARK]
        assert any(event.text for event in own)
        assert all(event.message is None for event in own)

    def test_old_lessons_are_shown_in_the_language_of_today(self, store: Store, tmp_path: Path) -> None:
        path = tmp_path / "session.html"
        export_session(store, NAMED, format="html", path=path, language=load_language("hi"))
        page = path.read_text(encoding="utf-8")
        assert "not in the call" not in page
        assert "से कॉल में नहीं" in page

    @pytest.mark.parametrize("revision", [each for each in REVISIONS if each < "0006"])
    def test_turned_back_every_text_is_as_it_was(self, store: Store, golden: Path, database_path: Path) -> None:
        store.close()
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        database = connect_database(str(database_path))
        with database.write() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0005")
        for statement in (
            "SELECT id, kind, second, text FROM events ORDER BY id",
            "SELECT id, source FROM sessions ORDER BY id",
        ):
            assert query(database_path, statement) == query(golden, statement)
