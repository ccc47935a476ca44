"""Keys are derived as SQLCipher derives them, written down without slips, and kept in the system's keyring."""

from collections.abc import Mapping
from pathlib import Path

import keyring
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyring

from fer_desktop.encryption.key import DatabaseKey, derive_key, format_recovery_key, make_key, read_key
from fer_desktop.encryption.key_ring import KeyRing, open_key_ring
from fer_desktop.encryption.key_sources import (
    KEY_FILE_VARIABLE,
    KEY_VARIABLE,
    key_from_environment,
    key_from_ring,
    try_sources,
)
from fer_desktop.encryption.sealed_file import is_sealed, seal, unseal
from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.sqlite_driver import load_sqlcipher
from tests.keyrings import MemoryKeyring
from tests.raising import raises_message

KEY = DatabaseKey(bytes(range(32)), bytes(range(16)))


def test_sqlcipher_itself_derives_the_same_key_from_a_password(tmp_path: Path) -> None:
    password = "four words of grüße"
    key = derive_key(password)
    connection = load_sqlcipher().connect(str(tmp_path / "a.db"), isolation_level=None)
    connection.execute(f'PRAGMA key = "{key.to_sqlcipher()}"')
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    again = load_sqlcipher().connect(str(tmp_path / "a.db"))
    again.execute(f"PRAGMA key = '{password}'")
    assert again.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    again.close()


def test_accents_may_be_composed_in_either_way() -> None:
    assert derive_key("gr\u00fc\u00dfe aus Bonn", KEY.salt) == derive_key("gru\u0308\u00dfe aus Bonn", KEY.salt)


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_is_read_again_however_it_is_written(secret: bytes) -> None:
    key = DatabaseKey(secret, KEY.salt)
    written = format_recovery_key(key)
    assert len(written.split("-")) == 14
    for text in (written, written.lower(), written.replace("-", " "), f" {written}\n", written.replace("O", "0")):
        assert read_key(text, KEY.salt) == key


def test_a_slip_of_the_pen_is_no_recovery_key() -> None:
    written = format_recovery_key(KEY)
    for place in (0, 33, len(written) - 1):
        if written[place] != "-":
            wrong = written[:place] + ("A" if written[place] != "A" else "B") + written[place + 1 :]
            assert read_key(wrong, KEY.salt) != KEY


def test_the_secret_is_in_no_text_of_a_key() -> None:
    key = make_key()
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in f"{key}"


def test_every_key_is_another_one() -> None:
    assert len({make_key().secret for _ in range(50)}) == 50


def test_a_keyring_keeps_keys_apart_and_forgets_them() -> None:
    ring = KeyRing(MemoryKeyring())
    keys = [make_key(), make_key()]
    for key in keys:
        ring.keep(key)
    assert [ring.find(key.salt) for key in keys] == keys
    ring.forget(keys[0].salt)
    ring.forget(keys[0].salt)
    assert [ring.find(key.salt) for key in keys] == [None, keys[1]]


def test_what_a_keyring_raises_is_one_clear_sentence() -> None:
    ring = KeyRing(MemoryKeyring(keyring.errors.KeyringLocked("the keyring is locked")))
    with raises_message(StorageError, MessageKey.KEYRING_UNUSABLE, reason="the keyring is locked"):
        ring.find(KEY.salt)
    assert key_from_ring(KEY.salt, lambda: ring) is None


def test_a_keyring_that_loses_what_it_is_given_is_not_trusted() -> None:
    backend = MemoryKeyring()
    backend.kept = Forgetful()
    with raises_message(StorageError, MessageKey.KEYRING_UNUSABLE):
        KeyRing(backend).keep(KEY)


class Forgetful(dict[tuple[str, str], str]):
    def __setitem__(self, key: tuple[str, str], value: str) -> None:
        pass


def test_a_computer_without_a_keyring_says_so() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    with raises_message(StorageError, MessageKey.KEYRING_MISSING):
        open_key_ring()
    assert key_from_ring(KEY.salt) is None


@pytest.mark.parametrize("text", ["four words and more", format_recovery_key(KEY)])
def test_the_environment_may_have_a_password_or_a_recovery_key(text: str, tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    path.write_text(f"{text}\r\nand a remark\n")
    wanted = read_key(text, KEY.salt)
    environments: list[Mapping[str, str]] = [{KEY_VARIABLE: text}, {KEY_FILE_VARIABLE: str(path)}]
    for environment in environments:
        assert key_from_environment(KEY.salt, environment) == wanted
    assert key_from_environment(KEY.salt, {}) is None


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing.txt"
    with raises_message(StorageError, MessageKey.KEY_FILE_UNREADABLE, path=str(path)):
        key_from_environment(KEY.salt, {KEY_FILE_VARIABLE: str(path)})


def test_the_first_source_that_has_the_key_counts() -> None:
    assert try_sources((lambda _: None, lambda salt: DatabaseKey(KEY.secret, salt)), KEY.salt) == KEY
    assert try_sources((), KEY.salt) is None


def test_a_sealed_file_opens_with_its_key_alone_and_notices_every_change() -> None:
    sealed = seal(b"rows of a lesson", KEY)
    assert is_sealed(sealed)
    assert b"rows" not in sealed
    assert unseal(sealed, KEY) == b"rows of a lesson"
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own
        unseal(sealed, make_key())
    for place in range(len(sealed)):
        changed = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        with pytest.raises(ValueError):  # noqa: PT011
            unseal(changed, KEY)
    assert seal(b"rows of a lesson", KEY) != sealed
