"""The language of a report. The engine tells its reports in English; the windows have a language of their own."""

from datetime import datetime
from typing import Final, Protocol

from fer_desktop.messages.told import english_forms

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class ReportLanguage(Protocol):
    """How a report says what it has to say. It may be asked on any thread."""

    @property
    def code(self) -> str:
        """As pages name their language: "en"."""
        ...

    def say(self, template: str, /, **values: object) -> str:
        """A text of `mark` with `values` in its places."""
        ...

    def count(self, template: str, number: int, /, **values: object) -> str:
        """The same, in the form that fits `number`, which stands for `%n`."""
        ...

    def translate(self, text: str, /) -> str:
        """A text that the engine has made already: a flag's reason, a duration. Other texts stay as they are."""
        ...

    def format_day(self, day: datetime, /) -> str:
        """Monday 2 November 2026."""
        ...


class _English:
    code: Final = "en"

    def say(self, template: str, /, **values: object) -> str:
        return template.format(**values)

    def count(self, template: str, number: int, /, **values: object) -> str:
        one, many = english_forms(template)
        return (one if number == 1 else many).replace("%n", str(number)).format(**values)

    def translate(self, text: str, /) -> str:
        return text

    def format_day(self, day: datetime, /) -> str:
        """With names of its own: those of `strftime` follow the system once a window has been opened."""
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


ENGLISH: Final[ReportLanguage] = _English()


def mark(template: str) -> str:
    """`template` as it is, marked for translation.

    Unlike those of `told.mark` it is never looked for in a text that is there already: templates of hardly a word of
    their own would be found in names too.
    """
    return template
