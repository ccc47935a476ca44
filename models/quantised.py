"""The quantised model of a network, for processors: eight-bit weights, run by LiteRT, without Keras and TensorFlow.

Dynamic range quantisation: weights are stored in eight bits, activations are quantised as they are computed. It needs
no calibration pictures and changes hardly any predicted class; the card has the share (docs/adr/0010).
"""

import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.system.native_stderr import suppress_stderr
from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX, Floats, Image

QUANTISED_SUFFIX: Final = ".tflite"
_BATCH_STEP: Final = 8
"""Batches are padded to multiples of this: LiteRT plans each size once, in a few milliseconds, and the plan is kept."""
_MAX_THREADS: Final = 4


def can_quantise() -> bool:
    """Whether Keras runs on TensorFlow, which the conversion needs."""
    from models.backend import keras

    return bool(keras.backend.backend() == "tensorflow")


def quantise(model: Any) -> bytes:
    """Converts a Keras model from (n, 48, 48, 1) to (n, 7) to LiteRT. Raises `ModelError` without TensorFlow."""
    if not can_quantise():
        raise ModelError(
            "only TensorFlow makes the quantised model: run `fer-desktop quantise` where TensorFlow is installed"
        )
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    signature = tf.TensorSpec((None, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1), tf.float32)
    graph = tf.function(lambda crops: model(crops, training=False), input_signature=[signature])
    with suppress_stderr():  # the converter logs how it counts operations
        frozen = convert_variables_to_constants_v2(graph.get_concrete_function())
        converter = tf.lite.TFLiteConverter.from_concrete_functions([frozen], model)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        return bytes(converter.convert())


class QuantisedModel:
    """A quantised model, ready to run. Not thread-safe; LiteRT uses up to four threads of its own."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """`threads`: one a core, four at most, by default.

        Raises `ModelError` for a file that is damaged or not such a model.
        """
        self._path = path
        self._threads = threads or min(_MAX_THREADS, os.cpu_count() or 1)
        self._interpreters: dict[int, Any] = {}
        self._get_interpreter(_BATCH_STEP)

    def predict(self, crops: Image) -> Floats:
        """(n, 48, 48) uint8 grey crops to (n, 7) probabilities, in one batch; n may be 0."""
        count = len(crops)
        if not count:
            return np.zeros((0, len(EXPRESSIONS)), np.float32)
        interpreter = self._get_interpreter(-(-count // _BATCH_STEP) * _BATCH_STEP)
        entry = interpreter.get_input_details()[0]
        batch = np.zeros(entry["shape"], np.float32)
        batch[:count, ..., 0] = crops
        interpreter.set_tensor(entry["index"], batch)
        interpreter.invoke()
        return np.array(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[:count], np.float32)

    def _get_interpreter(self, batch_size: int) -> Any:
        if batch_size not in self._interpreters:
            self._interpreters[batch_size] = _load_interpreter(self._path, batch_size, self._threads)
        return self._interpreters[batch_size]


def _load_interpreter(path: Path, batch_size: int, threads: int) -> Any:
    with suppress_stderr():  # LiteRT announces its delegate
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(str(path), num_threads=threads)
            entry = interpreter.get_input_details()[0]
            shape = (batch_size, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
            interpreter.resize_tensor_input(entry["index"], shape)
            interpreter.allocate_tensors()
            output_shape = tuple(interpreter.get_output_details()[0]["shape"])
        except (ValueError, RuntimeError, IndexError) as error:
            raise ModelError(f"the model file {path} is damaged: install FER Desktop again") from error
    if output_shape[-1] != len(EXPRESSIONS):  # the batch dimension is not known yet for networks that flatten
        raise ModelError(f"the model file {path} predicts {output_shape[-1]} expressions, not {len(EXPRESSIONS)}")
    return interpreter
