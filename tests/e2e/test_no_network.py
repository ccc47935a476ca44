"""Nothing leaves the computer: a whole run makes no connection to another one.

The run happens in a network namespace with nothing in it, so that a look-up or a connection shows as an attempt.
Python cannot be asked: a library may connect from a thread of its own.
"""

import json
import mmap
import sysconfig
from pathlib import Path

import pytest

from tests.e2e.traced import Trace, require_tracing, trace_python

UPLOAD_ADDRESS = b"play.googleapis.com/log"
"""Where MediaPipe sends usage data to from 0.10.35 on."""

LOOK_UP = """
import socket
try:
    socket.getaddrinfo("example.org", 443)
except OSError:
    pass
"""
CONNECTION = """
import socket
with socket.socket() as made:
    made.settimeout(1)
    made.connect_ex(("192.0.2.1", 9))
"""
DATAGRAM = """
import socket
with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as made:
    try:
        made.sendto(b"x", ("2001:db8::1", 9))
    except OSError:
        pass
"""
LIBRARY_THREAD = """
import ctypes, threading
library, answer = ctypes.CDLL(None), ctypes.c_void_p()
ask = lambda: library.getaddrinfo(b"example.org", b"443", None, ctypes.byref(answer))
thread = threading.Thread(target=ask)
thread.start()
thread.join()
"""
LOCAL = """
import socket
with socket.socket(socket.AF_INET6) as probe:
    try:
        probe.bind(("::1", 0))
    except OSError:
        pass
one, other = socket.socketpair()
one.send(b"x")
one.close()
other.close()
"""


def test_a_run_that_cannot_be_traced_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.skip.Exception, match="needs unshare, which is not installed"):
        require_tracing()


@pytest.mark.parametrize("control", [LOOK_UP, CONNECTION, DATAGRAM, LIBRARY_THREAD])
def test_the_trace_contains_what_it_must_contain(tmp_path: Path, control: str) -> None:
    assert trace_python(control, tmp_path).connections


def test_the_trace_ignores_local_calls(tmp_path: Path) -> None:
    assert trace_python(LOCAL, tmp_path).connections == []


def test_analyze_connects_to_no_other_computer(traced_analysis: Trace) -> None:
    assert json.loads(traced_analysis.output)["students"] == 6
    assert traced_analysis.connections == []


def test_demo_connects_to_no_other_computer_then_or_after(traced_demo: Trace) -> None:
    assert json.loads(traced_demo.output)["students"] == 6
    assert traced_demo.connections == []


def test_no_installed_library_knows_the_address_of_an_upload() -> None:
    installed = Path(sysconfig.get_paths()["purelib"])
    libraries = [path for pattern in ("*.so*", "*.dylib", "*.dll", "*.pyd") for path in installed.rglob(pattern)]
    assert any("mediapipe" in path.parts for path in libraries)
    assert [path.name for path in libraries if _contains(path, UPLOAD_ADDRESS)] == []


def test_the_search_in_libraries_finds_what_it_must_find(tmp_path: Path) -> None:
    path = tmp_path / "library.so"
    path.write_bytes(b"\0" * 1000 + b"https://" + UPLOAD_ADDRESS + b"\0")
    assert _contains(path, UPLOAD_ADDRESS)


def _contains(path: Path, content_sought: bytes) -> bool:
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(content_sought) >= 0
