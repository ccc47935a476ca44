"""What the parts of the review window work with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from ui.ports import StorePort
from ui.review.session_page import SessionPage

T = TypeVar("T")


class Runner(Protocol):
    """Runs a call on a background thread and then `on_done` on the Qt thread; an error is shown instead.

    A new call of a `kind` discards the results of earlier ones.
    """

    def __call__(self, call: Callable[[], T], on_done: Callable[[T], None], *, kind: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """`window`: the parent of dialogs; `page`: of the open session."""

    window: QWidget
    page: SessionPage
    store: StorePort
    run: Runner
