"""Starts a deep network from a trained shallow one of its kind (Net2Net: Chen et al. 2015, arXiv:1511.05641)."""

from typing import Any, Final

_SHALLOWER: Final = {"resnet50": "resnet14", "xception": "xception-short"}


def list_starts(architecture: str) -> tuple[str, ...]:
    """The architectures from whose weights a run of `architecture` may start: itself, and one with its first blocks."""
    shallower = _SHALLOWER.get(architecture)
    return (architecture,) if shallower is None else (shallower, architecture)


def deepen(shallow: Any, deep: Any) -> Any:
    """`deep` with the weights of `shallow` in all layers that both name.

    The further blocks of a new network pass only their shortcut, so that both give the same output.
    """
    trained = {layer.name: layer for layer in shallow.layers}
    for layer in deep.layers:
        if layer.weights and layer.name in trained:
            layer.set_weights(trained[layer.name].get_weights())
    return deep
