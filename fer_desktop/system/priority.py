"""The priority of this process."""

import logging
from typing import Final

import psutil

_LOG = logging.getLogger(__name__)
_NICE: Final = 10
"""About a tenth of a core where others want all of it."""


def yield_processor() -> None:
    """Leaves the processor to other programs that need it, as a call does; where nobody does, nothing is slower."""
    process = psutil.Process()
    try:
        windows: int | None = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)
        process.nice(max(_NICE, process.nice()) if windows is None else windows)
    except (psutil.Error, OSError) as error:  # the work is done all the same
        _LOG.debug("the priority stays as it is: %s", error)
