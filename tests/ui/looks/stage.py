"""What scenes are made with: a window for as long as its picture is taken, and waiting for what comes from threads."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

WAIT_LIMIT_S: Final = 20.0
_SLICE_MS: Final = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """`play` gives the window to draw, shown and ready; whatever it started has ended when the context is left."""

    play: Callable[[], AbstractContextManager[QWidget]]
    text_size: str = "normal"


def still(make: Callable[[], QWidget]) -> Scene:
    """A window that needs no more than to be made."""
    return Scene(lambda: on_stage(make()))


@contextmanager
def on_stage(window: QWidget) -> Iterator[QWidget]:
    """Shows the window, and closes and deletes it afterwards."""
    window.show()
    try:
        yield window
    finally:
        if shiboken6.isValid(window):
            window.close()
        if shiboken6.isValid(window):
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle() -> None:
    """Until layouts stand: wrapped texts and scroll bars take some rounds."""
    for _ in range(4):
        QApplication.processEvents()


def wait_until(ready: Callable[[], bool]) -> None:
    """Lets the windows work until `ready`; raises `TimeoutError` after `WAIT_LIMIT_S`."""
    loop = QEventLoop()
    give_up_at_s = time.monotonic() + WAIT_LIMIT_S
    while not ready():
        if time.monotonic() > give_up_at_s:
            raise TimeoutError(f"a scene was not ready after {WAIT_LIMIT_S:.0f} s")
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _SLICE_MS)
    settle()
