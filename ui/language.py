"""The language of the windows: every text that a user reads in them goes through `tr`.

One context, "ui", for all texts: the same English words have the same translation everywhere; where they must not,
`comment` tells them apart. Texts with numbers of things have their plural forms in the translation, English's too.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "ui"


def tr(text: str, comment: str = "", number: int = -1) -> str:
    """`text` in the language of the windows, English where it has no translation.

    `number` stands for `%n` in the text and picks the plural form. Write `text` out as a literal where it is called, or
    mark it with `QT_TRANSLATE_NOOP("ui", "text")`: the list of texts to translate is read from the source.
    """
    return QCoreApplication.translate(CONTEXT, text, comment, number)
