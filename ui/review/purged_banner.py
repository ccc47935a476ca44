"""The banner that offers to restore lessons that were deleted because of their age."""

from collections.abc import Sequence

from fer_desktop.storage.purging import RESTORABLE_FOR
from fer_desktop.storage.values import SessionSummary
from ui.language import current_language, tr, tr_count
from ui.widgets.banner import Banner


class PurgedBanner(Banner):
    """Visible while there are such lessons."""

    def __init__(self) -> None:
        super().__init__("info", name=tr("Old lessons"), action=tr("Restore"))

    def show_sessions(self, sessions: Sequence[SessionSummary]) -> None:
        """Which lessons they are, and until when they can be restored."""
        self.button.setEnabled(True)
        times = [each.purged_at for each in sessions if each.purged_at is not None]
        if not times:
            self.show_message(None)
            return
        language = current_language()
        words = tr_count(
            "{n} old lesson was deleted, of {first}. It can be restored until {until}.",
            "{n} old lessons were deleted, from {first} to {last}. They can be restored until {until}.",
            len(sessions),
            first=language.day(sessions[-1].local_time()),
            last=language.day(sessions[0].local_time()),
            until=language.day((min(times) + RESTORABLE_FOR).astimezone()),
        )
        self.show_message(words)
