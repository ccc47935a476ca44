"""The students of a session by time, in few columns."""

import numpy as np
import pytest

from fer_desktop.storage.store import Store
from fer_desktop.types import StudentSecond
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, unseen

pytestmark = pytest.mark.every_database

HAPPY = np.array([0, 0, 0, 1, 0, 0, 0], np.float32)
SAD = np.array([0, 0, 0, 0, 1, 0, 0], np.float32)


def test_a_column_sums_its_seconds(store: Store) -> None:
    turned = StudentSecond(2, face_found=False, person_seen=True, camera_on=True, tile_seen=True, probabilities=None)
    session = record_lesson(
        store,
        [
            record(0, [seen(2, HAPPY), unseen(5)]),
            record(1, [seen(2, SAD), unseen(5)]),
            record(2, [turned]),
            record(4, [unseen(5)]),
        ],
    )
    grid = store.heat_grid(session, 3)
    assert grid.column_s == 2
    assert grid.students.tolist() == [2, 5]
    assert grid.recorded.tolist() == [2, 1, 1]
    assert grid.tiles.tolist() == [[2, 1, 0], [2, 0, 1]]
    assert grid.cameras_on.tolist() == [[2, 1, 0], [0, 0, 0]]
    assert grid.faces.tolist() == [[2, 0, 0], [0, 0, 0]]
    np.testing.assert_allclose(grid.probabilities[0, 0], (HAPPY + SAD) / 2, atol=1e-4)
    assert np.isnan(grid.probabilities[1]).all()
    assert np.isnan(grid.attention).all()


@pytest.mark.parametrize(
    ("seconds", "columns", "column_s"), [(1, 600, 1), (600, 600, 1), (601, 600, 2), (1300, 600, 3)]
)
def test_there_are_never_more_columns_than_asked_for(store: Store, seconds: int, columns: int, column_s: int) -> None:
    session = record_lesson(
        store, [record(0, [seen(1)]), record(seconds - 1, [seen(1)])] if seconds > 1 else [record(0, [seen(1)])]
    )
    grid = store.heat_grid(session, columns)
    assert grid.column_s == column_s
    assert grid.tiles.shape[1] == -(-seconds // column_s) <= columns


def test_an_empty_session_has_an_empty_grid(store: Store) -> None:
    grid = store.heat_grid(record_lesson(store, []), 600)
    assert grid.students.tolist() == []
    assert grid.recorded.tolist() == [0]


def test_erased_and_unidentified_students_are_not_in_the_grid(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1), seen(2)])])
    store.erase_student(session, 1)
    assert store.heat_grid(session, 600).students.tolist() == [2]
    whole = record_lesson(store, [record(0, [seen(1)])], new_session(aggregate_only=True))
    assert store.heat_grid(whole, 600).students.tolist() == []
