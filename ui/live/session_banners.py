"""The messages above the content of the live window."""

from PySide6.QtWidgets import QVBoxLayout

from fer_desktop.messages import Message
from ui.language import tr
from ui.live.attached_session import SessionStatus
from ui.live.class_flag import ClassFlag
from ui.widgets.banner import Banner
from ui.words import as_sentence


class SessionBanners(QVBoxLayout):
    """Fault, notice, unexpected problem, flag of the class and law line, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = Banner("danger", name=tr("Problem"), action=tr("Restart"))
        self.notice = Banner("warning", name=tr("Notice"))
        self.unexpected = Banner("warning", name=tr("Unexpected problem"))
        self.class_flag = ClassFlag()
        self.law = Banner("info", name=tr("Country"))
        self.setContentsMargins(12, 0, 12, 0)
        self.setSpacing(0)
        for banner in self._all():
            self.addWidget(banner)

    def hide_all(self) -> None:
        """Hides all banners."""
        for banner in self._all():
            banner.show_message(None)

    def show_status(self, status: SessionStatus, empty_help: str | None) -> None:
        """The fault, or else the notice, or else `empty_help`: what to do when nobody is visible."""
        self.fault.button.setEnabled(True)
        self.fault.show_message(as_sentence(status.fault) if status.fault else None)
        notice = as_sentence(status.notice) if status.notice else empty_help
        self.notice.show_message(None if status.fault else notice)

    def show_notice(self, notice: Message | None) -> None:
        """The notice of a session that is being saved; the fault, if there is one, stays."""
        if notice is not None:
            self.notice.show_message(as_sentence(notice))

    def _all(self) -> tuple[Banner, ...]:
        return self.fault, self.notice, self.unexpected, self.class_flag, self.law
