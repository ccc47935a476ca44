"""A GNOME desktop without a screen: bus, PipeWire, compositor and the real desktop portal."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.portal.mutter_chooser import PORTAL_FILE, MutterChooser
from tests.portal.service import session_bus

_PORTAL: Final = Path("/usr/libexec/xdg-desktop-portal")
_PROGRAMS: Final = ("dbus-daemon", "pipewire", "wireplumber", "mutter")
WAYLAND_DESKTOP: Final = pytest.mark.skipif(
    not sys.platform.startswith("linux")
    or not _PORTAL.exists()
    or any(shutil.which(program) is None for program in _PROGRAMS),
    reason="needs dbus-daemon, pipewire, wireplumber, mutter and xdg-desktop-portal, which are not installed",
)
_READY_S: Final = 60.0
_WAYLAND: Final = "wayland-fer"
MONITOR: Final = (1600, 900)
_MUTTER: Final = [
    *("mutter", "--headless", "--no-x11", "--wayland-display", _WAYLAND),
    *("--virtual-monitor", "{}x{}".format(*MONITOR)),
]


class ShownWindow:
    """A program's window, which takes commands as lines."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def send(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")


class WaylandDesktop:
    """`environment`: what a program needs to run on it. `chooser`: answers the portal's question."""

    def __init__(
        self, environment: dict[str, str], chooser: MutterChooser, daemons: "dict[str, subprocess.Popen[bytes]]"
    ) -> None:
        self.environment = environment
        self.chooser = chooser
        self._daemons = daemons

    def kill(self, name: str) -> None:
        """Ends one of its programs."""
        self._daemons[name].kill()

    @contextmanager
    def window(self, *command: str) -> Iterator[ShownWindow]:
        """Runs a program that prints "shown" once its window has the focus."""
        pipe = subprocess.PIPE
        environment = {**os.environ, **self.environment}
        process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True, bufsize=1)
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "shown\n"
            yield ShownWindow(process)
        finally:
            process.terminate()
            process.wait(timeout=30)
            process.stdin.close()
            process.stdout.close()


@contextmanager
def wayland_desktop(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WaylandDesktop]:
    """Runs it. This process is on its bus meanwhile, and on its screen none."""
    runtime, portals = folder / "runtime", folder / "portals"
    runtime.mkdir(mode=0o700)
    portals.mkdir()
    (portals / "fertest.portal").write_text(PORTAL_FILE)
    environment = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CURRENT_DESKTOP": "fertest",
        "XDG_DESKTOP_PORTAL_DIR": str(portals),
        "WAYLAND_DISPLAY": _WAYLAND,
    }
    with ExitStack() as ends:
        environment["DBUS_SESSION_BUS_ADDRESS"] = ends.enter_context(session_bus(folder, environment))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("DISPLAY", raising=False)
        daemons = {"pipewire": ends.enter_context(_daemon(["pipewire"], folder, environment))}
        _wait_for(lambda: (runtime / "pipewire-0").exists(), "PipeWire")
        for command in (["wireplumber"], _MUTTER):
            daemons[command[0]] = ends.enter_context(_daemon(command, folder, environment))
        _wait_for(lambda: _is_on_bus("org.gnome.Mutter.ScreenCast"), "mutter")
        chooser = MutterChooser()
        chooser.start()
        ends.callback(chooser.close)
        yield WaylandDesktop({**environment, "DISPLAY": "", "QT_QPA_PLATFORM": "wayland"}, chooser, daemons)


@contextmanager
def _daemon(command: list[str], folder: Path, environment: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    clean = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    with (folder / f"{command[0]}.log").open("w") as log:
        process = subprocess.Popen(command, env={**clean, **environment}, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def _is_on_bus(name: str) -> bool:
    with open_dbus_connection("SESSION") as connection:
        reply = connection.send_and_get_reply(message_bus.NameHasOwner(name), timeout=30)
    return bool(reply.body[0])


def _wait_for(ready: Callable[[], bool], what: str) -> None:
    until_s = time.monotonic() + _READY_S
    while not ready():
        assert time.monotonic() < until_s, f"{what} does not start"
        time.sleep(0.05)
