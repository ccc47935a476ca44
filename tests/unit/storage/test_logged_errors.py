"""What is in a row never reaches a log or a message, whatever error it causes: it may be a name."""

import ast
import copy
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import StatementError

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message
from fer_desktop.storage.driver_errors import describe_error, name_error
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.reading_engines import engines_without_files
from fer_desktop.storage.schema import Base, Student
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from tests.unit.storage.protected import NAME
from tests.unit.storage.rescues import locked, rescue_files

STORAGE = Path(__file__).resolve().parents[3] / "fer_desktop" / "storage"
OWN_WORDS = {"StorageError", "OSError"}
"""The texts of these errors are the program's, and the system's with a file's name."""
WRONG_VALUES: tuple[object, ...] = (NAME, [NAME], {NAME: NAME}, None, -(2**70))


@pytest.fixture
def rescued(store: Store, database_path: Path) -> list[Any]:
    """The lines of a rescue file with a name in it, a note, and the clock."""
    with locked(database_path):
        writer = store.begin_session(new_session(course=NAME))
        note = Event(EventKind.NOTE, 0, NAME, 1)
        writer.record(record(0, [seen(1), seen(2)], [note], [(1, NAME)]))
        writer.merge_students(2, 1)
        writer.close()
    (file,) = rescue_files()
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    file.unlink()
    return [file, *lines]


def find_places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a JSON value something is."""
    if path:
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from find_places(value[key], (*path, key))


def replace(lines: list[Any], path: tuple[Any, ...], value: object) -> list[Any]:
    """A copy with another value at one place."""
    changed = copy.deepcopy(lines)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return changed


def test_nothing_of_a_damaged_rescue_file(
    rescued: list[Any], store: Store, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, *lines = rescued
    caplog.set_level(logging.DEBUG)
    refused = 0
    for place in find_places(lines):
        for value in WRONG_VALUES:
            changed = replace(lines, place, value)
            file.write_text("".join(json.dumps(line) + "\n" for line in changed), encoding="utf-8")
            store.take_in_rescued()
            refused += file.exists() or file.with_name(f"{file.name}.damaged").exists()
            assert NAME not in caplog.text, (place, value)
            with closing(sqlite3.connect(database_path)) as connection:
                connection.execute("DELETE FROM sessions")
                connection.commit()
    assert refused > 100


@pytest.mark.parametrize("table", [table.name for table in Base.metadata.sorted_tables])
def test_nothing_of_a_damaged_row(
    store: Store, database_path: Path, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(2)], [Event(EventKind.NOTE, 0, "look", 1)], [(1, "Ann")]))
    wait_until(lambda: writer.kept.stored == 1)
    for column in Base.metadata.tables[table].columns:
        with closing(sqlite3.connect(database_path, isolation_level=None)) as connection, suppress(sqlite3.Error):
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(f"UPDATE {table} SET {column.name} = ?", (NAME,))
        with suppress(StorageError), open_store(store.name) as other:
            for session in other.session_list().sessions:
                other.students(session.id)
        assert NAME not in caplog.text, column.name
    writer.close()
    assert NAME not in caplog.text
    assert writer.fault is None or NAME not in str(writer.fault)


def test_nothing_of_what_a_writer_stumbles_over(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: object) -> None:
        raise ValueError(f"{NAME} is no number")

    caplog.set_level(logging.DEBUG)
    writer = store.begin_session(new_session())
    monkeypatch.setattr("fer_desktop.storage.recorded_session.write_numbered", stumble)
    writer.record(record(0, [seen(1)]))
    wait_until(lambda: writer.lost)
    writer.close()
    assert writer.fault is not None
    assert "ValueError in test_logged_errors.py, line" in str(writer.fault)
    assert NAME not in caplog.text + str(writer.fault)


def test_no_error_of_an_engine_has_values(store: Store, database_path: Path) -> None:
    database = connect_database(store.name)
    for engine in (database.engine, *engines_without_files(database_path, None)):
        with pytest.raises(StatementError) as caught, engine.connect() as connection:
            connection.execute(insert(Student), [{"session_id": 1, "student": [NAME], "name": NAME}])
        assert NAME not in str(caught.value)


@pytest.mark.parametrize("state", ["22P02", "23505"])
def test_nothing_of_what_a_server_quotes(state: str) -> None:
    class ServerError(Exception):
        sqlstate = state

    error = ServerError(f'invalid input syntax for type integer: "{NAME}"')
    assert describe_error(error) == name_error(error) == f"ServerError {state}"


def test_an_error_of_the_program_or_of_the_system_keeps_its_words() -> None:
    assert name_error(PermissionError(13, "Permission denied")) == "Permission denied"
    assert name_error(StorageError(Message.from_json('{"key": "storage.session_ended"}'))) != "StorageError"


@pytest.mark.parametrize("module", sorted(STORAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_logs_the_text_of_another_error(module: Path) -> None:
    """Python's, the drivers' and SQLAlchemy's quote values: `name_error` and `describe_error` do not."""
    for handler in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(handler, ast.ExceptHandler) and not _has_own_words(handler):
            for call in _find_log_calls(handler):
                named = [argument for argument in call.args if isinstance(argument, ast.Name)]
                assert handler.name not in {argument.id for argument in named}, ast.unparse(call)
                assert not call.keywords, ast.unparse(call)


def _has_own_words(handler: ast.ExceptHandler) -> bool:
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return all(isinstance(each, ast.Name) and each.id in OWN_WORDS for each in types)


def _find_log_calls(handler: ast.ExceptHandler) -> Iterator[ast.Call]:
    for node in ast.walk(handler):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log."):
            yield node
