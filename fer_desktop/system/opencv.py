"""The one import of OpenCV: `from fer_desktop.system.opencv import cv2`.

On Linux the import of OpenCV's desktop build points two variables at its own Qt 5 plug-ins and fonts; a PySide6
window then fails to start on X11. They are put back as they were. OpenCV and its video decoder also write their own
remarks on damaged files to stderr: they are silenced, as the callers tell what is wrong in words of their own.
"""

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET; read when a video is opened
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2  # noqa: E402  (what it changes must be known before)

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
