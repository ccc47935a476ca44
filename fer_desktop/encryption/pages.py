"""The first page of an encrypted database: what it says of the file, also where it lies in a log."""

from typing import Final

from fer_desktop.encryption.file_kind import CLEAR_HEADER
from fer_desktop.encryption.key import SALT_BYTES, DatabaseKey

_RESERVED_BYTES: Final = 80
"""At a page's end: 16 of its initialisation vector and 64 of its authentication."""
_HEADER_BYTES: Final = 112
"""The first 100 are SQLite's header (https://sqlite.org/fileformat2.html#the_database_header); whole blocks of AES."""


def decrypt_header(page: bytes, key: DatabaseKey) -> bytes:
    """The beginning of a first page in clear text; empty if the page belongs to a database with another salt.

    AES-256 in CBC, as SQLCipher 4 writes it (https://www.zetetic.net/sqlcipher/design/); nothing is authenticated.
    """
    if not page.startswith(key.salt) or len(page) < _HEADER_BYTES + _RESERVED_BYTES:
        return b""
    from Cryptodome.Cipher import AES

    vector = page[-_RESERVED_BYTES:][: AES.block_size]
    cipher = AES.new(key.secret, AES.MODE_CBC, vector)
    return CLEAR_HEADER + cipher.decrypt(page[SALT_BYTES:_HEADER_BYTES])
