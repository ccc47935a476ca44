"""What all networks share: raw grey pixels in, standardised inside, probabilities out, by one head or two."""

from typing import Any, Final

from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX
from models.backend import keras
from models.heads import LOGITS, PROBABILITIES, Head

INPUT_SHAPE: Final = (FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
STANDARDISED: Final = "standardised"

# Added to a picture's variance (grey levels squared) before the division. Against a face's variance, about 2,000 to
# 5,000, it is nothing; a nearly blank crop is not blown up into noise.
_VARIANCE_FLOOR = 25.0


def begin() -> tuple[Any, Any]:
    """The input (n, 48, 48, 1), grey 0..255, and the same with each picture at mean 0 and deviation 1.

    So lighting and exposure drop out, and the preprocessing ships with the weights.
    """
    pixels = keras.Input(INPUT_SHAPE, name="pixels")
    layer = keras.layers.LayerNormalization(
        axis=(1, 2, 3), epsilon=_VARIANCE_FLOOR, center=False, scale=False, dtype="float32", name=STANDARDISED
    )
    return pixels, layer(pixels)


def finish(pixels: Any, features: Any, name: str) -> Any:
    """The model from `pixels` to probabilities (n, 7), given the last features (n, f)."""
    return keras.Model(pixels, _read_features(features, Head.LABELS), name=name)


def add_votes_head(network: Any) -> Any:
    """The network with a second head on the same features: (n, 7) of the labels, then (n, 7) of the votes."""
    features = network.get_layer(LOGITS[Head.LABELS]).input
    return keras.Model(network.input, [network.output, _read_features(features, Head.VOTES)], name=network.name)


def take_head(network: Any, head: Head) -> Any:
    """The network with that output alone; it shares the weights."""
    return keras.Model(network.input, network.get_layer(PROBABILITIES[head]).output, name=network.name)


def _read_features(features: Any, head: Head) -> Any:
    # A head of zeros takes nothing from chance: added to a trained network, it begins the same in every run.
    first = "zeros" if head is Head.VOTES else "glorot_uniform"
    logits = keras.layers.Dense(len(EXPRESSIONS), kernel_initializer=first, dtype="float32", name=LOGITS[head])
    return keras.layers.Softmax(dtype="float32", name=PROBABILITIES[head])(logits(features))


def convolve(x: Any, width: int, *, kernel: int = 3, stride: int = 1, activated: bool = True) -> Any:
    """Convolution, batch normalisation and, if `activated`, ReLU."""
    x = keras.layers.Conv2D(width, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    x = normalise(x)
    return keras.layers.ReLU()(x) if activated else x


def normalise(x: Any, *, first_scale: str = "ones") -> Any:
    """Batch normalisation that forgets quickly enough for runs of a few thousand steps."""
    return keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5, gamma_initializer=first_scale)(x)


def add_wide_head(x: Any, units: int = 1000) -> Any:
    """The paper's head for ResNet50 and Xception before its softmax: global pooling and 1000 units."""
    x = keras.layers.GlobalAveragePooling2D(dtype="float32")(x)
    return keras.layers.Dense(units, activation="relu", kernel_initializer="he_normal", dtype="float32")(x)
