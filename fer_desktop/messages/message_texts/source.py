"""Texts of what is watched, and of why a source cannot be opened or only a part of it was read."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import Plural, mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.SOURCE_REGION: _T(
        mark("Part of the screen, {width} x {height} at {left}, {top}"),
        {"width": int, "height": int, "left": int, "top": int},
    ),
    MessageKey.SOURCE_CAMERA: _T(mark("Camera {number}"), {"number": int}),
    MessageKey.SOURCE_WINDOW: _T(mark("Window of {program}"), {"program": str}),
    MessageKey.SOURCE_UNNAMED_WINDOW: _T(mark("A window")),
    MessageKey.SOURCE_SHARED_WINDOW: _T(mark("A shared window")),
    MessageKey.SOURCE_SHARED_MONITOR: _T(mark("A shared monitor")),
    MessageKey.SOURCE_SIMULATED: _T(Plural("Simulated class of one", "Simulated class of {n}"), {"n": int}),
    MessageKey.PICTURES_SKIPPED: _T(
        Plural(
            "{n} file in {name} was skipped because it is not an image",
            "{n} files in {name} were skipped because they are not images",
        ),
        {"n": int, "name": str},
    ),
    MessageKey.RECORDING_ENDS_EARLY: _T(
        mark("{name} ends early: only {read} of {announced} frames could be read. The file is damaged or incomplete"),
        {"name": str, "read": int, "announced": int},
    ),
    MessageKey.RECORDING_DAMAGED: _T(
        mark("{name} is damaged at {parts}. These parts are left out. Get the original file if there is one"),
        {"name": str, "parts": str},
    ),
    MessageKey.NO_FILE: _T(mark("there is no file {path}: check the path"), {"path": str}),
    MessageKey.NO_FILE_OR_FOLDER: _T(mark("there is no file or folder {path}: check the path"), {"path": str}),
    MessageKey.NO_PICTURE: _T(mark("there is no picture {path}: check the path"), {"path": str}),
    MessageKey.NO_PICTURES_IN_FOLDER: _T(mark("there are no pictures in {path}: choose another folder"), {"path": str}),
    MessageKey.PICTURE_TOO_LARGE: _T(mark("{name} is too large ({size}): scale it down"), {"name": str, "size": str}),
    MessageKey.PICTURE_UNREADABLE: _T(
        mark("{name} is no picture that can be read: it may be damaged or of another kind"), {"name": str}
    ),
    MessageKey.FILE_IS_PHOTOGRAPH: _T(
        mark("{name} is a {kind} photograph, which cannot be read here: save it as JPEG or PNG, and choose that file"),
        {"name": str, "kind": str},
    ),
    MessageKey.FILE_IS_SOUND: _T(
        mark("{name} holds sound only: choose the recording that has the picture"), {"name": str}
    ),
    MessageKey.VIDEO_IS_AV1: _T(
        mark("{name} is coded as AV1, which cannot be read here: convert it to MP4 with H.264, and choose that file"),
        {"name": str},
    ),
    MessageKey.VIDEO_EMPTY: _T(mark("{name} is empty: was it copied or recorded to the end?"), {"name": str}),
    MessageKey.VIDEO_TOO_LARGE: _T(
        mark("{name} is too large ({width} x {height} pixels): convert it to a smaller one"),
        {"name": str, "width": int, "height": int},
    ),
    MessageKey.VIDEO_UNREADABLE: _T(
        mark(
            "{name} cannot be read as a video: it is damaged, cut short or of an unknown kind; try to play it, or "
            "convert it to MP4"
        ),
        {"name": str},
    ),
    MessageKey.SOURCE_FAILED: _T(mark("{source}: {error}"), {"source": str, "error": object}),
    MessageKey.ANALYSIS_KEPT: _T(
        mark(
            "{name}: {percent} % is analysed and kept for a week. Run the same command to go on; deleting any lesson "
            "deletes it"
        ),
        {"name": str, "percent": int},
    ),
    MessageKey.ANALYSIS_NOT_STORED: _T(
        mark(
            "{name}: {lost} of {recorded} seconds could not be saved. What was read is kept for a week: analyse it "
            "again to save all of it"
        ),
        {"name": str, "lost": int, "recorded": int},
    ),
    MessageKey.CLUSTER_UNAVAILABLE: _T(mark('--scheduler needs Dask: `pip install "fer-desktop[cluster]"`')),
    MessageKey.CLUSTER_WORKERS_ENDED: _T(
        mark("{count} workers have ended while they read this recording: look at their logs"), {"count": int}
    ),
    MessageKey.SCHEDULER_MISSING: _T(
        mark("there is no Dask scheduler at {address}: start one, or check the address"), {"address": str}
    ),
    MessageKey.SCHEDULER_LOST: _T(
        mark("the scheduler at {address} has stopped answering: start it, then run the same command to go on"),
        {"address": str},
    ),
    MessageKey.SCHEDULER_WITHOUT_WORKERS: _T(
        mark("the scheduler at {address} has no workers: start some (`dask worker {address}`)"), {"address": str}
    ),
    MessageKey.WORKER_DIFFERS: _T(
        mark("the worker {worker} runs {theirs}, this computer {ours}: install the same version on all"),
        {"worker": str, "theirs": str, "ours": str},
    ),
    MessageKey.WORKER_FAILED: _T(mark("the worker {worker} failed: {error}"), {"worker": str, "error": object}),
    MessageKey.WORKER_WITHOUT_FILE: _T(
        mark(
            "the worker {worker} cannot read {path}: {error}. Put the recording into a folder that all workers see, "
            "and name it with --folder-on-workers"
        ),
        {"worker": str, "path": str, "error": str},
    ),
    MessageKey.WORKERS_ENDED: _T(
        mark("the system ended the analysis three times, as where memory is short: close other programs and try again")
    ),
    MessageKey.NO_SHARED_MEMORY: _T(
        mark(
            "this system gives programs no shared memory ({reason}), and recordings are read with it: ask whoever set "
            "up this computer to make /dev/shm available"
        ),
        {"reason": str},
    ),
    MessageKey.SYSTEM_FULL: _T(
        mark(
            "the computer has too little memory or too many open files ({reason}): close other programs and try again"
        ),
        {"reason": str},
    ),
    MessageKey.WORK_FOLDER_UNUSABLE: _T(
        mark("cannot keep what is analysed in {path} ({reason}): make room there, then start again"),
        {"path": str, "reason": str},
    ),
    MessageKey.ANALYSIS_IN_PROGRESS: _T(mark("this recording is being analysed already: wait until that is done")),
    MessageKey.ANOTHER_RECORDING: _T(
        mark("{name} is not the recording of this lesson: it has another name and another length"), {"name": str}
    ),
    MessageKey.VIDEO_WITHOUT_FRAMES: _T(mark("no frame of {name} can be read: the file is damaged"), {"name": str}),
    MessageKey.CAMERA_NOT_OPENED: _T(
        mark("camera {number} cannot be opened: is it connected, and does another program use it?"), {"number": int}
    ),
    MessageKey.REGION_NOT_ON_SCREEN: _T(
        mark("the part of the screen {region} lies outside it ({desktop}): choose it again"),
        {"region": str, "desktop": str},
    ),
    MessageKey.NO_SUCH_WINDOW: _T(
        mark(
            "no open window is the one that was asked for: open the call, then choose its window from the list "
            "(`fer-desktop windows` prints it)"
        )
    ),
}
