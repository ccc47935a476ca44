"""Damaged inputs of every kind: no traceback, no hang, a bounded memory, and one sentence that says what to do.

`FER_DESKTOP_FUZZ_SEEDS=2000` runs that many inputs of each kind.
"""

import os
import random
import re
from pathlib import Path

import pytest

from tests.faults.fuzz_inputs import MAKERS, write_arguments
from tests.faults.request import Request
from tests.faults.running import Stage, lay_out
from tests.faults.templates import make_folder
from tests.needs import LINUX

pytestmark = LINUX
SEEDS = int(os.environ.get("FER_DESKTOP_FUZZ_SEEDS", "3"))
LIMIT_S = 20
PEAK_MB = 1500
MEMORY_MB = 8000
GENERIC = re.compile(r"something went wrong|the system refuses it|Traceback|: None\b|\(None\)")


@pytest.fixture(scope="module")
def one_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("fuzz") / "folder")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_damaged_input_is_answered_in_one_sentence(stage: Stage, one_session: Path, folder: Path, kind: str) -> None:
    for seed in range(SEEDS):
        check_answer(stage, one_session, folder, kind, seed)


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        ("database", 37),  # a page of the index of the table of revisions: the upgrade finds no row to change
        ("database", 78),  # the name of a table: the driver cannot even say what is wrong
        ("options", 11),  # two sources, both bad: a sentence for each
        ("options", 108),  # a source that is read between two bad ones
        ("URL", 46),  # the root folder, beside which no file can be looked for
        ("URL", 50),  # a name that is too long for any file
    ],
)
def test_an_input_that_was_once_answered_otherwise_is_answered_so_now(
    stage: Stage, one_session: Path, folder: Path, kind: str, seed: int
) -> None:
    check_answer(stage, one_session, folder, kind, seed)


def check_answer(stage: Stage, template: Path, folder: Path, kind: str, seed: int) -> None:
    """Lets the program open the input of that seed."""
    lay_out(template, folder)
    arguments = MAKERS[kind](random.Random(f"{kind} {seed}"), folder)
    write_arguments(folder, arguments)
    outcome = stage.run(
        Request("tests.faults.fuzz_scenes:open_input", str(folder), limit_s=LIMIT_S, memory_mb=MEMORY_MB)
    )
    seen = (seed, arguments, outcome)
    assert not outcome.hung, seen
    assert outcome.exit_code in (0, 2, 3), seen
    assert not GENERIC.search(outcome.output), seen
    assert outcome.peak_mb <= PEAK_MB, seen
    errors = [line for line in outcome.output.splitlines() if line.startswith("fer-desktop: ")]
    most = sum(not each.startswith("-") for each in arguments[2:]) if "analyze" in arguments else 1  # one for a source
    assert outcome.exit_code != 2 or 1 <= len(errors) <= max(1, most), seen
    assert outcome.threads == [], seen
