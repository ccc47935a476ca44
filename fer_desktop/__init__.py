"""The engine of FER Desktop: everything that needs no window. It never imports Qt."""

from datetime import date
from typing import Final

__version__: Final = "0.1.0"
RELEASED: Final = date(2026, 11, 29)
"""The day of this version, to be set with it: the program looks for no newer one, as it opens no connection."""
