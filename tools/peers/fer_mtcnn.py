"""The library `fer` with its MTCNN detector, as its own documentation uses it."""

import torchvision  # noqa: F401  (before `fer`: what it loads crashes the process where TensorFlow was loaded first)
from fer.fer import FER
from peer import measure_peer

detector = FER(mtcnn=True)
measure_peer(lambda frame: len(detector.detect_emotions(frame)))
