"""Which files of the installed wheel go into an installer beside the modules, on every system alike."""

from pathlib import Path
from typing import Final

_COMPILED: Final = (".py", ".pyc")
_SOURCES_OF_OTHERS: Final = ".po"


def find_program_files(program: Path) -> list[Path]:
    """All files of `program` but modules, which are packed as code, and the catalogues' sources.

    Alembic reads its revisions as files.
    """
    return [path for path in sorted(program.rglob("*")) if path.is_file() and _is_taken(path.relative_to(program))]


def _is_taken(path: Path) -> bool:
    if path.suffix in _COMPILED:
        return path.suffix == ".py" and "migrations" in path.parts
    return path.suffix != _SOURCES_OF_OTHERS
