"""Writes the tables that the web app shares with the desktop into `web/src/generated`: `make web` and tests use them.

`--check` changes nothing and reports what is out of date.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.policy.place import EU_EEA, place_codes
from fer_desktop.policy.place_guess import places_of_zones
from fer_desktop.types import MIN_GROUP_SIZE

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "web" / "src" / "generated"


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


def make_tables() -> Mapping[str, str]:
    """The text of each file by its name."""
    return {"policy.json": _as_text(make_policy())}


def find_outdated() -> Iterator[str]:
    """The names of the files that are not as they would be written."""
    for name, text in make_tables().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield name


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
