"""The files that show a conversion which was cut off: cheap to look for at every start."""

import os
from pathlib import Path
from typing import Final

from fer_desktop.system.files import beside

JOURNAL_SUFFIX: Final = ".conversion"
LOCK_SUFFIX: Final = "-conversion.lock"


def is_conversion_unfinished(path: Path) -> bool:
    """Whether a conversion of the database was cut off, or is under way."""
    found = (beside(path, JOURNAL_SUFFIX), beside(path, LOCK_SUFFIX))
    return any(os.path.exists(each) for each in found)  # unlike `Path.exists` it answers for names of any length
