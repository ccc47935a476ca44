"""Draws the program's icon in the sizes and formats of all systems: `draw_icons.py ICON.svg FOLDER`."""

import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES_PX: Final = (16, 24, 32, 48, 64, 128, 256, 512)


def draw_icons(source: Path, folder: Path) -> None:
    """Writes one PNG a size, an .ico for Windows and an .icns for macOS."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(source))
    for size in SIZES_PX:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(folder / f"{size}.png"))
    with Image.open(folder / "512.png") as largest:
        largest.save(folder / "fer-desktop.ico", sizes=[(size, size) for size in SIZES_PX if size <= 256])
        largest.save(folder / "fer-desktop.icns")


if __name__ == "__main__":
    draw_icons(Path(sys.argv[1]), Path(sys.argv[2]))
