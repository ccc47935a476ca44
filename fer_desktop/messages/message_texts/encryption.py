"""Texts about encrypted lessons: their keys, and turning the encryption on and off."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.DATABASE_KEY_NEEDED: _T(
        mark(
            "the lessons in {database} are encrypted, and this computer's keyring does not have their key, or is "
            "locked; enter the password or the recovery key"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_KEY_WRONG: _T(
        mark(
            "this password or key does not open the lessons in {database}; try again. If you are sure of it, the file "
            "is damaged: put a copy of it back from a backup"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_BEING_CONVERTED: _T(
        mark("the lessons are just being encrypted, decrypted or given another key; wait until that is done")
    ),
    MessageKey.DATABASE_BUSY_TO_CONVERT: _T(
        mark("the lessons are in use at the moment, so nothing was changed; try again in a minute")
    ),
    MessageKey.DATABASE_NOT_CONVERTED: _T(
        mark(
            "the key of the lessons in {database} could not be changed completely ({reason}); the lessons are all "
            "there. Start the program again, and then try again"
        ),
        {"database": str, "reason": str},
    ),
    MessageKey.BACKUP_NOT_CONVERTED: _T(
        mark(
            "the older copy {path} cannot be read, so it would stay unencrypted; nothing was changed. Delete that file "
            "or move it away, and try again"
        ),
        {"path": str},
    ),
    MessageKey.COPY_DIFFERS: _T(
        mark("the new file {database} differs from the lessons it was made of, so nothing was changed; check the disk"),
        {"database": str},
    ),
    MessageKey.NO_SPACE_TO_CONVERT: _T(
        mark(
            "the disk has too little room for a second copy of the lessons, so nothing was changed; make room for "
            "{needed_mb} MB ({free_mb} MB are free)"
        ),
        {"needed_mb": int, "free_mb": int},
    ),
    MessageKey.SERVER_NOT_ENCRYPTED: _T(
        mark("these lessons are on a database server, which encrypts its disks itself; ask whoever runs it")
    ),
    MessageKey.RECORDING_WHILE_CONVERTING: _T(
        mark(
            "a lesson is being recorded, so nothing was changed; stop it first, and close other windows of the program"
        )
    ),
    MessageKey.ANALYSIS_WHILE_CONVERTING: _T(
        mark("a recording is being analysed, so nothing was changed; wait until that is done, or stop it")
    ),
    MessageKey.DATABASE_KEY_CHANGED: _T(
        mark(
            "the encryption of the lessons was turned on or off in another window or program; close this one and start "
            "it again"
        )
    ),
    MessageKey.NOT_ENCRYPTED: _T(mark("the lessons are not encrypted")),
    MessageKey.KEYRING_MISSING: _T(
        mark("this computer has no keyring that could keep the key safe; choose a password instead")
    ),
    MessageKey.KEYRING_UNUSABLE: _T(
        mark("the keyring of this computer cannot be used ({reason}); unlock it, or choose a password instead"),
        {"reason": str},
    ),
    MessageKey.KEY_FILE_UNREADABLE: _T(
        mark("the file with the key, {path}, cannot be read ({reason})"), {"path": str, "reason": str}
    ),
    MessageKey.PASSWORD_TOO_SHORT: _T(
        mark("the password is too short; take {letters} letters or more, such as four words"), {"letters": int}
    ),
}
