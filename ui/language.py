"""The language of the windows: every text that a user reads in them goes through `tr`, `tr_count` or `render`.

`make translations` brings the translations up to date with the source.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from fer_desktop.messages import ENGLISH, Language, Message, Plural, mark, pick_language
from fer_desktop.messages.language import LANGUAGES

__all__ = ["current_language", "mark", "render", "tr", "tr_count", "use_language"]

_QT_TEXTS: Final = "qtbase"
"""The catalogue of what Qt itself writes, as in the menus of text fields. Qt has none in Hindi."""
_current = ENGLISH
_qt_translator: QTranslator | None = None


def tr(english: str, /, **values: object) -> str:
    """A text in the language of the windows, with `values` in its places.

    Write it out as a literal where `tr` is called, or mark it with `mark` where the constant stands: the list of texts
    to translate is read from the source.
    """
    return _current.text(english, **values)


def tr_count(one: str, many: str, number: int, /, **values: object) -> str:
    """The form that fits `number`, which stands for `{n}`."""
    return _current.plural(Plural(one, many), number, **values)


def render(message: Message) -> str:
    """A message of the engine in the language of the windows."""
    return _current.render(message)


def current_language() -> Language:
    """The language of the windows."""
    return _current


def use_language(choice: str) -> None:
    """Sets the language of what is shown from now on. `choice`: a code, or "system".

    Windows that are open keep the texts they have.
    """
    global _current
    system = QLocale.system()
    _current = pick_language(choice, system.name())
    # Days and months follow the language of the words around them.
    own = QLocale(LANGUAGES[_current.code])
    QLocale.setDefault(system if system.language() == own.language() else own)
    _translate_qt(own)


def _translate_qt(locale: QLocale) -> None:
    """Sets the language of Qt's own texts. Without an application, or a translation, they are English."""
    global _qt_translator
    application = QCoreApplication.instance()
    if application is None:
        return
    if _qt_translator is not None:
        application.removeTranslator(_qt_translator)
    _qt_translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if _qt_translator.load(locale, _QT_TEXTS, "_", folder):
        application.installTranslator(_qt_translator)
