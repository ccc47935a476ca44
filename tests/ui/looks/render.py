"""Draws every window in both themes and both languages: `python -m tests.ui.looks.render FOLDER`.

A program of its own, as the scale factor of a screen (`QT_SCALE_FACTOR`) counts from a process's start. `--small` keeps
them as they are compared, at half the windows' logical size whatever the scale, so that all scales have one reference.
`--references` writes those anew.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.looks.compare import FONTS, LANGUAGES, REFERENCES, THEMES, shrink, write_reference, write_small
from tests.ui.looks.scenes import SCENES
from tests.ui.looks.stage import Scene, settle
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
}
_POINTS: Final = 10.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", help="for the pictures as they are")
    parser.add_argument("--small", type=Path, metavar="FOLDER", help="for the pictures as they are compared")
    parser.add_argument("--references", action="store_true", help="write the references anew")
    parser.add_argument("--only", nargs="+", metavar="SCENE", choices=sorted(SCENES), default=list(SCENES))
    arguments = parser.parse_args()
    folders = [folder for folder in (arguments.folder, arguments.small) if folder is not None]
    for folder in [*folders, REFERENCES]:
        folder.mkdir(parents=True, exist_ok=True)
    if arguments.references and len(arguments.only) == len(SCENES):
        for path in REFERENCES.glob("*.webp"):
            path.unlink()
    application = start_application()
    for language in LANGUAGES:
        use_language(application, language)
        for scene in arguments.only:
            for theme, picture in draw(SCENES[scene], application):
                name = f"{scene}-{theme}-{language}"
                if arguments.folder is not None:
                    picture.save(str(arguments.folder / f"{name}.png"))
                if arguments.small is not None:
                    write_small(arguments.small / name, shrink(picture))
                if arguments.references:
                    write_reference(name, shrink(picture))
    return 0


def draw(scene: Scene, application: QApplication) -> Iterator[tuple[str, QImage]]:
    """The scene in each theme. It is played once, as a window changes its theme while it is open."""
    apply_theme(application, THEMES[0], text_size=scene.text_size)
    with scene.play() as window:
        for theme in THEMES:
            apply_theme(application, theme, text_size=scene.text_size)
            settle()
            yield theme, window.grab().toImage()


def start_application() -> QApplication:
    """With its font set before the themes take its size from it."""
    os.environ |= _STEADY
    if sys.platform != "win32":
        time.tzset()
    application = QApplication(sys.argv[:1])
    application.setCursorFlashTime(0)
    font = QFont(list(FONTS))
    font.setPointSizeF(_POINTS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # so that a text is as wide at every scale
    application.setFont(font)
    return make_application(theme="light")


if __name__ == "__main__":
    sys.exit(main())
