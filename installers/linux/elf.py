"""What shared libraries need, define and lack, read by binutils."""

import struct
import subprocess
from pathlib import Path
from typing import Final

_MAGIC: Final = b"\x7fELF"
_PAGE: Final = 4096
_PT_LOAD: Final = 1
_SHT_NOBITS: Final = 8
_HEADER: Final = struct.Struct("<16sHHIQQQIHHHHHH")
_SEGMENT: Final = struct.Struct("<IIQQQQQQ")
_SECTION: Final = struct.Struct("<IIQQQQIIQQ")
"""ELF-64, little end first: the System V ABI's chapters on object files and program loading."""


def find_libraries(folder: Path) -> list[Path]:
    """All programs and shared libraries in `folder`, without links to them."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def read_needed(library: Path) -> set[str]:
    """The names of the libraries that it is linked with."""
    lines = read_tool("readelf", "-dW", library).splitlines()
    return {line.split("[")[1].rstrip("]") for line in lines if "(NEEDED)" in line}


def read_lacking(library: Path) -> set[str]:
    """The functions that it takes from other libraries."""
    return _read_names(library, "--undefined-only")


def read_defined(library: Path) -> set[str]:
    """The functions that others can take from it."""
    return _read_names(library, "--defined-only")


def _read_names(library: Path, choice: str) -> set[str]:
    lines = read_tool("nm", "-D", choice, library).splitlines()
    return {line.split()[-1].partition("@")[0] for line in lines if line.strip()}


def is_loadable(library: Path) -> bool:
    """Whether the loader can map its segments: file offsets and addresses agree."""
    content = library.read_bytes()
    loaded = [segment for segment in _read_segments(content) if segment[0] == _PT_LOAD]
    return all((offset - address) % alignment == 0 for _, _, offset, address, _, _, _, alignment in loaded)


def remove_padding(content: bytes) -> bytes:
    """A library without the zeros that old linkers put between segments for pages of 2 MiB; addresses stay.

    Whole pages of 4 kiB are taken out, so that each segment stays where it was within its page.
    """
    header, segments = list(_HEADER.unpack_from(content)), _read_segments(content)
    sections = [_SECTION.unpack_from(content, header[6] + i * _SECTION.size) for i in range(header[12])]
    used = [(0, _HEADER.size), (header[5], header[5] + header[10] * _SEGMENT.size)]
    used += [(header[6], header[6] + header[12] * _SECTION.size)]
    used += [(segment[2], segment[2] + segment[5]) for segment in segments]
    used += [(section[4], section[4] + section[5]) for section in sections if section[1] != _SHT_NOBITS]
    gaps = _find_gaps(sorted(used))

    def move(offset: int) -> int:
        return offset - sum(end - start for start, end in gaps if end <= offset)

    kept, position = bytearray(), 0
    for start, end in [*gaps, (len(content), len(content))]:
        kept += content[position:start]
        position = end
    header[5], header[6] = move(header[5]), move(header[6])
    _HEADER.pack_into(kept, 0, *header)
    for index, (kind, flags, offset, *middle, alignment) in enumerate(segments):
        least = min(alignment, _PAGE) if kind == _PT_LOAD else alignment
        _SEGMENT.pack_into(kept, header[5] + index * _SEGMENT.size, kind, flags, move(offset), *middle, least)
    for index, section in enumerate(sections):
        _SECTION.pack_into(kept, header[6] + index * _SECTION.size, *section[:4], move(section[4]), *section[5:])
    return bytes(kept)


def _find_gaps(used: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole pages between the used ranges of a file, which are sorted."""
    gaps, reached = [], 0
    for start, end in used:
        if length := max(0, start - reached) // _PAGE * _PAGE:
            gaps.append((start - length, start))
        reached = max(reached, end)
    return gaps


def _read_segments(content: bytes) -> list[tuple[int, ...]]:
    header = _HEADER.unpack_from(content)
    return [_SEGMENT.unpack_from(content, header[5] + index * _SEGMENT.size) for index in range(header[10])]


def read_tool(*command: str | Path) -> str:
    """What a tool of the build machine prints."""
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=True).stdout
