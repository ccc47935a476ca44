"""The key of an encrypted database, and the ways to it: drawn at random, derived from a password, written down."""

import base64
import binascii
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
KDF_ROUNDS: Final = 256_000
"""As in SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/), so that its own tools take the password too."""
MIN_PASSWORD_LENGTH: Final = 10
"""Letters. NIST SP 800-63B asks for 8 where attempts are limited; with the file in hand they are not."""

_CHECK_BYTES: Final = 3
_GROUP: Final = 4
_MISREAD: Final = str.maketrans("01", "OI")
"""Base32 (RFC 4648) has no 0 and no 1."""


@dataclass(frozen=True, slots=True, repr=False)
class DatabaseKey:
    """The key of one database file. `secret`: 32 bytes. `salt`: the file's first 16 bytes, which are not secret."""

    secret: bytes
    salt: bytes

    def __repr__(self) -> str:
        return f"DatabaseKey(salt={self.salt.hex()})"  # never the secret: this may be logged

    def to_sqlcipher(self) -> str:
        """The key as a literal of `PRAGMA key` and of `ATTACH`; a file that is made begins with the salt."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


def make_key() -> DatabaseKey:
    """A new random key."""
    return DatabaseKey(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))


def derive_key(password: str, salt: bytes | None = None) -> DatabaseKey:
    """The key that SQLCipher 4 derives from a password: PBKDF2-HMAC-SHA512. `salt`: None for a new file.

    Takes a quarter of a second, on purpose.
    """
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    words = unicodedata.normalize("NFC", password).encode()  # systems compose accents differently
    return DatabaseKey(hashlib.pbkdf2_hmac("sha512", words, salt, KDF_ROUNDS, KEY_BYTES), salt)


def format_recovery_key(key: DatabaseKey) -> str:
    """The key to be written down: 14 groups of four letters and digits, with a check against slips of the pen."""
    text = base64.b32encode(key.secret + _check(key.secret)).decode()
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_key(text: str, salt: bytes) -> DatabaseKey:
    """The key that a user means by a text: a recovery key, however it is spaced, else a password."""
    secret = _read_recovery_key(text)
    return derive_key(text, salt) if secret is None else DatabaseKey(secret, salt)


def _read_recovery_key(text: str) -> bytes | None:
    plain = "".join(letter for letter in text.upper() if letter.isalnum()).translate(_MISREAD)
    try:
        content = base64.b32decode(plain)
    except (binascii.Error, ValueError):
        return None
    secret, check = content[:KEY_BYTES], content[KEY_BYTES:]
    return secret if len(secret) == KEY_BYTES and check == _check(secret) else None


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"fer-desktop recovery key" + secret).digest()[:_CHECK_BYTES]
