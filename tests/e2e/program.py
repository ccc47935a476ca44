"""Runs the program as a user does, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 240


def run_program(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python main.py ARGUMENTS`; the test's own home folder is inherited from the environment."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def run_json(*arguments: str | Path, **environment: str) -> Any:
    """What the program printed as JSON; fails with its messages where it failed."""
    done = run_program(*arguments, "--json", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
