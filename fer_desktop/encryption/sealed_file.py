"""Encrypts small files whole, with the key of a database: AES-256 in GCM, which also notices any change."""

import hashlib
import hmac
from typing import Final

from fer_desktop.encryption.key import DatabaseKey

MAGIC: Final = b"FER Desktop sealed 1\n"
_LABEL: Final = b"fer-desktop sealed file"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


def is_sealed(content: bytes) -> bool:
    """Whether a file's content was made by `seal`."""
    return content.startswith(MAGIC)


def seal(content: bytes, key: DatabaseKey) -> bytes:
    """The content encrypted: a first line, the nonce, the tag, the rest."""
    from Cryptodome.Cipher import AES
    from Cryptodome.Random import get_random_bytes

    nonce = get_random_bytes(_NONCE_BYTES)
    cipher = AES.new(_derive(key), AES.MODE_GCM, nonce=nonce, mac_len=_TAG_BYTES)
    cipher.update(MAGIC)
    encrypted, tag = cipher.encrypt_and_digest(content)
    return MAGIC + nonce + tag + encrypted


def unseal(content: bytes, key: DatabaseKey) -> bytes:
    """What `seal` was given. Raises `ValueError` for another key, and for a content that was changed."""
    from Cryptodome.Cipher import AES

    magic, rest = content[: len(MAGIC)], content[len(MAGIC) :]
    nonce, rest = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    cipher = AES.new(_derive(key), AES.MODE_GCM, nonce=nonce, mac_len=_TAG_BYTES)
    cipher.update(magic)
    return cipher.decrypt_and_verify(rest[_TAG_BYTES:], rest[:_TAG_BYTES])


def _derive(key: DatabaseKey) -> bytes:
    """A key of its own: one key serves one purpose."""
    return hmac.digest(key.secret, _LABEL, hashlib.sha256)
