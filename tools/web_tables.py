"""Writes the tables that the web app shares with the desktop into `web/src/generated`: `make web` and tests use them.

`--check` changes nothing and reports what is out of date.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from itertools import product
from pathlib import Path
from typing import Final, get_args

from fer_desktop.engagement import FlagRules
from fer_desktop.messages import words
from fer_desktop.messages.message_texts import MESSAGE_TEXTS
from fer_desktop.policy.consent import Watched, list_sentences
from fer_desktop.policy.expressions import LAW_LINE, UNCONFIRMED_LINE, decide_expressions
from fer_desktop.policy.place import EU_EEA, place_codes
from fer_desktop.policy.place_guess import places_of_zones
from fer_desktop.types import EXPRESSIONS, MIN_GROUP_SIZE
from ui.theme import DARK, LIGHT, Theme

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "web" / "src" / "generated"
_MESSAGES: Final = ("flag.", "presence.")
"""Of these kinds are the messages of the web app."""


def make_policy() -> Mapping[str, object]:
    """Where expressions may be read. `decisions`: that of every place, for a test that both programs decide alike."""
    places = sorted(place_codes())
    return {
        "eu_eea": sorted(EU_EEA),
        "places": places,
        "places_by_zone": places_of_zones(),
        "min_group_size": MIN_GROUP_SIZE,
        "decisions": {place: decide_expressions(setting=place).on for place in places},
    }


def name_rules(rules: FlagRules) -> Mapping[str, object]:
    """The thresholds of the flags by the names that they have in `web/src/engagement/flags.ts`."""
    return {_camel_case(name): value for name, value in asdict(rules).items()}


def make_words() -> Mapping[str, object]:
    """The English texts that are data on the desktop too. `tools/translations.py` adds their translations."""
    return {
        "law": LAW_LINE,
        "unconfirmed": UNCONFIRMED_LINE,
        "expressions": words.EXPRESSION_WORDS,
        "flags": words.FLAG_WORDS,
        "unreadable": words.UNREADABLE_WORDS,
        "gaps": words.GAP_WORDS,
        "attention": words.ATTENTION_WORDS,
        "messages": {str(key): text.english for key, text in MESSAGE_TEXTS.items() if key.startswith(_MESSAGES)},
        "consent": dict(_list_consent()),
    }


def _list_consent() -> Iterator[tuple[str, object]]:
    """The sentences of each text for the class, by what is watched, read and stored."""
    for watched, on, individuals in product(get_args(Watched), (True, False), (True, False)):
        sentences = list_sentences(expressions_on=on, names_allowed=False, individuals=individuals, watched=watched)
        key = f"{watched} {'expressions' if on else 'presence'} {'individuals' if individuals else 'class'}"
        yield key, sentences


def make_theme() -> str:
    """The colours of the windows as CSS variables, light, dark, or as the system has it."""
    light, dark = (_as_css(theme) for theme in (LIGHT, DARK))
    not_light = ':root:not([data-theme="light"])'
    return (
        "/* Written by tools/web_tables.py from ui/theme.py. */\n"
        f":root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{\n{not_light} {{\n{dark}}}\n}}\n"
        f':root[data-theme="dark"] {{\n{dark}}}\n'
    )


def _as_css(theme: Theme) -> str:
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    plain = {name.replace("_", "-"): value for name, value in colours.items() if isinstance(value, str)}
    expressions = {str(expression): theme.colour_of(expression) for expression in EXPRESSIONS}
    scheme = f"  color-scheme: {'dark' if theme.dark else 'light'};\n"
    return scheme + "".join(f"  --{name}: {value};\n" for name, value in (plain | expressions).items())


def make_tables() -> Mapping[str, str]:
    """The text of each file by its name."""
    return {
        "policy.json": _as_text(make_policy()),
        "flag_rules.json": _as_text(name_rules(FlagRules())),
        "words.json": _as_text(make_words()),
        "theme.css": make_theme(),
    }


def find_outdated() -> Iterator[str]:
    """The names of the files that are not as they would be written."""
    for name, text in make_tables().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield name


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _as_text(table: object) -> str:
    return json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing, report what is out of date")
    if parser.parse_args().check:
        outdated = list(find_outdated())
        sys.stdout.write("".join(f"web/src/generated/{name} is out of date: run `make web`\n" for name in outdated))
        return 1 if outdated else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in make_tables().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
