"""A quick check whether a part of the picture shows a face, by the networks of the face detector."""

from fer_desktop.types import Box, Image
from fer_desktop.vision.faces.blazeface import BlazeFace
from fer_desktop.vision.faces.presence import MIN_PRESENCE, PresenceCheck


class MediaPipeFaceProbe:
    """A `FaceProbe` with networks of its own, loaded when first used; for one thread at a time."""

    def __init__(self) -> None:
        self._networks: tuple[BlazeFace, PresenceCheck] | None = None

    def shows_face(self, image: Image, box: Box) -> bool:
        """Whether the box, clipped to the frame, shows a verified face. Raises `ModelError`."""
        if self._networks is None:
            self._networks = BlazeFace(), PresenceCheck()
        detector, presence = self._networks
        left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
        patch = image[top : top + height, left : left + width]
        return any(presence.measure(patch, face).presence >= MIN_PRESENCE for face in detector.find(patch))
