"""Renders texts and messages in a language, by a gettext catalogue; English stands in the source itself."""

import gettext
import string
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from fer_desktop.messages.cldr import read_cldr_names
from fer_desktop.messages.message import Message, find_text
from fer_desktop.messages.texts import Plural, mark

LANGUAGES: Final[Mapping[str, str]] = {"en": "en_GB", "de": "de_DE", "es": "es_ES", "fr": "fr_FR", "hi": "hi_IN"}
"""The locale of each language that the program speaks, by its code."""
LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "hi": "हिन्दी",
}
"""What each language calls itself."""
TRANSLATIONS: Final = Path(__file__).with_name("translations")

_SECONDS: Final = mark("{seconds} s")
_MINUTES: Final = mark("{minutes} min")
_HOURS: Final = mark("{hours} h {minutes} min")
_DAY: Final = "{weekday} {day} {month} {year}"
_DAYS: Final[Mapping[str, str]] = {
    "de": "{weekday}, {day}. {month} {year}",
    "es": "{weekday}, {day} de {month} de {year}",
}
"""How a day is written where it is not as in English; source: CLDR."""
_SPACED: Final = {",": "\u202f", ".": ","}
_NUMBERS: Final = {
    "de": str.maketrans({",": ".", ".": ","}),
    "es": str.maketrans(_SPACED),
    "fr": str.maketrans(_SPACED),
}
"""What stands for the comma of thousands and for the decimal point, where they are not as in English."""


class Language:
    """One language. May be used from any thread."""

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        """`code`: "en", as pages name their language. `translations`: those without a text give it back in English."""
        self.code: Final = code
        self._translations = translations
        self._formatter = _Formatter(self)

    def text(self, english: str, /, **values: object) -> str:
        """A text with `values` in its places."""
        translated = self._translations.gettext(english)
        return self._formatter.format(translated, **values) if values else translated

    def plural(self, text: Plural, number: int, /, **values: object) -> str:
        """The form that fits `number`, which stands for `{n}`."""
        translated = self._translations.ngettext(text.one, text.many, number)
        return self._formatter.format(translated, n=number, **values)

    def render(self, message: Message) -> str:
        """The text of a message; messages in its arguments are rendered too, other texts in it stay as they are."""
        english, values = find_text(message.key).english, dict(message.arguments)
        if isinstance(english, str):
            translated = self._translations.gettext(english)
        else:
            translated = self._translations.ngettext(english.one, english.many, int(str(values["n"])))
        return self._formatter.format(translated, **values)

    def duration(self, seconds: float) -> str:
        """45 s, 3 min, 1 h 5 min."""
        whole = max(0, int(seconds))
        if whole < 60:
            return self.text(_SECONDS, seconds=whole)
        if whole < 3600:
            return self.text(_MINUTES, minutes=whole // 60)
        return self.text(_HOURS, hours=whole // 3600, minutes=whole % 3600 // 60)

    def exact_duration(self, seconds: int) -> str:
        """As `duration`, but 90 s as well: as precise as a rule that can be set."""
        return self.text(_SECONDS, seconds=seconds) if seconds < 120 and seconds % 60 else self.duration(seconds)

    def day(self, day: date) -> str:
        """Monday 2 November 2026, Montag, 2. November 2026, whatever the system's own language is."""
        names = read_cldr_names(self.code if self.code in LANGUAGES else "en")
        weekday, month = names.weekdays[day.weekday()], names.months[day.month - 1]
        return _DAYS.get(self.code, _DAY).format(weekday=weekday, day=day.day, month=month, year=day.year)

    def number(self, number: str) -> str:
        """A number that Python has written, 3,589.5, as the language writes it: 3.589,5."""
        return number.translate(_NUMBERS.get(self.code, {}))


class _Formatter(string.Formatter):
    """`str.format` with one more kind of place, `{seconds:duration}`, and with messages as values."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return self._language.render(value)
        if format_spec == "duration":
            return self._language.exact_duration(value)
        return str(format(value, format_spec))

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Names alone: a translation reaches into no object."""
        return kwargs[field_name], field_name


ENGLISH: Final = Language("en", gettext.NullTranslations())


@cache
def load_language(code: str) -> Language:
    """The language of that code: one of `LANGUAGES`."""
    if code == ENGLISH.code:
        return ENGLISH
    with (TRANSLATIONS / f"{code}.mo").open("rb") as file:
        return Language(code, gettext.GNUTranslations(file))


def pick_language(choice: str, system: str | None) -> Language:
    """The language of a setting: a code, or "system" for that of a locale such as "hi_IN"; else English."""
    code = choice if choice in LANGUAGES else (system or "").replace("-", "_").split("_")[0].lower()
    return load_language(code if code in LANGUAGES else ENGLISH.code)
