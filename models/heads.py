"""The heads of a network: each reads the same features of a face, and each was taught something else.

Every network tells FER2013's labels. One with a second head also tells how ten people would vote on a face, and that is
what the program shows (docs/adr/0014).
"""

from enum import StrEnum
from typing import Any, Final


class Head(StrEnum):
    """What a head tells: FER2013's label of such a face, or the shares of FER+'s ten votes on it."""

    LABELS = "labels"
    VOTES = "votes"


LOGITS: Final = {Head.LABELS: "logits", Head.VOTES: "vote_logits"}
PROBABILITIES: Final = {Head.LABELS: "probabilities", Head.VOTES: "votes"}
"""Names of layers."""


def list_heads(network: Any) -> tuple[Head, ...]:
    """The heads of a Keras model of ours, in the order of its outputs."""
    layers = {layer.name for layer in network.layers}
    return tuple(head for head in Head if PROBABILITIES[head] in layers)


def choose_head(network: Any) -> Head:
    """The head that the program reads: the votes, where the network tells them."""
    return list_heads(network)[-1]
