"""The `ExpressionClassifier` port implemented with a quantised model, for processors; without TensorFlow."""

from pathlib import Path

from fer_desktop.types import Floats, Image


class LiteRtExpressionClassifier:
    """Runs a quantised model. To be made and used by one thread."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Loads the model file, warmed up. `threads`: as in `QuantisedModel`.

        Raises `ModelError`.
        """
        from models.quantised import QuantisedModel

        self._model = QuantisedModel(path, threads=threads)

    def classify(self, crops: Image) -> Floats:
        """Grey crops (n, 48, 48) uint8 to probabilities (n, 7)."""
        return self._model.predict(crops)
