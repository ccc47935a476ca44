"""Draws the windows as `variants.py` lists them: `python -m tests.ui.looks.render FOLDER`.

One process draws all pictures of one screen, as Qt reads the scale factor and the system's text size at its start.
`--small` keeps them as they are compared: at half the windows' logical size, so that all scales share a reference.
`--references` writes the references again.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.looks.compare import FONTS, REFERENCES, shrink, write_reference, write_small
from tests.ui.looks.scenes import SCENES
from tests.ui.looks.stage import settle
from tests.ui.looks.variants import DRAWN_ONLY, LOOKS, SCREENS, Look, Screen
from ui.application import make_application
from ui.language import use_language
from ui.theme import apply_theme

_STEADY: Final = {
    # The same words and days on every computer.
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "en",
    # A screen that is large enough for every window at every scale.
    "QT_QPA_PLATFORM": f"offscreen:configfile={Path(__file__).parent / 'screen.json'}",
    # Not what this platform has no use for, as raising a window.
    "QT_LOGGING_RULES": "qt.qpa.*=false;qt.text.font.db=false",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", help="for the pictures in full size")
    parser.add_argument("--small", type=Path, metavar="FOLDER", help="for the pictures as they are compared")
    parser.add_argument("--references", action="store_true", help="write the references again")
    parser.add_argument("--screen", choices=list(SCREENS), default="plain")
    parser.add_argument("--only", nargs="+", metavar="SCENE", choices=sorted(SCENES), default=list(SCENES))
    arguments = parser.parse_args()
    for folder in (arguments.folder, arguments.small, REFERENCES):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    if arguments.references:
        _remove_stale_references()
    screen = SCREENS[arguments.screen]
    looks = [look for look in (*LOOKS, *DRAWN_ONLY) if look.variant.screen == screen and look.scene in arguments.only]
    for look, picture in draw(looks, start_application(screen)):
        if arguments.folder is not None:
            picture.save(str(arguments.folder / f"{look.name}.png"))
        if arguments.small is not None:
            write_small(arguments.small / look.name, shrink(picture))
        if arguments.references and look in LOOKS:
            write_reference(look.name, shrink(picture))
    return 0


def _remove_stale_references() -> None:
    names = {look.name for look in LOOKS}
    for path in REFERENCES.glob("*.webp"):
        if path.stem not in names:
            path.unlink()


def draw(looks: Iterable[Look], application: QApplication) -> Iterator[tuple[Look, QImage]]:
    """Each look's picture. A scene is played once a language: its themes are changed while the window is open."""
    ordered = sorted(looks, key=lambda look: (look.variant.language, look.scene, look.variant.theme != "light"))
    for (language, scene), group in groupby(ordered, key=lambda look: (look.variant.language, look.scene)):
        same_scene = list(group)
        use_language(language)
        apply_theme(application, "light", text_size=same_scene[0].text_size)
        with SCENES[scene].play() as window:
            for look in same_scene:
                apply_theme(application, look.variant.theme, text_size=look.text_size)
                settle()
                yield look, window.grab().toImage()


def start_application(screen: Screen) -> QApplication:
    """With its font set before the themes take its size from it."""
    os.environ |= _STEADY | {"QT_SCALE_FACTOR": screen.scale}
    if sys.platform != "win32":
        time.tzset()
    application = QApplication(sys.argv[:1])
    application.setCursorFlashTime(0)
    font = QFont(list(FONTS))
    font.setPointSizeF(screen.points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that a text is as wide at every scale
    application.setFont(font)
    return make_application(theme="light")


if __name__ == "__main__":
    sys.exit(main())
