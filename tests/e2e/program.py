"""Runs the program as a user does, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 240


def run_program(*arguments: str | Path, program: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python main.py ARGUMENTS`; the test's own home folder is inherited from the environment.

    `program`: the folder of the program, by default this checkout; a copy is run without this one on its path.
    """
    path = {} if program == ROOT else {"PYTHONPATH": ""}
    return subprocess.run(
        [sys.executable, str(program / "main.py"), *map(str, arguments)],
        cwd=program,
        env={**os.environ, **path, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def run_json(*arguments: str | Path, program: Path = ROOT, **environment: str) -> Any:
    """What the program printed as JSON; fails with its messages where it failed."""
    done = run_program(*arguments, "--json", program=program, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
