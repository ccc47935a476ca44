"""The heads of a network: output layers on the same features, each trained on other targets (docs/adr/0014).

Every network has a head for FER2013's labels. One with a second head also predicts how ten people would vote on a face,
which is what the program shows.
"""

from enum import StrEnum
from typing import Any, Final


class Head(StrEnum):
    """FER2013's labels, or the shares of FER+'s ten votes."""

    LABELS = "labels"
    VOTES = "votes"


LOGITS: Final = {Head.LABELS: "logits", Head.VOTES: "vote_logits"}
"""The names of the layers that compute each head's logits."""
PROBABILITIES: Final = {Head.LABELS: "probabilities", Head.VOTES: "votes"}
"""The names of the softmax layers on top of these."""


def list_heads(network: Any) -> tuple[Head, ...]:
    """The heads of one of this package's Keras models, in the order of its outputs."""
    layers = {layer.name for layer in network.layers}
    return tuple(head for head in Head if PROBABILITIES[head] in layers)


def choose_head(network: Any) -> Head:
    """The head that the program shows: the votes where the network has that head, else the labels."""
    return list_heads(network)[-1]
