"""Whether this computer has a font for the language of the windows."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QFontDatabase

from fer_desktop.messages import ENGLISH
from ui.language import mark

_SCRIPTS: Final = {"hi": QFontDatabase.WritingSystem.Devanagari}
_NO_FONT: Final = mark(
    "This computer has no font for Hindi. Install one, such as Noto Sans Devanagari, or choose another language in the "
    "settings."
)

ListFamilies = Callable[[QFontDatabase.WritingSystem], Sequence[str]]


def explain_missing_font(code: str, *, list_families: ListFamilies = QFontDatabase.families) -> str | None:
    """What to do where a language's letters cannot be shown, in English, as that can; None where they can."""
    script = _SCRIPTS.get(code)
    return None if script is None or list_families(script) else ENGLISH.text(_NO_FONT)
