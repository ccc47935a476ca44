"""When a name counts as read exactly."""

import unicodedata


def fold_name(name: str) -> str:
    """The name without accents and capitals: "José" and "JOSE" are one, "Jose  G" and "Jose G" are two."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
