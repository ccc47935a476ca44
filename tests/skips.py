"""In CI a skipped test is a failed one, unless it needs what a machine may lack for good."""

import re
from collections.abc import Mapping
from typing import Final

import pytest

_ALLOWED: Final = re.compile(r"\b(GPU|operating system|torch)\b")
"""Named in the reason: the hardware, another operating system, or the optional package of one training backend."""


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport, environment: Mapping[str, str]) -> None:
    """Turns a skip into a failure that shows the reason, where `CI` is set and the reason is not an allowed one."""
    if not environment.get("CI") or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not _ALLOWED.search(reason):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be missing: {reason}"
