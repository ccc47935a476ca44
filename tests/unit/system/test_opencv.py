"""Importing OpenCV leaves Qt's environment variables unchanged; otherwise windows fail to start on X11."""

import os
import subprocess
import sys


def test_the_qt_variables_stay_as_they_were() -> None:
    code = (
        "import os; from fer_desktop.system.opencv import cv2; import sys; "
        "sys.stdout.write(repr([os.environ.get(n) for n in ('QT_QPA_PLATFORM_PLUGIN_PATH', 'QT_QPA_FONTDIR')]))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_QPA_")}
    environment["QT_QPA_FONTDIR"] = "/fonts/of/the/user"
    finished = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert finished.stdout == "[None, '/fonts/of/the/user']"
