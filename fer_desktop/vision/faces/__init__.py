"""Faces: MediaPipe's models inside tiles, a check that a face is one, and the crop that the classifier reads."""

from fer_desktop.vision.faces.alignment import align_faces
from fer_desktop.vision.faces.detector import MediaPipeFaceDetector

__all__ = ["MediaPipeFaceDetector", "align_faces"]
