"""The result of one examination or check of `fer-desktop doctor`."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`words`: for people. `details`: for `--json`."""

    ok: bool
    words: str
    details: Mapping[str, object]


def print_findings(findings: Iterable[tuple[str, Finding]], *, as_json: bool, bad: str) -> bool:
    """Prints each finding as it comes, or all as one JSON object. `bad`: how a line begins that is not ok.

    Returns whether all are ok.
    """
    seen: dict[str, Finding] = {}
    for name, finding in findings:
        seen[name] = finding
        if not as_json:
            status = "skip" if finding.details.get("skipped") else "ok" if finding.ok else bad
            sys.stdout.write(f"{status:{max(4, len(bad))}}  {name.replace('_', ' '):15} {finding.words}\n")
            sys.stdout.flush()
    if as_json:
        sys.stdout.write(json.dumps({name: asdict(finding) for name, finding in seen.items()}) + "\n")
    return all(finding.ok for finding in seen.values())
