"""The small form of a network, for processors: eight-bit weights, run by LiteRT, without Keras and TensorFlow.

Only the weights are stored in eight bits; what passes between the layers is brought to eight bits as it comes
(dynamic range quantisation), so no pictures are needed to fit it, and hardly a reading changes. The card says how many.
"""

import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.system.native_stderr import held_stderr
from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX, Floats, Image

QUANTISED_SUFFIX: Final = ".tflite"
_BATCH_STEP: Final = 8
"""Batches are filled up to multiples of this, as every size of batch is planned once and kept: a few milliseconds."""
_MAX_THREADS: Final = 4


def can_quantise() -> bool:
    """Whether Keras runs on TensorFlow, which alone makes the small form."""
    from models.backend import keras

    return bool(keras.backend.backend() == "tensorflow")


def quantise(model: Any) -> bytes:
    """The small form of a Keras model that maps (n, 48, 48, 1) to (n, 7). Raises `ModelError` without TensorFlow."""
    if not can_quantise():
        raise ModelError(
            "only TensorFlow makes the small form: run `fer-desktop quantise` where TensorFlow is installed"
        )
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    signature = tf.TensorSpec((None, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1), tf.float32)
    graph = tf.function(lambda crops: model(crops, training=False), input_signature=[signature])
    with held_stderr():  # the converter tells how it counts operations
        frozen = convert_variables_to_constants_v2(graph.get_concrete_function())
        converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen], model)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        return bytes(converter.convert())


class QuantisedNetwork:
    """The small form, ready to run. For one thread at a time; uses a few threads of its own."""

    def __init__(self, path: Path) -> None:
        """Raises `ModelError` for a file that is no network of faces."""
        self._path = path
        self._by_batch: dict[int, Any] = {}
        self._interpreter(_BATCH_STEP)

    def predict(self, crops: Image) -> Floats:
        """(n, 48, 48) uint8 grey crops to (n, 7) probabilities, in one batch; n may be 0."""
        count = len(crops)
        if not count:
            return np.zeros((0, len(EXPRESSIONS)), np.float32)
        interpreter = self._interpreter(-(-count // _BATCH_STEP) * _BATCH_STEP)
        entry = interpreter.get_input_details()[0]
        batch = np.zeros(entry["shape"], np.float32)
        batch[:count, ..., 0] = crops
        interpreter.set_tensor(entry["index"], batch)
        interpreter.invoke()
        return np.array(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[:count], np.float32)

    def _interpreter(self, batch: int) -> Any:
        if batch not in self._by_batch:
            self._by_batch[batch] = _load(self._path, batch)
        return self._by_batch[batch]


def _load(path: Path, batch: int) -> Any:
    """An interpreter for batches of that size."""
    with held_stderr():  # LiteRT announces its delegate
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(str(path), num_threads=min(_MAX_THREADS, os.cpu_count() or 1))
            entry = interpreter.get_input_details()[0]
            shape = (batch, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
            interpreter.resize_tensor_input(entry["index"], shape)
            interpreter.allocate_tensors()
            given = tuple(interpreter.get_output_details()[0]["shape"])
        except (ValueError, RuntimeError, IndexError) as error:
            raise ModelError(f"the model file {path} is damaged: install FER Desktop again") from error
    if given[-1] != len(EXPRESSIONS):  # a network that flattens its maps knows its batch only once it has run
        raise ModelError(f"the model file {path} tells {given[-1]} expressions, not {len(EXPRESSIONS)}")
    return interpreter
