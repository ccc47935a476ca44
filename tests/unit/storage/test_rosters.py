"""The names of a course's students: kept by course, replaced as a whole, deleted for good."""

from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from tests.raising import raises_message

pytestmark = pytest.mark.every_database


def test_a_course_has_its_names_in_their_order(store: Store) -> None:
    store.set_roster("Physics", ["Zoë", "Ann", "Ann"])
    store.set_roster(" Art ", ["Bob"])
    assert store.roster("Physics") == ["Zoë", "Ann", "Ann"]
    assert store.courses_with_roster() == ["Art", "Physics"]
    assert store.roster("Chemistry") == []


def test_a_new_roster_takes_the_place_of_the_old_one(store: Store) -> None:
    store.set_roster("Physics", ["Ann", "Bob", "Cem"])
    store.set_roster("Physics", ["Dora"])
    assert store.roster("Physics") == ["Dora"]


@pytest.mark.parametrize("names", [[], ["Dora"]])
def test_a_roster_that_is_deleted_or_replaced_is_in_no_file(
    store: Store, database_path: Path, names: list[str]
) -> None:
    store.set_roster("Physics", ["Name-to-be-forgotten"])
    store.set_roster("Physics", names)
    assert store.roster("Physics") == names
    assert not any(b"to-be-forgotten" in path.read_bytes() for path in database_path.parent.iterdir() if path.is_file())


def test_a_roster_needs_a_course(store: Store) -> None:
    with raises_message(StorageError, MessageKey.ROSTER_WITHOUT_COURSE):
        store.set_roster("  ", ["Ann"])
