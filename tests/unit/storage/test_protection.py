"""The keyring has the key before anything is encrypted with it, and forgets one once nothing is."""

import pytest

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.key_ring import KeyRing
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.protection import Protection, StoreProtection, make_password_key
from fer_desktop.storage.store import Store, open_store
from tests.keyrings import MemoryKeyring
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session
from tests.unit.storage.protected import KEY, OTHER_KEY


@pytest.fixture
def backend() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def protection(store: Store, backend: MemoryKeyring) -> StoreProtection:
    return StoreProtection(store, lambda: KeyRing(backend))


def kept(backend: MemoryKeyring) -> list[DatabaseKey]:
    return [DatabaseKey(bytes.fromhex(secret), bytes.fromhex(salt)) for (_, salt), secret in backend.kept.items()]


def refuse(*_others: object, **_named: object) -> None:
    raise StorageError(Message(MessageKey.DATABASE_LOCKED, database="lessons"))


def test_the_key_is_in_the_keyring_before_the_first_page_is_encrypted(
    store: Store, protection: StoreProtection, backend: MemoryKeyring
) -> None:
    then: list[list[DatabaseKey]] = []
    protection.protect(KEY, in_keyring=True, on_progress=lambda _: then.append(kept(backend)))
    assert then[0] == [KEY]
    assert protection.read_state() is Protection.KEYRING
    assert store.key == KEY


def test_the_old_key_is_kept_until_the_new_one_counts_and_then_forgotten(
    protection: StoreProtection, backend: MemoryKeyring
) -> None:
    protection.protect(KEY, in_keyring=True)
    then: list[list[DatabaseKey]] = []
    protection.protect(OTHER_KEY, in_keyring=True, on_progress=lambda _: then.append(kept(backend)))
    assert then[-1] == [KEY, OTHER_KEY]
    assert kept(backend) == [OTHER_KEY]


def test_from_the_keyring_to_a_password_nothing_stays_in_the_keyring(
    protection: StoreProtection, backend: MemoryKeyring
) -> None:
    protection.protect(KEY, in_keyring=True)
    protection.protect(make_password_key("four words and more"), in_keyring=False)
    assert kept(backend) == []
    assert protection.read_state() is Protection.PASSWORD


def test_a_key_with_which_nothing_was_encrypted_is_forgotten(
    store: Store, protection: StoreProtection, backend: MemoryKeyring
) -> None:
    writer = store.begin_session(new_session())
    with raises_message(StorageError, MessageKey.RECORDING_WHILE_CONVERTING):
        protection.protect(KEY, in_keyring=True)
    writer.close()
    assert protection.opens_nothing(KEY)
    assert kept(backend) == []
    assert protection.read_state() is Protection.OFF


def protect_in_vain(
    protection: StoreProtection, patch: pytest.MonkeyPatch, old: DatabaseKey | None, *refused: str
) -> None:
    """Gives the lessons `OTHER_KEY` in place of `old`, where these parts of the change are refused."""
    if old is not None:
        protection.protect(old, in_keyring=True)
    with patch.context() as refusing:
        for part in refused:
            refusing.setattr(f"fer_desktop.storage.key_change.{part}", refuse)
        with raises_message(StorageError, MessageKey.DATABASE_LOCKED):
            protection.protect(OTHER_KEY, in_keyring=True)


@pytest.mark.parametrize("old", [None, KEY], ids=["first key", "another key"])
def test_a_key_with_which_the_file_could_not_be_opened_again_stays_in_the_keyring(
    protection: StoreProtection,
    backend: MemoryKeyring,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    old: DatabaseKey | None,
) -> None:
    protect_in_vain(protection, monkeypatch, old, "use_write_ahead_log")
    assert OTHER_KEY in kept(backend)
    assert not protection.opens_nothing(OTHER_KEY)
    with open_store(url, KeyRing(backend).find) as again:
        assert again.key == OTHER_KEY


@pytest.mark.parametrize("old", [None, KEY], ids=["first key", "another key"])
def test_the_key_stays_whose_file_could_not_be_opened_again_after_nothing_was_changed(
    protection: StoreProtection,
    backend: MemoryKeyring,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    old: DatabaseKey | None,
) -> None:
    protect_in_vain(protection, monkeypatch, old, "convert_database", "use_write_ahead_log")
    assert not protection.opens_nothing(OTHER_KEY), "nobody knows yet"
    with open_store(url, KeyRing(backend).find) as again:
        assert again.key == old


def test_the_key_of_lessons_stays_whose_decrypted_file_could_not_be_opened_again(
    protection: StoreProtection, backend: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    protection.protect(KEY, in_keyring=True)
    monkeypatch.setattr("fer_desktop.storage.key_change.use_write_ahead_log", refuse)
    with raises_message(StorageError, MessageKey.DATABASE_LOCKED):
        protection.unprotect()
    assert kept(backend) == [KEY]


def test_decrypted_lessons_have_no_key(protection: StoreProtection, backend: MemoryKeyring) -> None:
    protection.protect(KEY, in_keyring=True)
    protection.unprotect()
    assert kept(backend) == []
    assert not protection.encrypted
    with raises_message(StorageError, MessageKey.NOT_ENCRYPTED):
        protection.unprotect()


def test_without_a_keyring_nothing_is_encrypted(store: Store) -> None:
    def open_ring() -> KeyRing:
        raise StorageError(Message(MessageKey.KEYRING_MISSING))

    protection = StoreProtection(store, open_ring)
    assert protection.find_keyring_problem() == Message(MessageKey.KEYRING_MISSING)
    with raises_message(StorageError, MessageKey.KEYRING_MISSING):
        protection.protect(KEY, in_keyring=True)
    assert store.key is None


def test_a_short_password_makes_no_key() -> None:
    with raises_message(SettingsError, MessageKey.PASSWORD_TOO_SHORT, letters=10):
        make_password_key("nine long")
