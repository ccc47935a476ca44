"""Builds a recipe's network, and the model that is trained in its place: logits only, compiled with an optimiser."""

from collections.abc import Callable
from typing import Any

from fer_desktop.errors import SettingsError
from models.architectures.graph import add_votes_head
from models.backend import keras
from models.heads import LOGITS, list_heads
from models.training.recipes import Recipe

Builder = Callable[[str], Any]
"""Builds a new network from the name of an architecture."""


def build_recipe_network(recipe: Recipe, build: Builder) -> Any:
    """A new network with the heads that `recipe` trains."""
    network = build(recipe.architecture)
    return add_votes_head(network) if recipe.votes_head else network


def build_training_model(recipe: Recipe, build: Builder) -> Any:
    """The recipe's network up to its logits (n, heads, 7), in the recipe's precision, compiled."""
    keras.config.set_dtype_policy(recipe.precision)
    try:
        network = build_recipe_network(recipe, build)
    finally:
        keras.config.set_dtype_policy("float32")
    model = keras.Model(network.input, _stack_logits(network))
    if recipe.coarse_share > 0:
        model = _accept_any_side(model)
    if keras.backend.backend() == "tensorflow":
        from models.architectures.batch_norm import swap_batch_norm

        model = swap_batch_norm(model)
    optimizer = _make_optimizer(recipe)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    # JAX is fast only when compiled; on processors TensorFlow's compiler is slower than its graphs.
    compiled = keras.backend.backend() == "jax"
    model.compile(optimizer, keras.losses.CategoricalCrossentropy(from_logits=True), jit_compile=compiled)
    optimizer.build(model.trainable_variables)
    return model


def _make_optimizer(recipe: Recipe) -> Any:
    rate, decay = recipe.peak_learning_rate, recipe.weight_decay
    if recipe.optimizer == "adam":
        return keras.optimizers.Adam(rate, weight_decay=decay)
    return keras.optimizers.SGD(rate, momentum=recipe.momentum, nesterov=True, weight_decay=decay)


def _accept_any_side(model: Any) -> Any:
    """A copy with new weights, in the same order, for pictures of any side. Raises SettingsError where none can be."""
    if any(isinstance(layer, keras.layers.Flatten) for layer in model.layers):
        raise SettingsError("smaller pictures need a network that pools over the whole picture; this one does not")
    return keras.models.clone_model(model, input_tensors=keras.Input((None, None, 1)))


def _stack_logits(network: Any) -> Any:
    logits = [network.get_layer(LOGITS[head]).output for head in list_heads(network)]
    rows = [keras.layers.Reshape((1, -1), dtype="float32")(each) for each in logits]
    return rows[0] if len(rows) == 1 else keras.layers.Concatenate(axis=1, dtype="float32")(rows)
