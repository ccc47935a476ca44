"""Messages that many tests use."""

from typing import Final

from fer_desktop.messages import Message, MessageKey

NOT_IN_CALL: Final = Message(MessageKey.NOT_IN_CALL, lasted_s=120)
CAMERA_OFF: Final = Message(MessageKey.CAMERA_OFF, lasted_s=180)
EYES_CLOSED: Final = Message(MessageKey.EYES_CLOSED, closed=5, samples=6, lasted_s=30)
MOOD_FELL: Final = Message(MessageKey.CLASS_MOOD_FELL, fell=9, students=12)
WINDOW_HIDDEN: Final = Message(MessageKey.WINDOW_HIDDEN)
