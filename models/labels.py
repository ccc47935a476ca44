"""The names of the seven expressions in FER2013's order, which every probability vector and every card follows."""

from typing import Final

from fer_desktop.types import EXPRESSIONS

LABELS: Final = tuple(expression.value for expression in EXPRESSIONS)
