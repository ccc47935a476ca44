"""Writes what the browser tests watch into a folder: a frame of the simulated class as PNG, cameras as
MJPEG, and a recording as WebM.
"""

import sys
from pathlib import Path

from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image


def main(folder: Path) -> None:
    source = SimulatedSource(make_script(students=9, seconds=60, seed=7), fps=1.0, width=1280, height=720)
    frames = [frame.image for _ in range(12) if (frame := source.read()) is not None]
    source.close()
    cv2.imwrite(str(folder / "class.png"), frames[0])
    write_camera(folder / "camera.mjpeg", frames)
    write_recording(folder / "class.webm", frames)
    alone = SimulatedSource(make_script(students=1, seconds=60, seed=7), fps=30.0, width=640, height=360)
    write_camera(folder / "alone.mjpeg", [frame.image for _ in range(60) if (frame := alone.read()) is not None])
    alone.close()


def write_camera(path: Path, frames: list[Image]) -> None:
    """The frames as a camera of Chromium's fake device shows them, again and again."""
    with path.open("wb") as camera:
        for frame in frames:
            camera.write(cv2.imencode(".jpg", frame)[1].tobytes())


def write_recording(path: Path, frames: list[Image]) -> None:
    """The frames, one a second, in a file that every browser plays."""
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), 1.0, (width, height))
    if not writer.isOpened():
        raise RuntimeError("OpenCV cannot write VP8")
    for frame in frames:
        writer.write(frame)
    writer.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
