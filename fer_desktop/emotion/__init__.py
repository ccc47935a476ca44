"""The expression network at run time: all faces of a frame in one batch."""

from fer_desktop.emotion.keras_classifier import KerasEmotionClassifier

__all__ = ["KerasEmotionClassifier"]
