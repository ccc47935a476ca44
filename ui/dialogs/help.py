"""The help of the live window's menu."""

from collections.abc import Callable

from fer_desktop.errors import FerDesktopError
from fer_desktop.expression.figures import ModelSummary
from ui.dialogs.about_dialog import make_about_dialog
from ui.dialogs.accuracy_dialog import AccuracyDialog
from ui.dialogs.base import make_message_dialog
from ui.dialogs.user_guide import make_user_guide
from ui.language import tr
from ui.live.live_window import LiveWindow
from ui.words import as_sentence


def connect_help(live: LiveWindow, read_model_summary: Callable[[], ModelSummary]) -> None:
    """Opens the guide, the accuracy and the version on request."""
    live.shared_actions.user_guide.triggered.connect(lambda: make_user_guide(live).show())
    live.accuracy_requested.connect(lambda: _open_accuracy(live, read_model_summary))
    live.about_requested.connect(lambda: make_about_dialog(live).open())


def _open_accuracy(live: LiveWindow, read_model_summary: Callable[[], ModelSummary]) -> None:
    """The accuracy of the expressions, or the error that the model card could not be read."""
    try:
        AccuracyDialog(live, read_model_summary()).open()
    except FerDesktopError as error:
        make_message_dialog(live, title=tr("How accurate is this?"), about=as_sentence(error.message)).open()
