"""The classifier of the library `fer`, with the whole picture as the face and without the border that it adds."""

from fer.fer import FER
from reader import SIDE_PX, read_faces

classifier = FER(offsets=(0, 0))
read_faces(lambda face: classifier.detect_emotions(face, [(0, 0, SIDE_PX, SIDE_PX)])[0]["emotions"])
