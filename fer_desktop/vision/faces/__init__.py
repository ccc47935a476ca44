"""Faces: MediaPipe's models inside tiles, the check of face presence, and the crop that the classifier reads."""

from fer_desktop.vision.faces.alignment import align_faces
from fer_desktop.vision.faces.detector import MediaPipeFaceDetector
from fer_desktop.vision.faces.probe import MediaPipeFaceProbe

__all__ = ["MediaPipeFaceDetector", "MediaPipeFaceProbe", "align_faces"]
