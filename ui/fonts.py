"""Whether this computer has a font for the language of the windows."""

import sys
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QFontDatabase, QGuiApplication

from fer_desktop.messages import ENGLISH
from ui.language import mark

_SCRIPTS: Final = {"hi": QFontDatabase.WritingSystem.Devanagari}
_NO_FONT: Final = mark(
    "This computer has no font for Hindi. Install one, such as Noto Sans Devanagari, or choose another language in the "
    "settings."
)

ListFamilies = Callable[[QFontDatabase.WritingSystem], Sequence[str]]


def list_hindi_fonts() -> Sequence[str]:
    """The families of this computer that have Hindi's letters; works without a window, too."""
    offscreen = ["-platform", "offscreen"] if sys.platform == "linux" else []
    application = QGuiApplication.instance() or QGuiApplication(["fer-desktop", *offscreen])
    families = QFontDatabase.families(_SCRIPTS["hi"])
    del application  # fonts need it until here
    return families


def explain_missing_font(code: str, *, list_families: ListFamilies = QFontDatabase.families) -> str | None:
    """What to do where a language's letters cannot be shown, in English, as that can; None where they can."""
    script = _SCRIPTS.get(code)
    return None if script is None or list_families(script) else ENGLISH.text(_NO_FONT)
