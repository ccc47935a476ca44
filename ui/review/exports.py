"""Exports the session that is shown: asks what, writes it on a background thread, as a long lesson takes seconds."""

from collections.abc import Callable
from functools import partial

from fer_desktop.storage.values import StudentSummary
from fer_desktop.types import ExportPart
from ui.background import BackgroundCalls
from ui.export.export_dialog import ExportDialog, ExportRequest
from ui.language import tr
from ui.ports import ExportFunction
from ui.review.context import ReviewContext
from ui.review.done_banner import DoneBanner


class SessionExports:
    """Carries out the requests of the page. `failed(error)` is called with why a file could not be written."""

    def __init__(
        self, context: ReviewContext, export: ExportFunction, *, done: DoneBanner, failed: Callable[[Exception], None]
    ) -> None:
        self._context = context
        self._export = export
        self._done = done
        self._failed = failed
        self._calls = BackgroundCalls(context.window)
        context.page.export_requested.connect(self._ask)

    @property
    def busy(self) -> bool:
        """Whether a file is being written."""
        return self._calls.busy

    def write(self, request: ExportRequest) -> None:
        """Writes a file, which can be opened then."""
        self._done.show_message(tr("Writing {path}…", path=request.path), busy=True)
        self._calls.run(
            partial(request.carry_out, self._export),
            on_done=lambda _: self._done.show_saved(request.path),
            on_failed=self._report,
        )

    def wait(self) -> list[Exception]:
        """Blocks until the files are written. Returns why some could not be."""
        if self.busy:
            self._done.show_message(None)
        return self._calls.wait()

    def _ask(self, student: StudentSummary | None, part: ExportPart) -> None:
        summary = self._context.page.summary
        if summary is not None:
            dialog = ExportDialog(self._context.window, summary, student, part=part)
            dialog.requested.connect(self.write)
            dialog.open()

    def _report(self, error: Exception) -> None:
        self._done.show_message(None)
        self._failed(error)
