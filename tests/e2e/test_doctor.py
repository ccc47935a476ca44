"""`fer-desktop doctor --json`, as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_doctor_reports_every_finding(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "doctor", "--json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    findings = json.loads(done.stdout)
    assert list(findings) == [
        "python",
        "packages",
        "display",
        "screen_capture",
        "fonts",
        "gpu",
        "model",
        "model_files",
        "settings",
        "database",
        "keyring",
        "place",
    ]
    assert all(set(finding) == {"ok", "words", "details"} for finding in findings.values())
    assert findings["packages"]["ok"]
    assert findings["model"]["ok"], findings["model"]["words"]
    assert findings["model_files"]["ok"], findings["model_files"]["words"]
    assert findings["fonts"]["details"]["devanagari"], "as for the pictures of the windows"
    assert findings["gpu"]["details"]["count"] >= 0
    assert done.stderr == ""
