"""Brings the windows' translations up to date with their source: `make translations`.

Qt's `lupdate` lists the texts that go through `tr` and `mark`; those that are new come into `ui/translations/*.ts`
unfinished, for a translator with Qt Linguist, and those that are gone leave. `lrelease` makes the `.qm` files that the
program loads. English needs a file for its plurals alone, and they follow from the texts: "%n face(s)".

`--check` changes nothing and tells what is not up to date or not translated.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.messages.told import english_forms
from fer_desktop.policy.place import short_place_names

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ui" / "translations"
CONTEXT = "ui"  # of `ui.language.tr`
LANGUAGES = {"en": "en_GB", "hi": "hi_IN"}
FORMS = 2  # one and many, in both languages

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One text. `forms`: its translations, one or the plural's; empty texts where there is none yet."""

    source: str
    comment: str
    counted: bool
    forms: tuple[str, ...]

    @property
    def finished(self) -> bool:
        return all(self.forms)


def read_messages(path: Path) -> dict[Key, Message]:
    """The messages of all contexts as one: the same words have the same translation everywhere."""
    messages: dict[Key, Message] = {}
    for element in ET.parse(path).iter("message"):
        source, comment = element.findtext("source") or "", element.findtext("comment") or ""
        translation = element.find("translation")
        plural = [form.text or "" for form in element.iter("numerusform")]
        single = (translation.text or "") if translation is not None else ""
        counted = "%n" in source  # marked as a constant it has no number, so lupdate cannot tell
        forms = tuple((plural + [""] * FORMS)[:FORMS]) if counted else (single,)
        known = messages.get((source, comment))
        if known is None or (counted and not known.counted):
            messages[source, comment] = Message(source, comment, counted, forms)
    return messages


def list_texts() -> dict[Key, Message]:
    """What the source asks for, and the names of the countries, which no source spells out."""
    files = [str(path) for folder in ("fer_desktop", "models", "ui") for path in sorted((ROOT / folder).rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "listed.ts"
        run_tool("pyside6-lupdate", "-tr-function-alias", "tr+=mark", *files, "-ts", str(listed))
        countries = {(name, ""): Message(name, "", False, ("",)) for name in short_place_names().values()}
        return countries | read_messages(listed)


def translate_english(message: Message) -> Message:
    """ "%n face(s)" is "%n face" and "%n faces"."""
    return Message(message.source, message.comment, True, english_forms(message.source))


def merge(texts: dict[Key, Message], known: dict[Key, Message]) -> list[Message]:
    """The texts of the source with the translations that are known."""
    merged = []
    for key, message in sorted(texts.items()):
        old = known.get(key)
        forms = old.forms if old is not None and old.counted == message.counted else message.forms
        merged.append(Message(message.source, message.comment, message.counted, forms))
    return merged


def render(messages: list[Message], language: str) -> str:
    """The .ts file; without the places in the source, which would change with every edit."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for message in messages:
        element = ET.SubElement(context, "message", {"numerus": "yes"} if message.counted else {})
        ET.SubElement(element, "source").text = message.source
        if message.comment:
            ET.SubElement(element, "comment").text = message.comment
        translation = ET.SubElement(element, "translation", {} if message.finished else {"type": "unfinished"})
        if message.counted:
            for form in message.forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = message.forms[0]
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{ET.tostring(root, encoding="unicode")}\n'


def compile_messages(source: Path, target: Path) -> None:
    """By way of another file: a program that runs has the old one mapped into its memory, and would crash."""
    fresh = target.with_suffix(".fresh")
    run_tool("pyside6-lrelease", "-silent", str(source), "-qm", str(fresh))
    fresh.replace(target)


def run_tool(name: str, *arguments: str) -> None:
    """Raises `SystemExit` with what the tool said."""
    program = Path(sysconfig.get_path("scripts")) / (f"{name}.exe" if os.name == "nt" else name)
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stdout}{done.stderr}")


def update(*, check: bool) -> list[str]:
    """Writes the files, or tells what is wrong with them."""
    texts = list_texts()
    faults = []
    for code, language in LANGUAGES.items():
        path = FOLDER / f"{code}.ts"
        if code == "en":
            messages = [translate_english(message) for _, message in sorted(texts.items()) if message.counted]
        else:
            messages = merge(texts, read_messages(path) if path.exists() else {})
        rendered = render(messages, language)
        faults += [f"{path.name}: not translated: {each.source!r}" for each in messages if not each.finished]
        if not check:
            path.write_text(rendered, encoding="utf-8")
            compile_messages(path, path.with_suffix(".qm"))
        elif not path.exists() or path.read_text(encoding="utf-8") != rendered:
            faults.append(f"{path.name} is not up to date: run `make translations`")
        else:
            faults += check_compiled(path)
    return faults


def check_compiled(path: Path) -> list[str]:
    compiled = path.with_suffix(".qm")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / compiled.name
        compile_messages(path, fresh)
        same = compiled.exists() and compiled.read_bytes() == fresh.read_bytes()
    return [] if same else [f"{compiled.name} is not up to date: run `make translations`"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is not up to date")
    faults = update(check=parser.parse_args().check)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
