"""Messages as data: a key and arguments in JSON, in place of English sentences.

The sentences are those of version 0.1.0, fixed here for good. What fits none of them keeps its text.
"""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TEXTS = {
    "flag.not_in_call": "not in the call for {lasted_s:duration}",
    "flag.no_face": "camera on, but no face seen for {lasted_s:duration}",
    "flag.camera_off": "camera off for {lasted_s:duration}",
    "flag.negative": "looks more negative than usual for {lasted_s:duration}",
    "flag.eyes_closed": "eyes shut in {closed:int} of {samples:int} looks over {lasted_s:duration}, unlike before",
    "flag.class_mood_fell": "the mood of {fell:int} of {students:int} students fell within the last seconds",
    "capture.camera_unplugged": "camera {number:int} sends no picture: was it unplugged?",
    "capture.region_off_screen": "the region {region:geometry} is off the screen: was a monitor unplugged or changed?",
    "capture.screen_unavailable": "the screen cannot be captured: was a monitor or the display changed?",
    "capture.region_black": "the region is black: is the window minimised or covered?",
    "capture.region_black_on_wayland": (
        "the region is black: is the window minimised or covered? Wayland lets no program see other windows: log in "
        "with an X11 session"
    ),
    "capture.window_closed": (
        "the watched window is closed: open the call again and it goes on, or stop and choose another window"
    ),
    "capture.window_hidden": "the watched window is minimised or on another workspace: bring it back",
    "capture.window_too_small": "the watched window is too small to show a class: make it larger",
    "capture.window_covered_by_unknown": "Another window covers the watched window: move it aside",
    "capture.window_covered": "{program:text} covers the watched window: move it aside",
    "session.capture_failed": "Something went wrong while capturing the picture ({error:text}). Start again.",
    "session.analysis_failed": "Something went wrong while reading the faces ({error:text}). Start again.",
}
"""Of events. The first that fits counts."""
_SOURCES = {
    "source.region": "Screen region {width:int} x {height:int} at {left:int}, {top:int}",
    "source.camera": "Camera {number:int}",
    "source.unnamed_window": "A window",
    "source.window": "Window of {program:text}",
    "source.simulated": "Simulated class of {n:int}",
}
_LITERAL = "literal"
_PLACE = re.compile(r"\{(\w+):(\w+)\}")
_PATTERNS = {
    "duration": r"\d+ h \d+ min|\d+ min|\d+ s",
    "int": r"-?\d+",
    "geometry": r"\d+x\d+[+-]\d+[+-]\d+",
    "text": r".+",
}


def upgrade() -> None:
    op.add_column("events", sa.Column("message", sa.Text(), nullable=True))
    for event_id, text in _rows("SELECT id, text FROM events WHERE kind NOT IN ('bookmark', 'note') AND text <> ''"):
        message = _parse(text, _TEXTS)
        if message is not None:
            _execute("UPDATE events SET message = :message, text = '' WHERE id = :id", id=event_id, message=message)
    for session_id, source in _rows("SELECT id, source FROM sessions WHERE source <> ''"):
        message = _parse(source, _SOURCES) or json.dumps({"key": _LITERAL, "text": source}, ensure_ascii=False)
        _execute("UPDATE sessions SET source = :source WHERE id = :id", id=session_id, source=message)


def downgrade() -> None:
    for event_id, message in _rows("SELECT id, message FROM events WHERE message IS NOT NULL"):
        _execute("UPDATE events SET text = :text WHERE id = :id", id=event_id, text=_render(message, _TEXTS))
    op.drop_column("events", "message")
    for session_id, source in _rows("SELECT id, source FROM sessions WHERE source <> ''"):
        _execute("UPDATE sessions SET source = :source WHERE id = :id", id=session_id, source=_render(source, _SOURCES))


def _parse(text: str, templates: dict[str, str]) -> str | None:
    for key, template in templates.items():
        found = _compile(template).fullmatch(text)
        if found:
            kinds = dict(_PLACE.findall(template))
            values = {name: _read(value, kinds[name]) for name, value in found.groupdict().items()}
            return json.dumps({"key": key, **values}, ensure_ascii=False)
    return None


def _compile(template: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+:\w+\})", template)
    places = (_PLACE.fullmatch(part) for part in parts)
    return re.compile(
        "".join(
            re.escape(part) if place is None else f"(?P<{place[1]}>{_PATTERNS[place[2]]})"
            for part, place in zip(parts, places, strict=True)
        ),
        re.DOTALL,
    )


def _read(value: str, kind: str) -> int | str:
    if kind == "duration":
        units = {"h": 3600, "min": 60, "s": 1}
        words = value.split()
        return sum(int(number) * units[unit] for number, unit in zip(words[::2], words[1::2], strict=True))
    return int(value) if kind == "int" else value


def _render(message: str, templates: dict[str, str]) -> str:
    """The sentence of before; of a key that came later its JSON, which loses nothing."""
    values = json.loads(message)
    key = values.pop("key")
    if key == _LITERAL:
        return str(values["text"])
    if key not in templates:
        return message
    return _PLACE.sub(lambda place: _write(values[place[1]], place[2]), templates[key])


def _write(value: int | str, kind: str) -> str:
    if kind != "duration":
        return str(value)
    seconds = int(value)
    if seconds < 60 or (seconds < 120 and seconds % 60):
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 3600 else f"{seconds // 3600} h {seconds % 3600 // 60} min"


def _rows(query: str) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in op.get_bind().execute(sa.text(query))]


def _execute(statement: str, **values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)
