"""Damaged inputs of every kind that the program opens, drawn from a seed.

A maker takes a random generator and the scene's folder, writes the input there, and returns the arguments of the scene
in `fuzz_scenes.py` that opens it.
"""

import gzip
import io
import json
import lzma
import random
import shutil
import string
import struct
import unicodedata
import wave
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as PillowImage

from models.card import read_card as read_model_card
from models.card import write_card
from tests.faults.templates import GOLDEN
from tests.unit.capture.material import write_video

Maker = Callable[[random.Random, Path], list[str]]

_SHIPPED: Final = Path(__file__).resolve().parents[2] / "models" / "shipped"
_HUGE: Final = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_URLS: Final = (
    "postgresql://teacher:secret@127.0.0.1:1/lessons",
    "mysql://root@127.0.0.1/x",
    "sqlite:///",
    "sqlite:///:memory:",
    "sqlite:////proc/self/mem",
    "sqlite:////dev/zero",
    "file:///etc/passwd",
    "http://127.0.0.1:1/db",
    "oracle://x",
    "postgresql+psycopg://[::1]:99999/x?sslmode=what",
    "sqlite:///lessons.sqlite?timeout=-1&mode=ro",
)
_OPTIONS: Final = (
    *("sessions", "export", "delete", "purge", "roster", "import", "show", "analyze", "windows", "detect"),
    *(
        "--json",
        "--db",
        "--place",
        "--format",
        "--student",
        "--aggregate",
        "--part",
        "--fps",
        "--course",
        "-o",
        "--yes",
    ),
    *(
        "--frames",
        "--clock-is-right",
        "--debug-not",
        "--",
        "-",
        "",
        " ",
        "\n",
        "1",
        "-1",
        "0",
        "9" * 40,
        "1e999",
        "nan",
    ),
    *(
        "html",
        "csv",
        "pdf",
        "attendance",
        "simulated:students=2,seconds=2",
        "simulated:students=0",
        "simulated:seconds=-1",
        "screen:",
        "DE",
    ),
    *("screen:9999999999x1+0+0", "camera:x", "monitor:99", "window:", "~", "/", "\x7f", "\ud7ff", "नाम", "$(reboot)"),
)


def mutate(chance: random.Random, content: bytes) -> bytes:
    """Flips, cuts, repeats, overwrites and inserts, a few times."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1) if chance.random() < 0.5 else chance.randrange(min(64, len(data) + 1))
        kind = chance.randrange(6)
        if kind == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            data[at : at + 4] = struct.pack(chance.choice("<>") + "I", chance.choice(_HUGE))
        elif kind == 3:
            data[at:at] = chance.randbytes(chance.choice((1, 16, 4096)))
        elif kind == 4:
            data[at:at] = data[at : at + chance.choice((1, 64, 1024))] * chance.choice((1, 50))
        else:
            del data[at : at + chance.choice((1, 7, 512))]
    return bytes(data)


def draw_text(chance: random.Random, length: int = 24) -> str:
    """Characters of every Unicode category that a file can hold; surrogates are in none."""
    return "".join(chance.choice(_characters()[chance.choice(sorted(_characters()))]) for _ in range(length))


@cache
def _characters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in (*range(0x3000), *range(0xD7F0, 0xD7FF), *range(0xF8F0, 0x10000), *range(0x1F300, 0x1F700), 0x10FFFF):
        found.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    found.pop("Cs", None)
    return found


def make_settings(chance: random.Random, folder: Path) -> list[str]:
    values: dict[str, object] = {"place": "IN", "course": "Physics", "retention_days": 30, "region": "100x100+0+0"}
    for name in chance.sample(["place", "theme", "language", "frames_per_second", "database_url", "unconfirmed"], 3):
        choices: tuple[object, ...] = (
            "x",
            -1,
            1e308,
            None,
            [],
            {"a": [1]},
            True,
            draw_text(chance),
            "9" * 5000,
            [["place"]],
        )
        values[name] = chance.choice(choices)
    content = json.dumps(values).encode(chance.choice(("utf-8", "utf-8-sig", "utf-16")))
    path = folder / "home" / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    nested = b'{"place":' + b"[" * 100_000
    path.write_bytes(
        nested if chance.random() < 0.05 else mutate(chance, content) if chance.random() < 0.8 else content
    )
    return ["read_settings"]


def make_roster(chance: random.Random, folder: Path) -> list[str]:
    lines = ["First name;Last name", *(f'{draw_text(chance, 6)};"{draw_text(chance, 8)}"' for _ in range(6))]
    separator = chance.choice((";", ",", "\t"))
    text = "\n".join(lines).replace(";", separator)
    content = text.encode(chance.choice(("utf-8", "utf-16", "utf-8-sig", "utf-16-be")))
    path = folder / f"roster.{chance.choice(('csv', 'txt'))}"
    path.write_bytes(mutate(chance, content))
    return ["run", "roster", "import", str(path), "--course", draw_text(chance, 5).strip() or "Physics"]


def make_picture(chance: random.Random, folder: Path) -> list[str]:
    ending, mode = chance.choice(_PICTURES)
    path = folder / f"picture.{ending}"
    path.write_bytes(mutate(chance, _draw_picture(ending, mode)))
    return ["read_source", str(path)]


_PICTURES: Final = (
    *(("png", "RGB"), ("png", "RGBA"), ("png", "I;16"), ("png", "P"), ("jpg", "RGB"), ("jpg", "CMYK"), ("webp", "RGB")),
    *(("webp", "RGBA"), ("bmp", "RGB"), ("bmp", "1"), ("tiff", "RGB"), ("tiff", "F"), ("gif", "P"), ("ppm", "L")),
)


@cache
def _draw_picture(ending: str, mode: str) -> bytes:
    pixels = np.random.default_rng(1).integers(0, 255, (64, 96, 3), np.uint8)
    picture = PillowImage.fromarray(pixels)
    picture = PillowImage.new(mode, (96, 64)) if mode == "I;16" else picture.convert(mode)
    formats = {"jpg": "JPEG", "tiff": "TIFF"}
    file = io.BytesIO()
    picture.save(file, formats.get(ending, ending.upper()))
    return file.getvalue()


def make_huge_picture(chance: random.Random, folder: Path) -> list[str]:
    """A sound header that declares a size up to the format's limit, and little after it."""
    width, height = chance.choice(((65_535, 65_535), (30_000, 30_000), (7680, 4320), (1, 2**31 - 1), (10_000, 4_001)))
    ending = chance.choice(("png", "bmp", "gif", "jpg", "tiff", "ppm"))
    content = bytearray(_draw_picture(ending, {"gif": "P", "ppm": "L"}.get(ending, "RGB")))
    if ending == "png":
        content[16:24] = struct.pack(">II", width, height)
        content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    elif ending == "bmp":
        content[18:26] = struct.pack("<ii", width, height)
    elif ending == "gif":
        content[6:10] = struct.pack("<HH", width & 0xFFFF, height & 0xFFFF)
    elif ending == "jpg":
        at = content.index(b"\xff\xc0") + 5
        content[at : at + 4] = struct.pack(">HH", height & 0xFFFF, width & 0xFFFF)
    elif ending == "ppm":
        content[:] = b"P5 %d %d 255\n" % (width, height) + bytes(100)
    else:
        content[:] = content.replace(struct.pack("<HHIHH", 256, 3, 1, 96, 0), struct.pack("<HHII", 256, 4, 1, width))
    path = folder / f"huge.{ending}"
    path.write_bytes(content)
    return ["read_source", str(path)]


def make_video(chance: random.Random, folder: Path) -> list[str]:
    ending, codec = chance.choice((("mp4", "mp4v"), ("avi", "MJPG"), ("mkv", "mp4v")))
    path = folder / f"lesson.{ending}"
    write_video(path, codec=codec)
    path.write_bytes(mutate(chance, path.read_bytes()))
    return ["read_source", str(path)]


def make_sound(chance: random.Random, folder: Path) -> list[str]:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000))
    headers = (file.getvalue(), b"ID3\x04" + bytes(200), b"OggS" + bytes(200), b"fLaC" + bytes(200))
    path = folder / f"sound.{chance.choice(('wav', 'mp3', 'ogg', 'flac', 'm4a'))}"
    path.write_bytes(mutate(chance, chance.choice(headers)))
    return ["read_source", str(path)]


def make_database(chance: random.Random, folder: Path) -> list[str]:
    path = folder / "lessons.sqlite"
    shutil.copy(chance.choice(sorted(GOLDEN.glob("*.db"))), path)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 3))):
        page = 512 * chance.randrange(len(data) // 512)
        data[page : page + 512] = chance.choice((bytes(512), chance.randbytes(512), data[:512]))
    path.write_bytes(mutate(chance, bytes(data)) if chance.random() < 0.3 else data)
    if chance.random() < 0.2:
        (folder / "lessons.sqlite-wal").write_bytes(chance.randbytes(5000))
    command = chance.choice(
        (["sessions", "--json"], ["delete", "1", "--yes"], ["export", "1", "-o", str(folder / "x.json")])
    )
    return ["run", *command]


def make_foreign_file(chance: random.Random, folder: Path) -> list[str]:
    """An export, a card or anything else, given where the program expects something of another kind."""
    path = folder / f"export.{chance.choice(('json', 'csv', 'png', 'mp4', 'sqlite'))}"
    session = {"session": {"id": 1, "source": draw_text(chance)}, "seconds": [{"second": 0, "mood": 0.5}]}
    path.write_bytes(mutate(chance, json.dumps(session).encode()))
    (folder / "folder.png").mkdir(exist_ok=True)
    target = chance.choice((path, folder / "folder.png", Path("/dev/null"), folder / "none" / "x"))
    ways = (
        ["run", "roster", "import", str(target), "--course", "Physics"],
        ["read_source", str(target)],
        ["run_bare", "sessions", "--db", str(target)],
        ["run", "export", "1", "-o", str(target)],
    )
    return list(chance.choice(ways))


def make_card(chance: random.Random, folder: Path) -> list[str]:
    model = folder / "model"
    model.mkdir(exist_ok=True)
    write_card(read_model_card(_SHIPPED), model)
    (card,) = model.glob("*.json")
    values = json.loads(card.read_text())
    values[chance.choice(sorted(values))] = chance.choice((None, -1, [], {}, "x" * 10_000, [[[]]]))
    content = json.dumps(values).encode() if chance.random() < 0.3 else mutate(chance, card.read_bytes())
    card.write_bytes(content)
    return ["read_card", str(model)]


def make_faces(chance: random.Random, folder: Path) -> list[str]:
    rows = [f"{chance.randrange(8)},{' '.join(str(chance.randrange(257)) for _ in range(2304))},Training"] * 3
    text = "\n".join(["emotion,pixels,Usage", *rows]).encode()
    ending = chance.choice(("csv", "csv.gz", "csv.xz", "zip"))
    text = mutate(chance, text) if chance.random() < 0.6 else text
    if ending == "csv.gz":
        text = gzip.compress(text)
    elif ending == "csv.xz":
        text = lzma.compress(text)
    elif ending == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("fer2013.csv", text)
        text = file.getvalue()
    path = folder / f"fer2013.{ending}"
    path.write_bytes(mutate(chance, text) if chance.random() < 0.6 else text)
    return ["read_faces", str(path)]


def make_options(chance: random.Random, _folder: Path) -> list[str]:
    options = [chance.choice(_OPTIONS) for _ in range(chance.randrange(1, 7))]
    first = chance.choice(("sessions", "export", "delete", "purge", "roster", "show", "analyze", "--", "watch", ""))
    return ["run_bare", first, *options]


def make_url(chance: random.Random, folder: Path) -> list[str]:
    url = chance.choice(_URLS)
    if chance.random() < 0.6:
        url = mutate(chance, url.encode()[:200]).decode("latin-1").replace("\0", "")[:300]
    if chance.random() < 0.1:
        url = f"sqlite:///{folder}/{draw_text(chance, 100)}".replace("\0", "")
    return ["run_bare", "sessions", f"--db={url}"]


def make_names(chance: random.Random, folder: Path) -> list[str]:
    alphabet = string.printable + "<>&\"'=+-@\t"
    names = [
        draw_text(chance, 12),
        "".join(chance.choice(alphabet) for _ in range(12)),
        "\u202e" + draw_text(chance, 3),
    ]
    (folder / "names.json").write_text(json.dumps(names))
    return ["store_names"]


def make_rescue_file(chance: random.Random, _folder: Path) -> list[str]:
    """A rescue file that was damaged before the next start."""
    return ["take_in_rescued", str(chance.randrange(2**31))]


MAKERS: Final[Mapping[str, Maker]] = {
    "settings": make_settings,
    "roster": make_roster,
    "picture": make_picture,
    "huge picture": make_huge_picture,
    "video": make_video,
    "sound": make_sound,
    "database": make_database,
    "foreign file": make_foreign_file,
    "model card": make_card,
    "FER2013": make_faces,
    "options": make_options,
    "URL": make_url,
    "names": make_names,
    "rescue file": make_rescue_file,
}


def write_arguments(folder: Path, arguments: Sequence[str]) -> None:
    """For the scene, which gets a folder alone."""
    (folder / "arguments.json").write_text(json.dumps(list(arguments)))
