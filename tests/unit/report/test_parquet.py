"""The Parquet file is the same table as the CSV file, with types, and with what is known besides the seconds."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.report.export import export_session
from fer_desktop.report.parquet_export import COLUMNS, METADATA_KEY
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS
from tests.unit.storage.lessons import BEGAN, new_session, reading, record, record_lesson, seen, unseen

parquet: Any = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the package pyarrow, which few need")


@pytest.fixture
def session(store: Store) -> int:
    attentive = replace(seen(1), attention=0.5)
    lesson = [record(0, [attentive, seen(2)], names=[(1, "=Ann")]), record(2, [seen(1), unseen(2)])]
    return record_lesson(store, lesson, new_session(course="Physics"))


def read(store: Store, session: int, path: Path, *, student: int | None = None, individuals: bool = True) -> Any:
    export_session(store, session, format="parquet", path=path, student=student, individuals=individuals)
    return parquet.read_table(path)


def test_a_row_a_second_of_the_class_and_of_each_student(store: Store, session: int, tmp_path: Path) -> None:
    table = read(store, session, tmp_path / "a.parquet")
    assert tuple(table.column_names) == COLUMNS
    rows = table.to_pylist()
    assert [(row["student"], row["who"], row["second"]) for row in rows] == [
        (None, "Class", 0),
        (None, "Class", 2),
        (1, "=Ann", 0),
        (1, "=Ann", 2),
        (2, "Student 2", 0),
        (2, "Student 2", 2),
    ]
    assert [row["time"] for row in rows[:2]] == [BEGAN, BEGAN + timedelta(seconds=2)]
    assert (rows[1]["tiles"], rows[1]["cameras_on"], rows[1]["faces"]) == (2, 1, 1)
    np.testing.assert_allclose([rows[2][name] for name in EXPRESSIONS], reading(1), atol=1e-4)
    assert rows[2]["attention"] == pytest.approx(0.5)


def test_what_was_not_read_is_null(store: Store, session: int, tmp_path: Path) -> None:
    unread = read(store, session, tmp_path / "a.parquet").to_pylist()[-1]
    assert [unread[name] for name in ("mood", "neutral", "attention")] == [None] * 3


def test_the_rest_is_in_the_metadata(store: Store, session: int, tmp_path: Path) -> None:
    table = read(store, session, tmp_path / "a.parquet")
    document = json.loads(table.schema.metadata[METADATA_KEY.encode()])
    assert document["session"]["course"] == "Physics"
    assert [each["name"] for each in document["students"]] == ["=Ann", None]


def test_one_student_alone_and_the_class_alone(store: Store, session: int, tmp_path: Path) -> None:
    assert set(read(store, session, tmp_path / "a.parquet", student=2)["student"].to_pylist()) == {2}
    assert read(store, session, tmp_path / "b.parquet", individuals=False).num_rows == 0  # two are no group
    assert b"=Ann" not in (tmp_path / "b.parquet").read_bytes()


def test_an_empty_session_has_the_columns(store: Store, tmp_path: Path) -> None:
    table = read(store, record_lesson(store, []), tmp_path / "a.parquet")
    assert (table.num_rows, tuple(table.column_names)) == (0, COLUMNS)
