"""Runs Python code under strace, in an empty network, and reads its system calls."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]

_CALLS: Final = (
    "socket,bind,connect,sendto,sendmsg,sendmmsg,open,openat,creat,rename,renameat,renameat2,write,pwrite64,writev"
)
_CONNECTING: Final = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*\bAF_INET6?\b")
_OPENED: Final = re.compile(
    r'\b(?:open|openat|creat)\((?:\w+, )?"(?P<path>[^"]*)"(?P<flags>.*?)(?:\) = (?P<answer>-?\d+)| <unfinished)'
)
_RENAMED: Final = re.compile(r'\brename(?:at2?)?\(.*, "(?P<path>[^"]*)"(?:, [^"]*)?\) = 0')
_TEXT: Final = r'"(?P<start>(?:\\.|[^"\\])*)"'
_WRITTEN: Final = re.compile(r"\b(?:write\(\d+, |pwrite64\(\d+, |writev\(\d+, \[\{iov_base=)" + _TEXT)

PICTURE_STARTS: Final = {
    "PNG": b"\x89PNG\r\n\x1a\n",
    "JPEG": b"\xff\xd8\xff",
    "GIF": b"GIF8",
    "TIFF, little-endian": b"II*\0",
    "TIFF, big-endian": b"MM\0*",
    "NumPy array": b"\x93NUMPY",
    "WebP or AVI": b"RIFF",
    "MP4": b"\0\0\0 ftyp",
    "Matroska": b"\x1a\x45\xdf\xa3",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """Output and system calls of one run, and its folders: home, working and temporary folder."""

    output: str
    calls: tuple[str, ...]
    folders: tuple[Path, ...]

    @property
    def connections(self) -> list[str]:
        """Calls that connect to another computer, or would, if there were a network."""
        return [call for call in self.calls if _CONNECTING.search(call)]

    @property
    def written_files(self) -> set[str]:
        """Every file that was opened for writing or created by renaming."""
        opened = (found for call in self.calls if (found := _OPENED.search(call)) and int(found["answer"] or 0) >= 0)
        written = {found["path"] for found in opened if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", found["flags"])}
        return written | {found["path"] for call in self.calls if (found := _RENAMED.search(call))}

    @property
    def written_pictures(self) -> list[str]:
        """The kinds of pictures, videos and arrays whose first bytes were written, whatever the file's name."""
        starts = (_unescape(found["start"]) for call in self.calls if (found := _WRITTEN.search(call)))
        return [kind for start in starts for kind, mark in PICTURE_STARTS.items() if start.startswith(mark)]

    @property
    def files_left(self) -> list[Path]:
        return [path for folder in self.folders for path in folder.rglob("*") if path.is_file()]


def require_tracing() -> None:
    """Skips, with the reason, where the system does not allow a run to be traced."""
    for tool in ("unshare", "strace"):
        if shutil.which(tool) is None:
            pytest.skip(f"needs {tool}, which is not installed")
    probe = ["unshare", "-rn", "strace", "-f", "-qq", "-o", os.devnull, "true"]
    tried = subprocess.run(probe, capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"needs `unshare -rn strace`, which is not allowed here: {tried.stderr.strip()}")


def trace_python(code: str, folder: Path, *, arguments: Sequence[str] = (), screen: bool = False) -> Trace:
    """Runs Python code with a home, a working folder and a temporary folder of its own, all under `folder`.

    `screen`: on a virtual X server of its own, in the same empty network and not traced.
    """
    require_tracing()
    folders = home, here, temporary = folder / "home", folder / "here", folder / "temporary"
    for each in folders:
        each.mkdir(exist_ok=True)
    log = folder / "strace.log"
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-x", "-s", "16", "-e", f"trace={_CALLS}", "-o", str(log)]
    command = [*traced, sys.executable, "-c", code, *arguments]
    if screen:
        if shutil.which("xvfb-run") is None:
            pytest.skip("needs xvfb-run, which is not installed")
        command = ["xvfb-run", "-a", "-s", "-screen 0 1920x1200x24 -nolisten tcp -noreset", *command]
    environment = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        ["unshare", "-rn", *command], cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return Trace(done.stdout, tuple(log.read_text(encoding="ascii").splitlines()), folders)


def _unescape(text: str) -> bytes:
    return text.encode("ascii").decode("unicode_escape").encode("latin-1")
