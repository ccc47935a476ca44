"""What a process does that another one started to work for it."""

import multiprocessing
import os
import signal
import threading


def follow_parent() -> None:
    """Leaves the signals of a terminal to the process that started this one, and ends with it.

    Without the first, ctrl-C in a terminal prints a traceback for each process; without the second, one whose parent
    was killed waits for work for ever.
    """
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
