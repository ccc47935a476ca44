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
from fer_desktop.system.worker_threads import WorkerThreads
from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX, Floats, Image

QUANTISED_SUFFIX: Final = ".tflite"
_MAX_THREADS: Final = 4
_LEAST_FOR_A_THREAD: Final = 8
"""Faces, of a quarter of a millisecond each."""


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
    """A quantised model, ready to run, in one interpreter a thread. Not thread-safe.

    Each face is a run of its own: its numbers are those of a batch, a processor takes no longer for them, and LiteRT
    plans a single size. Two threads of Python with an interpreter each cost less than two of LiteRT that share a run.
    """

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """`threads`: one a core, four at most, by default.

        Raises `ModelError` for a file that is damaged or not such a model.
        """
        count = threads or min(_MAX_THREADS, os.cpu_count() or 1)
        networks = [_Network(path) for _ in range(count)]
        self._threads = WorkerThreads(networks, name="expressions", least=_LEAST_FOR_A_THREAD)

    def predict(self, crops: Image) -> Floats:
        """(n, 48, 48) uint8 grey crops to (n, 7) probabilities; n may be 0."""
        if not len(crops):
            return np.zeros((0, len(EXPRESSIONS)), np.float32)
        return np.stack(self._threads.map(list(crops), _Network.predict))


class _Network:
    """One interpreter, for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._interpreter = _load_interpreter(path)
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]
        self.predict(np.zeros((FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8))  # the first run takes longer

    def predict(self, crop: Image) -> Floats:
        """(7,) probabilities of one crop."""
        self._interpreter.set_tensor(self._input, crop[None, ..., None].astype(np.float32))
        self._interpreter.invoke()
        probabilities: Floats = self._interpreter.get_tensor(self._output)[0]
        return probabilities


def _load_interpreter(path: Path) -> Any:
    with suppress_stderr():  # LiteRT announces its delegate
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(str(path), num_threads=1)
            entry = interpreter.get_input_details()[0]
            interpreter.resize_tensor_input(entry["index"], (1, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1))
            interpreter.allocate_tensors()
            output_shape = tuple(interpreter.get_output_details()[0]["shape"])
        except (ValueError, RuntimeError, IndexError) as error:
            raise ModelError(f"the model file {path} is damaged: install FER Desktop again") from error
    if output_shape[-1] != len(EXPRESSIONS):  # the batch dimension is not known yet for networks that flatten
        raise ModelError(f"the model file {path} predicts {output_shape[-1]} expressions, not {len(EXPRESSIONS)}")
    return interpreter
