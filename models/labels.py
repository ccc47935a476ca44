"""The seven expressions in FER2013's order: the order of every probability vector and of a card's `labels`."""

from typing import Final

from fer_desktop.types import EXPRESSIONS

LABELS: Final = tuple(expression.value for expression in EXPRESSIONS)
