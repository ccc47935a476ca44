"""The expected errors, under one root. The text of each says what is wrong and what to do."""

from fer_desktop.messages import ENGLISH, Message, literal


class FerDesktopError(Exception):
    """Any expected error. Command line: one line on stderr and exit code 2. Window: a message, never a traceback.

    `str()` of it is English; `message` is what a window renders in its own language.
    """

    def __init__(self, message: Message | str) -> None:
        """`message`: what is wrong and what to do; words without a key are the same in every language."""
        self.message = literal(message) if isinstance(message, str) else message
        super().__init__(ENGLISH.render(self.message))

    def __reduce__(self) -> tuple[type["FerDesktopError"], tuple[Message]]:
        """Between processes it keeps its message, which can still be rendered in any language."""
        return type(self), (self.message,)


class SettingsError(FerDesktopError):
    """A setting or an argument is invalid."""


class SourceError(FerDesktopError):
    """A source (screen region, video, picture, camera) cannot be opened or read."""


class CaptureLostError(SourceError):
    """The source shows nothing for now, but may again: window closed, monitor removed, display gone."""


class DisplayLostError(CaptureLostError):
    """The screen itself cannot be captured for now: a monitor is unplugged, the session is locked, the display gone."""


class SessionInterruptedError(FerDesktopError):
    """A session ended before it was stopped; what was recorded until then is kept."""


class ModelError(FerDesktopError):
    """A model file is missing, damaged, or differs from its model card."""


class NotInstalledError(FerDesktopError):
    """A package is needed that this installation leaves out."""


class StorageError(FerDesktopError):
    """The database cannot be opened, read or written."""


class KeyNeededError(StorageError):
    """The database is encrypted, and no key was found for it, or a wrong one."""


class DataError(FerDesktopError):
    """A data set is missing, empty or has invalid rows."""


class DisplayError(FerDesktopError):
    """There is no display to open a window on, or to capture."""
