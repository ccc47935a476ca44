"""D-Bus services of a test's own, each answered by a thread, on a bus of its own."""

import os
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
DBUS: Final = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None,
    reason="needs dbus-daemon, which is not installed",
)
_BARE: Final = """<busconfig>
<type>session</type>
<listen>{listen}</listen>
<policy context="default">
<allow send_destination="*"/>
<allow eavesdrop="true"/>
<allow own="*"/>
</policy>
</busconfig>
"""
_POLL_S: Final = 0.05
_CALL_S: Final = 30.0

Answer = tuple[str, tuple[Any, ...]]
"""The signature and the values of a reply."""


class NoSuchMethodError(Exception):
    """The service has no such interface or method."""


class RefusedError(Exception):
    """Another service answered with an error."""


class Service(threading.Thread):
    """Answers calls on its own thread until `close`. Subclasses override `answer`, and `tick`."""

    def __init__(self, name: str) -> None:
        """`name`: taken on the session bus of this process."""
        super().__init__(name=name, daemon=True)
        self.connection = open_dbus_connection("SESSION", enable_fds=True)
        self.connection.send_and_get_reply(message_bus.RequestName(name), timeout=_CALL_S)
        self._calls: deque[Message] = deque()
        self.connection.filter(MatchRule(type="method_call"), queue=self._calls).__enter__()
        self._ending = threading.Event()

    def answer(self, call: Message, path: str, interface: str, member: str) -> Answer:
        raise NoSuchMethodError

    def tick(self) -> None:
        """Some twenty times a second, and after each call."""

    def run(self) -> None:
        while not self._ending.is_set():
            try:
                self._reply(self.connection.recv_until_filtered(self._calls, timeout=_POLL_S))
            except TimeoutError:
                pass
            except OSError:
                return
            self.tick()

    def close(self) -> None:
        """Leaves the bus."""
        self._ending.set()
        self.join(timeout=30)
        self.connection.close()

    def emit(self, path: str, interface: str, member: str, signature: str = "", *values: Any) -> None:
        self.connection.send(new_signal(DBusAddress(path, interface=interface), member, signature or None, values))

    def ask(self, name: str, path: str, interface: str, member: str, signature: str = "", *values: Any) -> Any:
        """Calls another service. Raises `RefusedError`."""
        address = DBusAddress(path, bus_name=name, interface=interface)
        call = new_method_call(address, member, signature or None, values)
        reply = self.connection.send_and_get_reply(call, timeout=_CALL_S)
        if reply.header.message_type is MessageType.error:
            raise RefusedError(str(reply.body))
        return reply.body

    def listen(self, rule: MatchRule) -> "deque[Message]":
        """The signals that match, from now on."""
        heard: deque[Message] = deque()
        self.connection.filter(rule, queue=heard).__enter__()
        self.connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_CALL_S)
        return heard

    def _reply(self, call: Message) -> None:
        fields = call.header.fields
        try:
            signature, values = self.answer(
                call, fields[HeaderFields.path], fields.get(HeaderFields.interface, ""), fields[HeaderFields.member]
            )
        except NoSuchMethodError:
            unknown = "org.freedesktop.DBus.Error.UnknownMethod"
            self.connection.send(new_error(call, unknown, "s", (f"No such method {fields[HeaderFields.member]}",)))
            return
        self.connection.send(new_method_return(call, signature or None, values))


def answer_property(call: Message, member: str, values: Mapping[str, tuple[str, Any]]) -> Answer:
    """The answer to `Get` and `GetAll`."""
    if member == "GetAll":
        return "a{sv}", (dict(values),)
    if member != "Get" or call.body[1] not in values:
        raise NoSuchMethodError
    return "v", (values[call.body[1]],)


@contextmanager
def session_bus(folder: Path, environment: Mapping[str, str], *, services: bool = True) -> Iterator[str]:
    """Runs a bus, and yields its address. `environment`: of the services that it starts; the user's does not reach it.

    `services`: whether it starts any.
    """
    listen = f"unix:path={folder}/bus"
    (folder / "bus.conf").write_text(_BARE.format(listen=listen))
    source = ["--session", f"--address={listen}"] if services else [f"--config-file={folder}/bus.conf"]
    clean = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    with (folder / "bus.log").open("w") as log:
        bus = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address=1", *source],
            env={**clean, **environment},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert bus.stdout is not None
    try:
        yield bus.stdout.readline().strip()
    finally:
        bus.terminate()
        bus.wait(timeout=30)
        bus.stdout.close()
