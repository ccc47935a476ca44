"""Forms of English texts that the translations' extraction finds in the source."""

from typing import NamedTuple


class Plural(NamedTuple):
    """A text for one thing and for several; `{n}` stands for their number."""

    one: str
    many: str


def mark(text: str) -> str:
    """`text` as it is, marked for extraction: for constants that are translated where they are shown."""
    return text
