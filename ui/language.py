"""The language of the windows: every text that a user reads in them goes through `tr`.

One context for all texts: the same English words have the same translation everywhere; where they must not, `comment`
tells them apart. Texts with numbers of things have their plural forms in the translation, English's too.
`make translations` brings the files up to date.
"""

from importlib.resources import files
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from fer_desktop.messages.told import find_template

CONTEXT: Final = "ui"
_OBJECT_NAME: Final = "language of the windows"
_LOCALES: Final = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "hi": QLocale(QLocale.Language.Hindi, QLocale.Country.India),
}


def tr(text: str, comment: str = "", number: int = -1) -> str:
    """`text` in the language of the windows, English where it has no translation.

    `number` stands for `%n` in the text and picks the plural form. Write `text` out as a literal where it is called, or
    mark it with `mark` where the constant stands: the list of texts to translate is read from the source.
    """
    return QCoreApplication.translate(CONTEXT, text, comment, number)


def tell(text: str) -> str:
    """A text of the engine (a flag's reason, a notice) in the language of the windows; English where it is unknown."""
    found = find_template(text)
    if found is None:
        return text
    template, values = found
    return tr(template).format(**{name: tell(value) for name, value in values.items()})


def mark(text: str) -> str:
    """`text` as it is, marked for translation: for a constant that goes through `tr` where it is shown."""
    return text


def use_language(application: QCoreApplication, choice: str) -> None:
    """Sets the language of what is shown from now on. `choice`: "en", "hi", or "system": English where the system's
    is neither. Windows that stand already keep the texts they have.
    """
    code = pick_language(choice, QLocale.system())
    for old in application.findChildren(QTranslator, _OBJECT_NAME):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(_OBJECT_NAME)
    translator.load(str(files("ui") / "translations" / f"{code}.qm"))
    application.installTranslator(translator)
    # Days and months are told in the language of the words around them.
    system = QLocale.system()
    QLocale.setDefault(system if system.language() == _LOCALES[code].language() else _LOCALES[code])


def current_code() -> str:
    """The code of the language that is shown now: "en" or "hi"."""
    return pick_language("system", QLocale())  # the default of this program, which `use_language` has set


def pick_language(choice: str, system: QLocale) -> str:
    """The code of a language that there is."""
    if choice in _LOCALES:
        return choice
    codes = [code for code, locale in _LOCALES.items() if locale.language() == system.language()]
    return codes[0] if codes else "en"
