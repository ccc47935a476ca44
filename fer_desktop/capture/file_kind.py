"""What a file is that cannot be read as a picture or a video, by its first and last bytes."""

import re
from pathlib import Path
from typing import Final

from fer_desktop.messages import Message, MessageKey

_SEARCHED_BYTES: Final = 1 << 20
"""From each end: a container's index of streams stands at one of them."""
_SOUND_SIGNATURES: Final = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"fLaC", b"OggS", b"#!AMR")
_MATROSKA: Final = b"\x1a\x45\xdf\xa3"
_CODEC: Final = re.compile(rb"\x86[\x83-\x9f]([AV])_([A-Z0-9/_]+)")
"""Matroska's element of a stream's codec: sound or picture, and which. Without the element's number and length before
them, the same letters stand by chance in almost every file."""
_WINDOWS_MEDIA: Final = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
_PHOTOGRAPH_BRANDS: Final = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"avif": "AVIF"}


def explain_unreadable(path: Path, otherwise: MessageKey) -> Message:
    """Why the file cannot be read: it holds sound only, or is of a kind that is not read here; else `otherwise`.

    Kinds by ISO/IEC 14496-12 (MP4: brand, handler and sample entry) and RFC 9559 (Matroska: codec identifiers).
    """
    head, tail = _read_ends(path)
    both = head + tail
    brand = _PHOTOGRAPH_BRANDS.get(head[8:12]) if head[4:8] == b"ftyp" else None
    if brand is not None:
        return Message(MessageKey.FILE_IS_PHOTOGRAPH, name=path.name, kind=brand)
    if _holds_sound_only(head, both):
        return Message(MessageKey.FILE_IS_SOUND, name=path.name)
    if (head[4:8] == b"ftyp" and b"av01" in both) or (head.startswith(_MATROSKA) and (b"V", b"AV1") in _codecs(both)):
        return Message(MessageKey.VIDEO_IS_AV1, name=path.name)
    return Message(otherwise, name=path.name)


def has_times_in_order(path: Path) -> bool:
    """Whether the file is of a kind whose times begin once and that has an index of them.

    MP4, Matroska, AVI and Windows Media; in transport and program streams, which may be joined, times begin anew.
    """
    head, _ = _read_ends(path)
    is_avi = head.startswith(b"RIFF") and head[8:11] == b"AVI"
    return head[4:8] == b"ftyp" or is_avi or head.startswith((_MATROSKA, _WINDOWS_MEDIA))


def _read_ends(path: Path) -> tuple[bytes, bytes]:
    """The first and the last part; empty where the file cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_SEARCHED_BYTES)
            file.seek(max(len(head), path.stat().st_size - _SEARCHED_BYTES))
            return head, file.read()
    except OSError:
        return b"", b""


def _holds_sound_only(head: bytes, both: bytes) -> bool:
    if head[4:8] == b"ftyp":
        return b"hdlr" in both and b"soun" in both and b"vide" not in both
    if head.startswith(_MATROSKA):
        return {kind for kind, _ in _codecs(both)} == {b"A"}
    if head.startswith(b"OggS"):
        return b"theora" not in head
    return head.startswith(_SOUND_SIGNATURES) or (head.startswith(b"RIFF") and head[8:12] == b"WAVE")


def _codecs(both: bytes) -> list[tuple[bytes, bytes]]:
    """Kind (`A` or `V`) and codec of each stream of a Matroska file."""
    return _CODEC.findall(both)
