"""Builds a recipe's network, and the model that is trained in its place: logits only, compiled with an optimiser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fer_desktop.errors import SettingsError
from models.architectures.graph import add_votes_head
from models.backend import keras
from models.heads import LOGITS, list_heads
from models.training.hints import add_hints
from models.training.recipes import Recipe

Builder = Callable[[str], Any]
"""Builds a new network from the name of an architecture."""


def build_recipe_network(recipe: Recipe, build: Builder) -> Any:
    """A new network with the heads that `recipe` trains."""
    network = build(recipe.architecture)
    return add_votes_head(network) if recipe.votes_head else network


@dataclass(frozen=True, slots=True)
class Trainable:
    """The recipe's network up to its logits (n, heads, 7), and the compiled model that trains it: itself, or hinted."""

    network: Any
    model: Any

    @property
    def further_weights(self) -> list[Any]:
        """The variables that are trained with the network and are not part of it."""
        own = {id(variable) for variable in self.network.weights}
        return [variable for variable in self.model.trainable_variables if id(variable) not in own]


def build_trainable(recipe: Recipe, build: Builder, teacher: Any | None = None) -> Trainable:
    """A new network in the recipe's precision, with the hints of `teacher` where the recipe has a `hint_weight`."""
    keras.config.set_dtype_policy(recipe.precision)
    try:
        whole = build_recipe_network(recipe, build)
    finally:
        keras.config.set_dtype_policy("float32")
    network = keras.Model(whole.input, _stack_logits(whole))
    if keras.backend.backend() == "tensorflow":
        from models.architectures.batch_norm import swap_batch_norm

        network = swap_batch_norm(network)
    model = network if recipe.hint_weight == 0 else _add_recipe_hints(recipe, network, teacher)
    optimizer = _make_optimizer(recipe)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    # JAX is fast only when compiled; on processors TensorFlow's compiler is slower than its graphs.
    compiled = keras.backend.backend() == "jax"
    model.compile(optimizer, keras.losses.CategoricalCrossentropy(from_logits=True), jit_compile=compiled)
    optimizer.build(model.trainable_variables)
    return Trainable(network, model)


def _add_recipe_hints(recipe: Recipe, network: Any, teacher: Any | None) -> Any:
    if teacher is None:
        raise SettingsError(f"the recipe {recipe.name} has hints: give a teacher")
    return add_hints(network, teacher, weight=recipe.hint_weight, precision=recipe.precision)


def _make_optimizer(recipe: Recipe) -> Any:
    rate, decay = recipe.peak_learning_rate, recipe.weight_decay
    if recipe.optimizer == "adam":
        return keras.optimizers.Adam(rate, weight_decay=decay)
    return keras.optimizers.SGD(rate, momentum=recipe.momentum, nesterov=True, weight_decay=decay)


def _stack_logits(network: Any) -> Any:
    logits = [network.get_layer(LOGITS[head]).output for head in list_heads(network)]
    rows = [keras.layers.Reshape((1, -1), dtype="float32")(each) for each in logits]
    return rows[0] if len(rows) == 1 else keras.layers.Concatenate(axis=1, dtype="float32")(rows)
