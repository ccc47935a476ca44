"""What is asked of a stage, and what it answers."""

from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final


class Call(IntFlag):
    """The kinds of system calls that the interposer meets; the same numbers as in `interposer.c`."""

    OPEN = 1
    READ = 2
    WRITE = 4
    SYNC = 8
    RENAME = 16
    UNLINK = 32
    LOCK = 64


CHANGES: Final = Call.OPEN | Call.WRITE | Call.SYNC | Call.RENAME | Call.UNLINK
"""After each of these the folder may look different."""
COUNT: Final = 0
KILL: Final = -1


@dataclass(frozen=True, slots=True)
class Request:
    """One run of a scene.

    `scene`: "module:function". `folder`: the only one whose calls count; the program's home and temporary folder are in
    it. `at`: the first call that is struck, from 1. `error`: an errno, `KILL`, or `COUNT` to strike none. `ever_after`:
    all later calls fail as well. `memory_mb`: a limit on the address space, 0 for none.
    """

    scene: str
    folder: str
    kinds: int = 0
    at: int = 1
    error: int = COUNT
    ever_after: bool = False
    limit_s: float = 60.0
    memory_mb: int = 0
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `exit_code`: -9 after a kill. `said`: the scene's own notes, complete also after a kill.

    `output`: stdout and stderr. `met`: how many calls counted, 0 after a kill. `peak_mb`: the resident set's peak.
    """

    exit_code: int
    hung: bool
    said: list[str]
    output: str
    met: int
    threads: list[str]
    open_files: list[str]
    peak_mb: float
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether the kill that was asked for has come."""
        return self.exit_code == -9 and not self.hung
