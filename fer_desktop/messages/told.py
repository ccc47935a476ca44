"""Texts of the engine that a user reads, marked so that the windows can tell them in another language.

The engine writes English, into the database and data files too. A text made from a marked template can be found again
by its template, with what was filled in: `find_template`. Mark module-level constants, so that they are known from the
import on.
"""

import re
from functools import lru_cache
from typing import Final

_PLACE: Final = re.compile(r"\{(\w+)\}")
_FORMS: Final = re.compile(r"\((?:(\w+)\|)?(\w+)\)")
_NUMBERS: Final = frozenset({"seconds", "minutes", "hours"})
_templates: Final[dict[str, re.Pattern[str]]] = {}


def mark(template: str) -> str:
    """`template` as it is. `{names}` in it stand for what is filled in."""
    parts = _PLACE.split(template)
    pattern = "".join(_group(part) if index % 2 else re.escape(part) for index, part in enumerate(parts))
    _templates[template] = re.compile(pattern, re.DOTALL)
    find_template.cache_clear()
    return template


def _group(name: str) -> str:
    """Durations are templates of hardly a word of their own, so only numbers fit into them."""
    return rf"(?P<{name}>\d+)" if name in _NUMBERS else f"(?P<{name}>.+?)"


@lru_cache(maxsize=512)
def find_template(text: str) -> tuple[str, dict[str, str]] | None:
    """The template that `text` was made from, and what was filled in; None where there is none.

    Of several that fit, the one with the most words of its own.
    """
    known = list(_templates.items())  # a copy: a module that another thread imports meanwhile marks more
    fits = [(template, found) for template, pattern in known if (found := pattern.fullmatch(text))]
    if not fits:
        return None
    template, found = max(fits, key=lambda fit: len(_PLACE.sub("", fit[0])))
    return template, found.groupdict()


def english_forms(template: str) -> tuple[str, str]:
    """Of one and of many: "%n face(s) (was|were) seen" is "%n face was seen" and "%n faces were seen"."""
    return _FORMS.sub(r"\1", template), _FORMS.sub(r"\2", template)
