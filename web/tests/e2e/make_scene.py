"""Writes what the browser tests watch into a folder: frames of the simulated class as PNG, and a camera as MJPEG."""

import sys
from pathlib import Path

from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.system.opencv import cv2


def main(folder: Path) -> None:
    source = SimulatedSource(make_script(students=9, seconds=60, seed=7), fps=1.0, width=1280, height=720)
    frames = [frame.image for _ in range(12) if (frame := source.read()) is not None]
    source.close()
    cv2.imwrite(str(folder / "class.png"), frames[0])
    with (folder / "camera.mjpeg").open("wb") as camera:
        for frame in frames:
            camera.write(cv2.imencode(".jpg", frame)[1].tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
