"""Draws docs/pictures/architecture.svg: the rooms of the code along a frame's way, and the imports between them.

`.venv/bin/python tools/architecture_picture.py` writes it from the code; `--check` fails where the file is out of date.
Rooms are packages; types, ports.py and errors.py, which all rooms share, are shown without arrows.
"""

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs" / "pictures" / "architecture.svg"
PACKAGES: Final = ("fer_desktop", "ui", "models", "data")
COMMON: Final = ("", "types", "ports", "errors")
"""Modules of fer_desktop that belong to no room; "" is the package itself."""

Imports = Counter[tuple[str, str]]
"""How many import statements lead from one room to another."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room, named as in the code below `fer_desktop`, and its job in lines of at most 16 letters."""

    name: str
    job: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]


WAY: Final = (
    Room("capture", ("windows, screen,", "videos, cameras")),
    Room("vision.gallery", ("finds the tiles", "and follows the", "layout")),
    Room("vision.names", ("reads the names", "in the labels")),
    Room("vision.faces", ("finds and verifies", "faces, aligns", "them")),
    Room("vision.identity", ("which student", "is in which tile")),
    Room("expression", ("probabilities of", "7 expressions")),
    Room("engagement", ("seconds, mood", "and flags of the", "class")),
    Room("session", ("threads, slots,", "start to stop")),
    Room("storage", ("SQLite: seconds,", "events, rosters")),
    Room("analysis", ("attendance,", "drops, binned", "series")),
    Room("report", ("HTML, CSV, JSON,", "Parquet, pages", "of the PDF")),
)
"""A frame's way, from left to right."""

VISION: Final = Room("vision", ("analyzer.py takes a frame through these rooms",))

BESIDE: Final = {
    Room("portal", ("what Wayland", "shares")): 1.0,
    Room("desktop", ("windows of", "X11, Windows,", "macOS")): 2.0,
    Room("simulation", ("the drawn class", "and its script")): 3.0,
    Room("roster", ("compares names;", "those of a course")): 4.0,
    Room("models", ("the network and", "its training")): 6.0,
    Room("data", ("FER2013, FER+",)): 7.0,
    Room("settings", ("the user's", "choices")): 8.0,
    Room("timetable", ("courses by time,", "from calendars")): 5.0,
    Room("follow_up", ("what to do after", "a lesson")): 10.0,
    Room("encryption", ("keys of", "encrypted", "lessons")): 9.0,
}
"""Rooms beside the way. The number is that of the gap in which they stand: 1 is the one after the first room."""

UPPER: Final = (
    Room("ui", ("the windows: live view, review, dialogs, PDF pages",)),
    Room("bench", ("measures speed, galleries, flags and the review",)),
    Room("cli", ("the commands",)),
    Room("recording", ("recordings, read in segments by several processes",)),
    Room("app", ("app.py, the composition root: puts the parts together",)),
)
LOWER: Final = (
    Room("messages", ("what a user reads, and its translation",)),
    Room("policy", ("what may be read, shown and stored",)),
    Room("system", ("folders, files, checked model files, OpenCV",)),
)
COMMON_BAR: Final = Room("types, ports.py, errors.py", ("used by all rooms: imports of them are not drawn",))


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in pixels of the picture."""

    margin: float = 28
    room_width: float = 124
    room_height: float = 104
    gap: float = 30
    bar_height: float = 34
    bar_step: float = 46
    arcs_height: float = 118
    beside_step: float = 88
    lane: float = 6
    links_width: float = 150


L: Final = Layout()
STEP: Final = L.room_width + L.gap
UPPER_Y: Final = 64.0
WAY_Y: Final = UPPER_Y + len(UPPER) * L.bar_step + L.arcs_height
BESIDE_Y: Final = WAY_Y + L.room_height + L.beside_step
LOWER_Y: Final = BESIDE_Y + L.room_height + L.beside_step
WAY_RIGHT: Final = L.margin + L.gap + len(WAY) * STEP
WIDTH: Final = WAY_RIGHT + L.links_width + L.margin
HEIGHT: Final = LOWER_Y + (len(LOWER) + 1) * L.bar_step + 58

STYLE: Final = """
  svg { color-scheme: light dark }
  .paper { fill: #fbfaf7 } .hall { fill: #dde5ec; stroke: #9fb0bf }
  .room { fill: #ffffff; stroke: #7d8b99; stroke-width: 1.2 } .bar { fill: #f1eee6; stroke: #a59f8e }
  text { font-family: system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #22303c; font-size: 13px }
  .title { font-weight: 600; font-size: 16px } .heading { font-weight: 600; font-size: 19px } .note { fill: #53616e }
  path { fill: none } path.way { fill: #e8edf2 }
  .ui { stroke: #2f6f9f } .bench { stroke: #9a7136 } .cli { stroke: #7a5c99 }
  .recording { stroke: #a04f5e } .recording-head { fill: #a04f5e }
  .app { stroke: #3b8276 } .between { stroke: #5a6773 } .down { stroke: #a3adb6 }
  marker path { stroke: none } .ui-head { fill: #2f6f9f } .bench-head { fill: #9a7136 } .cli-head { fill: #7a5c99 }
  .app-head { fill: #3b8276 } .between-head { fill: #5a6773 } .down-head { fill: #a3adb6 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #15191d } path.way { fill: #1f272e } .hall { fill: #28323b; stroke: #566673 }
    .room { fill: #1b2127; stroke: #8795a1 } .bar { fill: #26282a; stroke: #77736a }
    text { fill: #e4e9ed } .note { fill: #a9b4bd }
    .ui { stroke: #72b0dd } .bench { stroke: #d0a768 } .cli { stroke: #b79ad4 } .app { stroke: #74c2b4 }
    .recording { stroke: #e09aa6 } .recording-head { fill: #e09aa6 }
    .between { stroke: #aab6c0 } .down { stroke: #66727c }
    .ui-head { fill: #72b0dd } .bench-head { fill: #d0a768 } .cli-head { fill: #b79ad4 } .app-head { fill: #74c2b4 }
    .between-head { fill: #aab6c0 } .down-head { fill: #66727c }
  }
"""
KINDS: Final = ("ui", "bench", "cli", "recording", "app", "between", "down")
"""The colours of arrows: of each upper bar, between rooms, and down to the lower bars."""


def main() -> int:
    """Writes the picture, or checks it. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where the picture is out of date; write nothing")
    check: bool = parser.parse_args().check
    drawn = draw_picture(count_imports())
    if not check:
        PICTURE.write_text(drawn, encoding="utf-8", newline="\n")
        return 0
    if PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == drawn:
        return 0
    sys.stderr.write(f"{PICTURE.relative_to(ROOT)} is out of date: run tools/architecture_picture.py\n")
    return 1


def count_imports() -> Imports:
    """The imports between rooms. Raises `SystemExit` for a room that has no place in the picture."""
    known = {room.name for room in (*WAY, VISION, *BESIDE, *UPPER, *LOWER)}
    imports: Imports = Counter()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            importer = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for module in _imported_modules(path):
                imported = room_of(module)
                if importer and imported and importer != imported:
                    imports[importer, imported] += 1
    strangers = {name for pair in imports for name in pair} - known
    if strangers:
        raise SystemExit(f"no place in the picture for: {', '.join(sorted(strangers))}")
    return imports


def _imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of(module: str) -> str | None:
    """The room of a module; None for common modules, and for those that are not ours."""
    package, _, rest = module.partition(".")
    if package not in PACKAGES:
        return None
    if package != "fer_desktop":
        return package
    first, _, second = rest.partition(".")
    if first in COMMON or first == "__init__":
        return None
    deeper = f"{first}.{second.partition('.')[0]}"
    return deeper if deeper in {room.name for room in WAY} else first


def draw_picture(imports: Imports) -> str:
    """The whole SVG."""
    body = [
        f'<rect class="paper" width="{WIDTH:g}" height="{HEIGHT:g}" rx="10"/>',
        _text("A frame's way through FER Desktop, from the screen to the report", L.margin, 38, "heading"),
        *_draw_way(),
        *_draw_arrows(imports),
        *_draw_rooms(),
        *_draw_legend(),
    ]
    heads = "".join(
        f'<marker id="{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path class="{kind}-head" d="M0 0.5 L8 4 L0 7.5 z"/></marker>'
        for kind in KINDS
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" role="img" aria-label="The rooms of the code and the imports between them">'
    )
    return "\n".join([head, f"<style>{STYLE}</style>", f"<defs>{heads}</defs>", *body, "</svg>"]) + "\n"


# Places


def _way_x(index: int) -> float:
    return L.margin + L.gap + index * STEP


def _gap_x(number: float) -> float:
    """The middle of a gap."""
    return _way_x(0) + number * STEP - L.gap / 2


def _upper_y(index: int) -> float:
    return UPPER_Y + index * L.bar_step


def _lower_y(index: int) -> float:
    return LOWER_Y + index * L.bar_step


@dataclass(frozen=True, slots=True)
class Place:
    """Where arrows reach a room: the middle of its top and of its bottom edge."""

    x: float
    top: float
    bottom: float


def _places() -> dict[str, Place]:
    """The rooms of the way and beside it; arrows to `vision` end at the hall around its rooms."""
    bottom = WAY_Y + L.room_height
    places = {room.name: Place(_way_x(i) + L.room_width / 2, WAY_Y, bottom) for i, room in enumerate(WAY)}
    places["vision"] = Place(_gap_x(4.0), WAY_Y - 14, bottom + 60)
    for room, number in BESIDE.items():
        places[room.name] = Place(_gap_x(number), BESIDE_Y, BESIDE_Y + L.room_height)
    return places


# Boxes


def _draw_way() -> list[str]:
    """The band of the way, and the hall of the vision rooms."""
    top, height = WAY_Y - 40, L.room_height + 110
    band = f"M{L.margin:g} {top:g} H{WAY_RIGHT:g} l26 {height / 2:g} l-26 {height / 2:g} H{L.margin:g} z"
    hall_x, hall_width = _way_x(1) - 12, 4 * STEP - L.gap + 24
    return [
        f'<path class="way" d="{band}"/>',
        f'<rect class="hall" x="{hall_x:g}" y="{WAY_Y - 14:g}" width="{hall_width:g}" height="{L.room_height + 74:g}" '
        'rx="10"/>',
        _text("from the screen", L.margin + 4, top + 16, "note"),
        _text("to the file", WAY_RIGHT - 68, top + 16, "note"),
    ]


def _draw_rooms() -> list[str]:
    drawn = [line for i, room in enumerate(WAY) for line in _draw_room(room, _way_x(i), WAY_Y)]
    drawn += _draw_bar(VISION, WAY_Y + L.room_height + 12, x=_way_x(1), width=4 * STEP - L.gap)
    for room, number in BESIDE.items():
        drawn += _draw_room(room, _gap_x(number) - L.room_width / 2, BESIDE_Y)
    for i, room in enumerate(UPPER):
        drawn += _draw_bar(room, _upper_y(i))
    for i, room in enumerate((*LOWER, COMMON_BAR)):
        drawn += _draw_bar(room, _lower_y(i))
    return drawn


def _draw_room(room: Room, x: float, y: float) -> list[str]:
    middle = x + L.room_width / 2
    return [
        f'<rect class="room" x="{x:g}" y="{y:g}" width="{L.room_width:g}" height="{L.room_height:g}" rx="8"/>',
        _text(room.title, middle, y + 27, "title", middle=True),
        *(_text(line, middle, y + 51 + 17 * i, middle=True) for i, line in enumerate(room.job)),
    ]


def _draw_bar(room: Room, y: float, *, x: float = L.margin, width: float = WIDTH - 2 * L.margin) -> list[str]:
    return [
        f'<rect class="bar" x="{x:g}" y="{y:g}" width="{width:g}" height="{L.bar_height:g}" rx="8"/>',
        _text(room.name, x + 14, y + 22, "title"),
        _text(room.job[0], x + 14 + max(104, 10 * len(room.name)), y + 22),
    ]


# Arrows


def _draw_arrows(imports: Imports) -> Iterator[str]:
    places = _places()
    upper, lower = [room.name for room in UPPER], [room.name for room in LOWER]
    bars = [*upper, *lower]
    links = 0
    for (importer, imported), count in sorted(imports.items()):
        if importer in bars and imported in bars:
            yield _draw_link(importer, imported, count, links)
            links += 1
        elif importer in upper:
            yield _draw_drop(places[imported], upper.index(importer), count)
        elif imported in upper:
            yield _draw_drop(places[importer], upper.index(imported), count, upwards=True)
        elif imported in lower:
            yield _draw_fall(places[importer], lower.index(imported), count)
        else:
            yield _draw_between(places[importer], places[imported], count)


def _draw_drop(room: Place, bar: int, count: int, *, upwards: bool = False) -> str:
    """From an upper bar straight down to a room, in the bar's own lane; `upwards` where the room imports the bar's."""
    x = room.x + (bar - (len(UPPER) - 1) / 2) * L.lane
    start, end = _upper_y(bar) + L.bar_height, room.top
    path = f"M{x:g} {end:g} V{start:g}" if upwards else f"M{x:g} {start:g} V{end:g}"
    return _arrow(path, UPPER[bar].name, count)


def _draw_fall(room: Place, bar: int, count: int) -> str:
    """From a room straight down to a lower bar, in the bar's own lane."""
    x = room.x + (bar - (len(LOWER) - 1) / 2) * L.lane
    return _arrow(f"M{x:g} {room.bottom:g} V{_lower_y(bar):g}", "down", count)


def _draw_between(importer: Place, imported: Place, count: int) -> str:
    """Straight between neighbours, in an arc over the way between others, and in a curve to and from a room beside."""
    distance = abs(importer.x - imported.x)
    sign = 1 if imported.x > importer.x else -1
    if importer.top == imported.top and round(distance) == round(STEP):
        y = importer.top + L.room_height * (0.42 if sign > 0 else 0.62)
        half = L.room_width / 2
        return _arrow(f"M{importer.x + sign * half:g} {y:g} H{imported.x - sign * half:g}", "between", count)
    if importer.top < BESIDE_Y and imported.top < BESIDE_Y:
        start, end = importer.x + sign * 20, imported.x - sign * 20
        peak = min(importer.top, imported.top) - 26 - 12 * distance / STEP
        return _arrow(
            f"M{start:g} {importer.top:g} C{start:g} {peak:g} {end:g} {peak:g} {end:g} {imported.top:g}",
            "between",
            count,
        )
    if importer.top < BESIDE_Y:
        return _draw_bend(importer.x, importer.bottom, imported.x, imported.top, count)
    return _draw_bend(importer.x, importer.top, imported.x, imported.bottom, count)


def _draw_bend(x: float, y: float, to_x: float, to_y: float, count: int) -> str:
    sign = 1 if to_x > x else -1
    start, end, half = x + sign * 30, to_x - sign * 30, (y + to_y) / 2
    return _arrow(f"M{start:g} {y:g} C{start:g} {half:g} {end:g} {half:g} {end:g} {to_y:g}", "between", count)


def _draw_link(importer: str, imported: str, count: int, lane: int) -> str:
    """Between two bars, each in a lane of its own right of the way."""
    tops = {room.name: _upper_y(i) for i, room in enumerate(UPPER)}
    tops |= {room.name: _lower_y(i) for i, room in enumerate(LOWER)}
    x = WAY_RIGHT + 30 + 8 * lane
    start, end = tops[importer], tops[imported]
    path = f"M{x:g} {start + L.bar_height:g} V{end:g}" if start < end else f"M{x:g} {start:g} V{end + L.bar_height:g}"
    return _arrow(path, importer if importer in KINDS else "down", count)


def _arrow(path: str, kind: str, count: int) -> str:
    return f'<path class="{kind}" stroke-width="{_weight(count):g}" marker-end="url(#{kind})" d="{path}"/>'


def _weight(count: int) -> float:
    """In four steps, so that the picture changes with the structure and not with every import."""
    return next(weight for limit, weight in ((2, 1.0), (5, 1.8), (10, 2.8), (10_000, 4.2)) if count <= limit)


# Texts


def _draw_legend() -> list[str]:
    y = HEIGHT - 26
    texts = ("one or two", "to five", "to ten", "more imports")
    about = "An arrow leads from a room to one that it imports; blue, brown, violet, green: from or to a bar above."
    drawn = [_text(about, L.margin, y, "note")]
    for i, (text, count) in enumerate(zip(texts, (1, 4, 8, 20), strict=True)):
        x = 760 + 170 * i
        drawn += [_arrow(f"M{x:g} {y - 4:g} h44", "between", count), _text(text, x + 54, y, "note")]
    return drawn


def _text(text: str, x: float, y: float, kind: str = "", *, middle: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:g}" y="{y:g}"{style}{anchor}>{escape(text)}</text>'


if __name__ == "__main__":
    sys.exit(main())
