"""Damages files, as a failing disk does."""

import random
from collections.abc import Collection
from pathlib import Path

PAGE: int = 4096
SPARED: int = 30


def flip_bit(path: Path) -> None:
    """Flips one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def damage_pages(path: Path, share: float, *, spared: Collection[int] = (), seed: int = 1) -> int:
    """Fills a share of a database's pages, except the first, with random bytes. Returns how many.

    After VACUUM the first ones hold the description of the tables, and those tables that are small. `spared`: numbers
    of other pages that stay as they are, from 1.
    """
    pages = path.stat().st_size // PAGE
    chance = random.Random(seed)
    exposed = [number for number in range(SPARED, pages) if number + 1 not in spared]
    numbers = chance.sample(exposed, max(1, round(share * len(exposed))))
    with path.open("r+b") as file:
        for number in numbers:
            file.seek(number * PAGE)
            file.write(chance.randbytes(PAGE))
    return len(numbers)


def blank_part(path: Path, *, start: float = 0.45, count: int = PAGE) -> None:
    """Fills `count` bytes, from `start` of a file's length on, with zeros: what bad sectors or a broken copy leave."""
    content = bytearray(path.read_bytes())
    first = round(start * len(content))
    content[first : first + count] = bytes(count)
    path.write_bytes(content)
