"""The only place that imports OpenCV: `from fer_desktop.system.opencv import cv2`.

On Linux the import of OpenCV's desktop build points two variables at its own Qt 5 plug-ins and fonts, with which a
PySide6 window fails to start on X11; they are restored. OpenCV and its video decoder also log damaged files to stderr;
this is turned off, as the callers report errors themselves.
"""

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET; read when a video is opened
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")

import cv2  # noqa: E402  (after the variables were saved)

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

__all__ = ["cv2"]
