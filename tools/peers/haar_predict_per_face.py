"""The method of the paper's web app: a Haar cascade on the whole frame, then `predict` for each face.

It uses this project's network, so that only the method differs.
"""

import cv2
import numpy as np
from peer import measure_peer

from models.loading import load_model

cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
model, _ = load_model()


def count_faces(frame: np.ndarray) -> int:
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    faces = cascade.detectMultiScale(grey, scaleFactor=1.3, minNeighbors=5)
    for x, y, width, height in faces:
        crop = cv2.resize(grey[y : y + height, x : x + width], (48, 48)).astype(np.float32)
        model.predict(crop[None, ..., None], verbose=0)
    return len(faces)


measure_peer(count_faces)
