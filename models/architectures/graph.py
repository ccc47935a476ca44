"""What all architectures share: the standardised input, the heads, and common layers."""

from typing import Any, Final

from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX
from models.backend import keras
from models.heads import LOGITS, PROBABILITIES, Head

INPUT_SHAPE: Final = (FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
STANDARDISED: Final = "standardised"

# Added to a picture's variance, in grey levels squared, before the division: negligible beside a face's 2,000 to 5,000,
# and it keeps a nearly blank crop from being amplified to noise.
_VARIANCE_FLOOR = 25.0


def make_input() -> tuple[Any, Any]:
    """The input (n, 48, 48, 1), grey 0..255, and the same with each picture at mean 0 and standard deviation 1.

    Standardising removes brightness and contrast; in the graph it ships with the weights.
    """
    pixels = keras.Input(INPUT_SHAPE, name="pixels")
    layer = keras.layers.LayerNormalization(
        axis=(1, 2, 3), epsilon=_VARIANCE_FLOOR, center=False, scale=False, dtype="float32", name=STANDARDISED
    )
    return pixels, layer(pixels)


def make_model(pixels: Any, features: Any, name: str) -> Any:
    """The model from `pixels` to the labels head's probabilities (n, 7), on `features` (n, f)."""
    return keras.Model(pixels, _add_head(features, Head.LABELS), name=name)


def add_votes_head(network: Any) -> Any:
    """The network with a votes head on the same features; outputs (n, 7) of the labels, then (n, 7) of the votes."""
    features = network.get_layer(LOGITS[Head.LABELS]).input
    return keras.Model(network.input, [network.output, _add_head(features, Head.VOTES)], name=network.name)


def select_head(network: Any, head: Head) -> Any:
    """The network with the output of `head` only, sharing the weights."""
    return keras.Model(network.input, network.get_layer(PROBABILITIES[head]).output, name=network.name)


def _add_head(features: Any, head: Head) -> Any:
    # The votes head is added to trained networks: with zeros it starts the same in every run.
    initializer = "zeros" if head is Head.VOTES else "glorot_uniform"
    logits = keras.layers.Dense(len(EXPRESSIONS), kernel_initializer=initializer, dtype="float32", name=LOGITS[head])
    return keras.layers.Softmax(dtype="float32", name=PROBABILITIES[head])(logits(features))


def add_convolution(
    x: Any,
    width: int,
    *,
    kernel: int = 3,
    stride: int = 1,
    activated: bool = True,
    initial_scale: str = "ones",
    name: str | None = None,
) -> Any:
    """Convolution, batch normalisation and, if `activated`, ReLU; `name` begins the names of its layers."""
    convolution = keras.layers.Conv2D(
        width, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal", name=name
    )
    x = add_batch_norm(convolution(x), initial_scale=initial_scale, name=name)
    return keras.layers.ReLU()(x) if activated else x


def add_batch_norm(x: Any, *, initial_scale: str = "ones", name: str | None = None) -> Any:
    """Batch normalisation with a momentum of 0.9 (Keras: 0.99), for runs of a few thousand steps."""
    return keras.layers.BatchNormalization(
        momentum=0.9,
        epsilon=1e-5,
        gamma_initializer=initial_scale,
        name=None if name is None else f"{name}_norm",
    )(x)


def add_wide_head(x: Any, units: int = 1000) -> Any:
    """The layers before the paper's softmax for ResNet50 and Xception: global pooling and 1000 units."""
    x = keras.layers.GlobalAveragePooling2D(dtype="float32")(x)
    dense = keras.layers.Dense(
        units, activation="relu", kernel_initializer="he_normal", dtype="float32", name="wide_head"
    )
    return dense(x)
