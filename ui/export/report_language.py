"""Reports in the language of the windows."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from ui.language import current_code, tell, tr


class WindowLanguage:
    """A `ReportLanguage` that may be used on any thread."""

    @property
    def code(self) -> str:
        """The language code."""
        return current_code()

    def say(self, template: str, /, **values: object) -> str:
        return tr(template).format(**values)

    def count(self, template: str, number: int, /, **values: object) -> str:
        return tr(template, "", number).format(**values)

    def translate(self, text: str, /) -> str:
        return tell(text)

    def format_day(self, day: datetime, /) -> str:
        return QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")
