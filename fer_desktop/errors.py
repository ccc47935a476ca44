"""The expected errors, under one root. The text of each says what is wrong and what to do."""


class FerDesktopError(Exception):
    """Any expected error. Command line: one line on stderr and exit code 2. Window: a message, never a traceback."""


class SettingsError(FerDesktopError):
    """A setting or an argument is invalid."""


class SourceError(FerDesktopError):
    """A source (screen region, video, picture, camera) cannot be opened or read."""


class CaptureLostError(SourceError):
    """The source shows nothing for now, but may again: window closed, monitor removed, display gone."""


class ModelError(FerDesktopError):
    """A model file is missing, damaged, or differs from its model card."""


class StorageError(FerDesktopError):
    """The database cannot be opened, read or written."""


class DataError(FerDesktopError):
    """A data set is missing, empty or has invalid rows."""


class DisplayError(FerDesktopError):
    """There is no display to open a window on, or to capture."""
