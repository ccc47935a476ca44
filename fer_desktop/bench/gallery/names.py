"""Compares names as read with names as written."""

import unicodedata


def fold_name(name: str) -> str:
    """The name without accents and capitals: "José" and "JOSE" are equal, "Jose  G" and "Jose G" are not."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
