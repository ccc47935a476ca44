"""One root for every error that we expect; its text says what is wrong and what to do."""


class FerDesktopError(Exception):
    """The root. Command line: one line on stderr and exit 2. Window: a message, never a traceback."""


class SettingsError(FerDesktopError):
    """A setting or an argument has no meaning here."""


class SourceError(FerDesktopError):
    """A source (screen region, video, picture, camera) cannot be opened or read."""


class CaptureLostError(SourceError):
    """The watched region is gone for now: window closed, monitor removed, display gone."""


class ModelError(FerDesktopError):
    """A model file is missing, damaged or not the one that its card describes."""


class StorageError(FerDesktopError):
    """The database cannot be opened, read or written."""


class DataError(FerDesktopError):
    """A data set is missing, empty or has bad rows."""


class DisplayError(FerDesktopError):
    """There is no display to show a window on, or to capture."""
