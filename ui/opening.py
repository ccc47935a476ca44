"""Opens the lessons before there is a window: asks for a password, shows why it fails, offers help for a damaged file.

A program started from a menu has no terminal.
"""

from functools import partial

from fer_desktop.encryption.key import read_key
from fer_desktop.encryption.key_sources import KeySource, find_key
from fer_desktop.errors import KeyNeededError, StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.copies import connect_copies
from fer_desktop.storage.database_url import database_name
from fer_desktop.storage.store import Store, open_store
from ui.application import has_screen, run_dialog, show_message_and_wait
from ui.dialogs.backups_dialog import BackupsDialog
from ui.language import tr
from ui.protection.unlock_dialog import UnlockDialog
from ui.words import as_sentence


def name_lessons(url: str | None) -> str:
    """The name of the store that `open_store_or_offer_help` opens. Raises `StorageError` once the user has seen why."""
    try:
        return database_name(url)
    except StorageError as error:
        _show_unopened(error)
        raise


def open_store_or_offer_help(url: str | None) -> Store:
    """The store of a URL, a file or the default (None). Raises `StorageError` once the user has seen why."""
    try:
        return open_store(url)
    except KeyNeededError as error:
        return _unlock_store(url, error)
    except StorageError as error:
        return _repair_store(url, error, find_key)


def _unlock_store(url: str | None, error: KeyNeededError) -> Store:
    """Asks for the password until it is right, or the user gives up: then `error` is raised."""
    while has_screen():
        dialog = UnlockDialog(None, error.message)
        line = dialog.line
        texts: list[str] = []
        dialog.accepted.connect(lambda line=line, texts=texts: texts.append(line.text()))
        if not run_dialog(dialog):
            break
        read = partial(read_key, texts[0])
        try:
            return open_store(url, read)
        except KeyNeededError as again:
            error = again
        except StorageError as again:
            return _repair_store(url, again, read)
    raise error


def _repair_store(url: str | None, error: StorageError, keys: KeySource) -> Store:
    """Offers the backups of a damaged file, and what can be read of it; raises `error` where none is put back."""
    if error.message.key is not MessageKey.DATABASE_DAMAGED or not has_screen():
        _show_unopened(error)
        raise error
    with connect_copies(url, keys) as copies:
        restored: list[bool] = []
        dialog = BackupsDialog(None, copies, opened=False)
        dialog.restored.connect(lambda: restored.append(True))
        run_dialog(dialog)
    if not restored:
        raise error
    return open_store(url, keys)


def _show_unopened(error: StorageError) -> None:
    show_message_and_wait(tr("The lessons cannot be opened"), as_sentence(error.message))
