"""Where an installed FER Desktop lies: the wheel has everything in this one package.

The checkout keeps `main.py`, `fer_desktop`, `ui`, `models` and `data` side by side at its top, as its modules import
each other. Names like `data` and `main` are nobody's to take in an environment that others use, so the build moves them
in here (pyproject.toml, docs/adr/0023-slim-program.md); only the program's own process has this folder on its path.
"""

import sys
from pathlib import Path


def main() -> int:
    """Runs the command line: the entry point of `fer-desktop` and of `fer-desktop-window`, which opens no console."""
    folder = Path(__file__).parent
    if (folder / "main.py").is_file():
        sys.path.insert(0, str(folder))
    import main as program

    return program.main()
