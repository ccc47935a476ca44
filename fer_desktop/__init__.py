"""The engine of FER Desktop: everything that needs no window. It never imports Qt."""

from typing import Final

__version__: Final = "0.1.0"
