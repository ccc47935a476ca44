"""Shows the lessons that are older than the settings allow, before they are deleted."""

from PySide6.QtWidgets import QWidget

from fer_desktop.storage.retention import Clock, ExpiredSessions
from ui.dialogs.base import Dialog, make_confirmation_dialog, make_message_dialog
from ui.language import current_language, tr, tr_count
from ui.words import describe_server_copies


def make_retention_dialog(
    parent: QWidget, expired: ExpiredSessions, days: int, *, on_server: bool = False
) -> Dialog | None:
    """`accepted`: delete them. None without such lessons; a message alone where the clock cannot be right."""
    if not expired.sessions:
        return None
    language = current_language()
    today = language.day(expired.now.astimezone())
    if expired.clock is Clock.BEHIND:
        about = tr("It says {today}, but a lesson here is newer. Set the clock right.", today=today)
        return make_message_dialog(parent, title=tr("The clock of this computer is wrong"), about=about)
    about = tr(
        "Your settings keep lessons for {days} days. These are older: from {first} to {last}. For a week you can "
        "restore them in the review; then they are erased for good.",
        days=days,
        first=language.day(expired.sessions[-1].local_time()),
        last=language.day(expired.sessions[0].local_time()),
    )
    if expired.clock is Clock.AHEAD:
        about += " " + tr(
            "The clock says {today}, more than a month after your last lesson: delete them only if that is right.",
            today=today,
        )
    about += describe_server_copies(on_server)
    title = tr_count("Delete {n} old lesson?", "Delete {n} old lessons?", len(expired.sessions))
    return make_confirmation_dialog(parent, title=title, about=about, action=tr("Delete"))
