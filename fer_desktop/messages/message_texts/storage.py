"""Texts of what cannot be stored, read or changed, and why."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.DATABASE_LOCKED: _T(
        mark("the database {database} is locked by another program; close that program, or wait, and try again"),
        {"database": str},
    ),
    MessageKey.DATABASE_DISK_FULL: _T(
        mark("the disk is full, so the database {database} cannot grow; make room. What was written before is kept"),
        {"database": str},
    ),
    MessageKey.DATABASE_DISK_UNREADABLE: _T(
        mark(
            "the disk refuses to read or write the database {database}; check that it is connected and has room. What "
            "was written before is kept"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_DAMAGED: _T(
        mark(
            "the database {database} is damaged, so nothing is written into it any more. Put back a backup "
            "(`fer-desktop restore`), or save what can be read of it (`fer-desktop salvage`)"
        ),
        {"database": str},
    ),
    MessageKey.NOT_A_DATABASE: _T(
        mark(
            "the file {database} is not a database; nothing was changed. Put back a backup (`fer-desktop restore`), "
            "or name another file"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_UNWRITABLE: _T(
        mark(
            "the database {database} cannot be opened for writing; allow writing in its folder, or name another place "
            "with --db or in the settings"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_NOT_CREATED: _T(
        mark(
            "the database {database} cannot be opened for writing; allow writing in its folder, or name another place "
            "with --db or in the settings ({reason})"
        ),
        {"database": str, "reason": str},
    ),
    MessageKey.DATABASE_FOLDER_MISSING: _T(
        mark("the folder {path} does not exist; create it or name another place"), {"path": str}
    ),
    MessageKey.DATABASE_UNUSABLE: _T(
        mark("the database {database} cannot be used: {reason}"), {"database": str, "reason": str}
    ),
    MessageKey.DATABASE_IN_MEMORY: _T(
        mark("a database in memory would be lost; name a file: sqlite:////home/you/lessons.sqlite")
    ),
    MessageKey.DATABASE_URL_MALFORMED: _T(
        mark("that is not a database URL; name a file, or write a URL such as postgresql://user@host:5432/lessons")
    ),
    MessageKey.DATABASE_URL_REJECTED: _T(
        mark("the database {database} cannot be opened: its URL asks for what its driver does not know ({reason})"),
        {"database": str, "reason": str},
    ),
    MessageKey.DATABASE_DRIVER_MISSING: _T(
        mark("no driver is installed for {driver} databases ({reason}); install it"), {"driver": str, "reason": str}
    ),
    MessageKey.DATABASE_BUSY: _T(
        mark("the database {database} is busy; wait a moment and try again"), {"database": str}
    ),
    MessageKey.DATABASE_CONNECTIONS_TAKEN: _T(
        mark(
            "the server of the database {database} takes no more connections at the moment; wait and try again, or ask "
            "its administrator for more"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_PASSWORD_WRONG: _T(
        mark(
            "the server of the database {database} refuses the name or the password; check both, or ask its "
            "administrator"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_NOT_ON_SERVER: _T(
        mark("there is no database {database} on its server; check the name, or ask its administrator"),
        {"database": str},
    ),
    MessageKey.DATABASE_SERVER_UNREACHABLE: _T(
        mark(
            "the server of the database {database} does not answer; check the network, or wait until the server is "
            "back ({reason})"
        ),
        {"database": str, "reason": str},
    ),
    MessageKey.DATABASE_RIGHTS_MISSING: _T(
        mark(
            "your name on the server has no right to do this in the database {database}; ask its administrator "
            "({reason})"
        ),
        {"database": str, "reason": str},
    ),
    MessageKey.DATABASE_NOT_ENCRYPTED: _T(
        mark(
            "there is no encrypted connection to the database {database}; ask its administrator how to connect "
            "({reason})"
        ),
        {"database": str, "reason": str},
    ),
    MessageKey.DATABASE_NOT_UNICODE: _T(
        mark("the database {database} cannot store all names; ask its administrator for one with the encoding UTF8"),
        {"database": str},
    ),
    MessageKey.DEPARTMENT_NEEDS_SERVER: _T(
        mark("the database {database} is a file; a department needs a PostgreSQL database"), {"database": str}
    ),
    MessageKey.NO_DEPARTMENT: _T(
        mark(
            "no department was set up in the database {database}; its administrator does that with `fer-desktop "
            "department setup`"
        ),
        {"database": str},
    ),
    MessageKey.ROLE_NAME_REFUSED: _T(
        mark("{name} cannot be a name on the server; use small letters a to z, digits and _, a letter first"),
        {"name": str},
    ),
    MessageKey.DATABASE_OF_OTHER_PROGRAM: _T(
        mark("the database {database} belongs to another program; name another place"), {"database": str}
    ),
    MessageKey.DATABASE_OF_NEWER_VERSION: _T(
        mark(
            "the database {database} was written by a newer version of FER Desktop; it was not changed. Update FER "
            "Desktop, or name another database"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_NOT_BACKED_UP: _T(
        mark(
            "the database {database} cannot be copied to {path} before its upgrade ({reason}); nothing was changed. "
            "Allow writing in its folder, make room, or remove what is in the copy's place"
        ),
        {"database": str, "path": str, "reason": str},
    ),
    MessageKey.DATABASE_REPLACED: _T(
        mark(
            "the database {database} was deleted, moved or replaced while the lesson was recorded, so nothing is "
            "written into it. The lesson is kept in a rescue file, and is among your lessons after the next start"
        ),
        {"database": str},
    ),
    MessageKey.DATABASE_STOPPED_ACCEPTING: _T(
        mark("the database has not taken anything for too long, so recording stopped")
    ),
    MessageKey.DATABASE_BLOCKED_TOO_LONG: _T(
        mark("the database has not taken anything for too long, so recording stopped ({error})"), {"error": object}
    ),
    MessageKey.NUMBER_TOO_LARGE: _T(mark("there is no number so large in a database; name the number that is meant")),
    MessageKey.LAST_SECONDS_LOST: _T(mark("the last seconds are not stored: {error}"), {"error": object}),
    MessageKey.WRITER_FAILED: _T(
        mark("recording stopped by an error in the program ({error}); restart it"), {"error": str}
    ),
    MessageKey.LOCK_FILE_NOT_MADE: _T(
        mark(
            "the lock file {path} cannot be made ({reason}); allow writing in its folder, or remove what is in its "
            "place"
        ),
        {"path": str, "reason": str},
    ),
    MessageKey.ERASURE_PENDING: _T(
        mark(
            "it is deleted, but another program is reading the database: its last traces are overwritten when that "
            "ends, or at the next start"
        ),
        {},
    ),
    MessageKey.DATABASE_NOT_ANSWERING: _T(
        mark("the database {database} does not answer: its disk, or the network to it, is slow"), {"database": str}
    ),
    MessageKey.RESCUE_FILE_UNREADABLE: _T(mark("a rescue file cannot be read again ({reason})"), {"reason": str}),
    MessageKey.RESCUE_FILE_UNCHANGED: _T(
        mark(
            "nothing was changed: a part of this lesson is in the rescue file {path}, which cannot be changed with it "
            "({reason}); delete that file if you can do without this part, and try again"
        ),
        {"path": str, "reason": str},
    ),
    MessageKey.RESCUE_FILE_NOT_REMOVED: _T(
        mark(
            "it is deleted, but the rescue file {path}, which holds a part of it, cannot be removed ({reason}); delete "
            "that file yourself"
        ),
        {"path": str, "reason": str},
    ),
    MessageKey.UNFINISHED_NOT_REMOVED: _T(
        mark("an unfinished analysis in {path} could not be removed ({reason}): delete that folder yourself"),
        {"path": str, "reason": str},
    ),
    MessageKey.BACKUP_NOT_REMOVED: _T(
        mark(
            "it is deleted, but the older copy {path}, which may still hold it, cannot be removed ({reason}); delete "
            "that file yourself"
        ),
        {"path": str, "reason": str},
    ),
    MessageKey.DELETED_ROWS_REMAIN: _T(
        mark(
            "it is deleted, but the server of {database} may still have it in its files, as somebody else is using or "
            "owns them; its administrator removes it with VACUUM FULL"
        ),
        {"database": str},
    ),
    MessageKey.BACKUP_NOT_MADE: _T(
        mark(
            "the copy {path} cannot be made ({reason}); check that its folder can be written and has room, and try "
            "again"
        ),
        {"path": str, "reason": str},
    ),
    MessageKey.BACKUP_WITHOUT_ROOM: _T(
        mark("there is no room for a backup in {path}: {free_mb} MB are free; make room, and try again"),
        {"path": str, "free_mb": int},
    ),
    MessageKey.BACKUP_OF_SERVER: _T(
        mark("{database} is on a server, which has backups of its own; ask who runs it"), {"database": str}
    ),
    MessageKey.BACKUP_IN_PROGRESS: _T(
        mark("a backup is being made or put back at this moment; wait a little, and try again")
    ),
    MessageKey.BACKUP_WHILE_RECORDING: _T(mark("a lesson is being recorded; end it first, then make the backup")),
    MessageKey.BACKUP_DAMAGED: _T(
        mark("the backup {path} is damaged or no backup of lessons; nothing was changed. Choose another one"),
        {"path": str},
    ),
    MessageKey.BACKUP_UNREADABLE: _T(
        mark("the backup {path} cannot be read ({reason}); nothing was changed. Choose another one"),
        {"path": str, "reason": str},
    ),
    MessageKey.RESTORE_WHILE_RECORDING: _T(
        mark("a lesson is being recorded, here or in another window; end it first, then put back the backup")
    ),
    MessageKey.SALVAGE_IN_THE_WAY: _T(mark("{path} exists already; name a new file"), {"path": str}),
    MessageKey.SALVAGE_NOTHING: _T(
        mark("nothing can be read of the database {database}; put back a backup (`fer-desktop restore`)"),
        {"database": str},
    ),
    MessageKey.SALVAGED_SESSION: _T(mark("saved from a damaged file, without its date")),
    MessageKey.CLOCK_BEHIND: _T(
        mark("the clock of this computer is earlier than the newest lesson, so nothing is deleted by age")
    ),
    MessageKey.CLOCK_AHEAD: _T(
        mark(
            "the clock of this computer is more than a month later than the newest lesson, so nothing is deleted by age"
        )
    ),
    MessageKey.SESSIONS_UNREADABLE: _T(
        mark("not listed, as their entry is damaged: {sessions}. Delete them, or put back a backup"), {"sessions": str}
    ),
    MessageKey.SESSION_UNREADABLE: _T(
        mark(
            "lesson {session} has values that cannot be read, so it cannot be opened; all others can. Delete it, or "
            "put back a backup"
        ),
        {"session": int},
    ),
    MessageKey.NO_SESSION: _T(
        mark("there is no lesson {session}; `fer-desktop sessions` lists them"), {"session": int}
    ),
    MessageKey.NO_STUDENT: _T(
        mark("there is no student {student} in lesson {session}"), {"student": int, "session": int}
    ),
    MessageKey.SESSION_NOT_BEGUN: _T(mark("the lesson has not begun in the database {database}"), {"database": str}),
    MessageKey.SESSION_ENDED: _T(mark("the lesson has ended; begin another one to record")),
    MessageKey.SESSION_BEING_RECORDED: _T(mark("lesson {session} is being recorded; stop it first"), {"session": int}),
    MessageKey.STUDENT_MERGED_INTO_SELF: _T(
        mark("student {student} cannot be merged with themselves; choose another student"), {"student": int}
    ),
    MessageKey.NOT_SETTLED: _T(
        mark("student {student} cannot be restored; they were restored or changed already"), {"student": int}
    ),
    MessageKey.STUDENT_NOT_SPLIT: _T(
        mark(
            "student {student} cannot be split at second {second}: they were seen from second {first} to {last}; "
            "choose a second in between"
        ),
        {"second": int, "student": int, "first": int, "last": int},
    ),
    MessageKey.UNSEEN_STUDENT_NOT_SPLIT: _T(
        mark("student {student} cannot be split at second {second}; choose a second in between"),
        {"second": int, "student": int},
    ),
    MessageKey.ROSTER_WITHOUT_COURSE: _T(mark("a roster belongs to a course; name the course")),
    MessageKey.ROSTER_COURSE_TOO_LONG: _T(
        mark("the name of the course is longer than {limit} letters; shorten it"), {"limit": int}
    ),
    MessageKey.NEW_NOTE_EMPTY: _T(mark("the note is empty; write something")),
    MessageKey.CHANGED_NOTE_EMPTY: _T(mark("the note is empty; delete it instead")),
    MessageKey.SECOND_NOT_IN_SESSION: _T(
        mark("second {second} is not in lesson {session}, which has {seconds}"),
        {"second": int, "session": int, "seconds": int},
    ),
    MessageKey.NO_ANNOTATION: _T(
        mark("moment {event} of lesson {session} no longer exists; open the lesson again"),
        {"session": int, "event": int},
    ),
    MessageKey.NOT_AN_ANNOTATION: _T(
        mark("only bookmarks and notes can be added, changed or deleted; the rest is what happened")
    ),
}
