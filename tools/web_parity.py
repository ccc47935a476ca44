"""Measures how the web app's engine follows students against the desktop's own output: IDF1 over whole videos.

    PYTHONPATH=. .venv/bin/python tools/web_parity.py VIDEO...

Both read the same pixels, two frames a second; the web app's engine runs in Node.js (`web/tests/parity`). Prints, for
tiles and for faces, the IDF1 of what the web app's students cover of the desktop's, after both have settled who was in
view only briefly. Ends with 1 where one is below the bar. Takes some minutes a video.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fer_desktop.app import build_analyzer
from fer_desktop.bench.gallery.identity import IdentityCounter
from fer_desktop.bench.gallery.matching import SAME_TILE_IOU, tile_overlaps
from fer_desktop.capture.video import VideoSource
from fer_desktop.errors import FerDesktopError
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Frame, FrameResult

ROOT: Final = Path(__file__).resolve().parent.parent
_READ_FPS: Final = 2.0
"""Of recordings, by the web app (`VIDEO_STEP_S` of `web/src/capture/files.ts`)."""
_BAR: Final = 0.99
_KINDS: Final = ("tiles", "faces")

Found = tuple[float, float, float, float, int | None]
"""Left, top, width and height of a tile or face, and whose it is."""
Output = Mapping[str, Any]
"""`frames`: of each its `tiles` and `faces`, as `Found`. `settled`: pairs of numbers, joined or (null) dropped."""


def read_on_desktop(video: Path, folder: Path) -> Output:
    """What the desktop reads of the video. Leaves the pixels of each frame, and `frames.json`, in the folder."""
    analyzer = build_analyzer(None, None)
    frames, times, size = [], [], (0, 0)
    for frame in _play(video):
        height, width = frame.image.shape[:2]
        size = (width, height)
        (folder / f"{frame.index:05}.rgba").write_bytes(cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGBA).tobytes())
        times.append(frame.captured_at_s)
        frames.append(_describe(analyzer.process(frame)))
    settled = [(each.student, each.into) for each in analyzer.settle()]
    analyzer.close()
    (folder / "frames.json").write_text(json.dumps({"width": size[0], "height": size[1], "times": times}))
    return {"frames": frames, "settled": settled}


def read_in_web_app(folder: Path) -> Output:
    """What the web app's engine reads of the frames in the folder. Raises `SystemExit` where it fails."""
    command = ["tools/with_node.sh", "npx", "vitest", "run", "--config", "vitest.parity.config.ts"]
    run = subprocess.run(["env", f"PARITY={folder}", *command], cwd=ROOT, text=True, capture_output=True, check=False)
    if run.returncode:
        raise SystemExit(f"the web app's engine failed (is `make web-setup` done?):\n{run.stdout}{run.stderr}")
    output: Output = json.loads((folder / "web.json").read_text())
    return output


def measure(kind: str, desktop: Output, web: Output) -> float:
    """IDF1 of the web app's numbers against the desktop's."""
    ours, theirs = _numbers(web), _numbers(desktop)
    counter = IdentityCounter()
    for found, true in zip(web["frames"], desktop["frames"], strict=True):
        boxes, identities = _split(found[kind], ours)
        true_boxes, students = _split(true[kind], theirs)
        overlaps = tile_overlaps(boxes, true_boxes, above=SAME_TILE_IOU)
        counter.add(overlaps, identities=identities, students=students)
    return counter.score().idf1


def _play(video: Path) -> Iterator[Frame]:
    source = VideoSource(video, fps=_READ_FPS)
    source.open()
    try:
        while (frame := source.read()) is not None:
            yield frame
    finally:
        source.close()


def _describe(result: FrameResult) -> dict[str, list[Found]]:
    tiles = [(*_corner_and_size(each.tile.box), each.student) for each in result.tiles]
    faces = [(*_corner_and_size(each.face.box), each.student) for each in result.faces]
    return {"tiles": tiles, "faces": faces}


def _corner_and_size(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height


def _numbers(output: Output) -> Callable[[int | None], int | None]:
    """Of a number, whose it is in the end; None where it was dropped."""
    settled: dict[int, int | None] = dict(output["settled"])

    def current(student: int | None) -> int | None:
        while student in settled:
            student = settled[student]
        return student

    return current


def _split(found: Sequence[Found], current: Callable[[int | None], int | None]) -> tuple[list[Box], list[int]]:
    """The boxes that are somebody's, and whose."""
    known = [(Box(*box), student) for *box, number in found if (student := current(number)) is not None]
    return [box for box, _ in known], [student for _, student in known]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("videos", nargs="+", type=Path, metavar="VIDEO")
    worst = 1.0
    for video in parser.parse_args().videos:
        with tempfile.TemporaryDirectory() as folder:
            desktop = read_on_desktop(video, Path(folder))
            web = read_in_web_app(Path(folder))
        scores = {kind: measure(kind, desktop, web) for kind in _KINDS}
        pairs = list(zip(desktop["frames"], web["frames"], strict=True))
        same = sum(
            [tile[:4] for tile in one["tiles"]] == [tuple(tile[:4]) for tile in two["tiles"]] for one, two in pairs
        )
        shares = ", ".join(f"{kind} {score:.4f}" for kind, score in scores.items())
        sys.stdout.write(f"{video.name}: IDF1 of {shares}; {same} of {len(pairs)} frames have equal tiles\n")
        worst = min(worst, *scores.values())
    return 0 if worst >= _BAR else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FerDesktopError as error:
        sys.exit(f"{error}")
