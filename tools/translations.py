"""Brings the translations up to date with the texts in the source: `make translations`.

Babel lists the texts in `fer_desktop`, `models`, `ui` and `web/src`. New ones come into
`fer_desktop/messages/translations/*.po` without a translation, for a translator, and those that are gone leave. The
`.mo` files that the program loads are compiled from them, and so is `web/src/generated/*.json` with the texts that the
web app shows. English has no file: it stands in the source.

`--check` changes nothing and reports what is not up to date, not translated, has other places, spaces or ends than the
English, or is too long for a button.
"""

import argparse
import io
import json
import string
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from fer_desktop.messages.language import ENGLISH, LANGUAGES, TRANSLATIONS

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ("fer_desktop", "models", "ui")
WEB: Final = ROOT / "web" / "src"
GENERATED: Final = WEB / "generated"
_SCRIPTS: Final = [("**.ts", "javascript"), ("**.tsx", "javascript")]
KEYWORDS: Final = {
    "mark": (1,),
    "tr": (1,),
    "Plural": (1, 2),
    "tr_count": (1, 2),
    "trCount": (1, 2),
}
_PLURALS: Final = {"es": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
"""Without the form for millions, which CLDR adds: nothing here is counted in millions."""
_SENTENCE: Final = 3
"""Fewer words than that may be the same in two languages: "neutral", "{course}, {n} min"."""
_SHORT: Final = 40
_MOST_LONGER: Final = (2.0, 10)
"""A text of up to `_SHORT` letters, as on a button, may become twice as long and ten letters more."""
_ENDS: Final = ("…", ":", "?")
"""Where a text ends with one of them, so do its translations: a button opens a dialog, something follows, it asks."""
_NO_DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""In the files' headers, so that they change with their texts alone."""

Text = str | tuple[str, ...]
"""A text, or its forms for one and for several."""


def list_texts() -> set[Text]:
    """Every text of the source."""
    # Babel warns of f-strings among the values too, where they may stand; ruff refuses them as texts.
    with redirect_stderr(io.StringIO()):
        return _list_scripts_texts() | {
            text
            for folder in SOURCES
            for _, _, text, _, _ in extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        }


def _list_scripts_texts() -> set[Text]:
    """Every text that stands in the source of the web app."""
    return {text for _, _, text, _, _ in extract_from_dir(WEB, _SCRIPTS, keywords=KEYWORDS)}


def list_web_texts() -> set[Text]:
    """Every text that the web app shows: those of its source, and those of the desktop in its table of words."""
    table = json.loads((GENERATED / "words.json").read_text(encoding="utf-8"))
    return _list_scripts_texts() | set(_strings_in(table))


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings_in(each)


def make_web_catalog(code: str) -> str:
    """The translations that the web app loads, as JSON: by the English, that for one of two forms."""
    known, shown = read_texts(TRANSLATIONS / f"{code}.po"), list_web_texts()
    catalog = {_list_forms(text)[0]: message.string for text, message in known.items() if text in shown}
    return json.dumps(catalog, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_texts(path: Path) -> dict[Text, Message]:
    """The texts of a `.po` or `.mo` file."""
    with path.open("rb") as file:
        catalog = read_po(file, ignore_obsolete=True) if path.suffix == ".po" else read_mo(file)
    return {_as_text(message.id): message for message in catalog if message.id}


def _as_text(text: str | Sequence[str]) -> Text:
    return text if isinstance(text, str) else tuple(text)


def build_catalog(code: str) -> Catalog:
    """The texts of the source with the translations that are known."""
    path = TRANSLATIONS / f"{code}.po"
    known = read_texts(path) if path.exists() else {}
    catalog = Catalog(
        locale=LANGUAGES[code], project="FER Desktop", fuzzy=False, creation_date=_NO_DATE, revision_date=_NO_DATE
    )
    if code in _PLURALS:
        catalog.mime_headers = [("Plural-Forms", _PLURALS[code])]
    for text in sorted(list_texts(), key=str):
        catalog.add(text, known[text].string if text in known else "")
    return catalog


def update(code: str) -> None:
    catalog = build_catalog(code)
    with (TRANSLATIONS / f"{code}.po").open("wb") as file:
        write_po(file, catalog, width=120, no_location=True)
    with (TRANSLATIONS / f"{code}.mo").open("wb") as file:
        write_mo(file, catalog)
    (GENERATED / f"{code}.json").write_text(make_web_catalog(code), encoding="utf-8")


def find_faults(code: str) -> Iterator[str]:
    """What is wrong with the files of a language, a line each."""
    texts, known = list_texts(), read_texts(TRANSLATIONS / f"{code}.po")
    if texts != known.keys():
        yield f"{code}.po is not up to date: run `make translations`"
    for message in known.values():
        fault = find_fault_of(_list_forms(message.id)[-1], _list_forms(message.string))
        if fault is not None:
            yield f"{code}.po: {fault}: {message.id!r}"
    compiled = read_texts(TRANSLATIONS / f"{code}.mo")
    if {text: _list_forms(each.string) for text, each in compiled.items()} != {
        text: _list_forms(each.string) for text, each in known.items()
    }:
        yield f"{code}.mo is not up to date: run `make translations`"
    web = GENERATED / f"{code}.json"
    if not web.exists() or web.read_text(encoding="utf-8") != make_web_catalog(code):
        yield f"{web.name} of the web app is not up to date: run `make translations`"


def find_fault_of(english: str, forms: Sequence[str]) -> str | None:
    """What is wrong with the translation of a text; None if nothing is found. `forms`: for one, and for several."""
    if not all(forms):
        return "not translated"
    if english in forms and sum(map(str.isalpha, english.split())) >= _SENTENCE:
        return "the English again"
    if not _have_places(forms, english):
        return "other places than in English"
    if any(_list_spaces(form) != _list_spaces(english) for form in forms):
        return "other spaces at its ends than in English"
    if any(english.endswith(end) and not form.endswith(end) for end in _ENDS for form in forms):
        return f"does not end as in English, with {english[-1]}"
    most = _MOST_LONGER[0] * _count_letters(english) + _MOST_LONGER[1]
    if _count_letters(english) <= _SHORT and any(_count_letters(form) > most for form in forms):
        return f"longer than {most:.0f} letters"
    return None


def _list_spaces(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _count_letters(text: str) -> int:
    """The length with three letters in every place."""
    return sum(len(words) + (3 if name is not None else 0) for words, name, _, _ in string.Formatter().parse(text))


def _list_forms(text: str | Sequence[str] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def _have_places(forms: Sequence[str], english: str) -> bool:
    """Whether the last form has the places of the English, and the others no more: "one student" needs no `{n}`."""
    places = _list_places(english)
    return _list_places(forms[-1]) == places and all(set(_list_places(form)) <= set(places) for form in forms)


def _list_places(text: str) -> list[str]:
    """The places of a text with their formats, sorted: `{lasted_s:duration}`."""
    return sorted(f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing, report what is not up to date")
    check = parser.parse_args().check
    faults: list[str] = []
    for code in LANGUAGES:
        if code == ENGLISH.code:
            continue
        if not check:
            update(code)
        faults += find_faults(code)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
