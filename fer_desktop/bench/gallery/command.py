"""`bench-gallery`: how well galleries are read, on rendered scenes and screenshots from outside the project."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command

if TYPE_CHECKING:
    from fer_desktop.bench.gallery.rows import Row

_SECTIONS: Final = ("faces", "hard", "screens", "names", "identity", "time")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--scenes", type=Path, required=True, metavar="FOLDER", help="holds tools/gallery_sim.py and data/faces"
    )
    parser.add_argument("--only", nargs="+", choices=_SECTIONS, default=_SECTIONS, help="measure these parts alone")
    parser.add_argument("--quick", action="store_true", help="one seed instead of three, 30 s instead of 3 minutes")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep what is rendered there, for the next time")
    parser.add_argument(
        "--draw", type=Path, metavar="FOLDER", help="draw boxes, names and students into pictures there"
    )
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")


def _run(arguments: Namespace) -> int:
    from fer_desktop.bench.console import show_progress
    from fer_desktop.bench.gallery.drawing import Drawer
    from fer_desktop.bench.gallery.scenes import open_scene_folder
    from fer_desktop.bench.gallery.stills import StillBench
    from fer_desktop.bench.gallery.table import describe_row, print_rows
    from fer_desktop.bench.gallery.videos import VideoBench

    drawer = Drawer(arguments.draw)
    rows: list[Row] = []
    with open_scene_folder(arguments.scenes, arguments.keep) as folder, show_progress() as show:

        def on_progress(measured: str) -> None:
            show(f"Measuring {measured}")

        stills = StillBench(folder, drawer, quick=arguments.quick, on_progress=on_progress)
        videos = VideoBench(folder, drawer, quick=arguments.quick, on_progress=on_progress)
        measures: dict[str, Callable[[], list[Row]]] = {
            "faces": stills.measure_faces,
            "hard": stills.measure_hard,
            "screens": stills.measure_screens,
            "names": stills.measure_names,
            "identity": videos.measure_identity,
            "time": videos.measure_time,
        }
        for section in _SECTIONS:
            if section in arguments.only:
                rows += measures[section]()
    if arguments.json:
        sys.stdout.write(json.dumps([describe_row(row) for row in rows], ensure_ascii=False) + "\n")
    else:
        print_rows(rows)
    return 0


BENCH_GALLERY: Final = Command(
    "bench-gallery", "Measure how well call windows are read, on rendered scenes", _add_arguments, _run
)
