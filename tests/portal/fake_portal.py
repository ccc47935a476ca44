"""A portal that answers as a test says, without a desktop behind it."""

import os
import threading
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from jeepney import HeaderFields, Message

from tests.portal.service import PROPERTIES, Answer, NoSuchMethodError, Service, answer_property

NAME: Final = "org.freedesktop.portal.Desktop"
SCREEN_CAST: Final = "org.freedesktop.portal.ScreenCast"
REQUEST: Final = "org.freedesktop.portal.Request"
SESSION: Final = "org.freedesktop.portal.Session"
PATH: Final = "/org/freedesktop/portal/desktop"
DONE, CANCELLED, FAILED = 0, 1, 2
NODE: Final = 42


class FakePortal(Service):
    """`status` and `results`: of the user's choice; `status` None: the dialog stays open.

    `types`, `version`: as the portal announces them; `types` None: a portal that shares no screens. `asked`: the
    options of each choice. `withdrawn`: set once a program has closed its dialog.
    """

    def __init__(
        self,
        *,
        status: int | None = DONE,
        results: Mapping[str, tuple[str, Any]] | None = None,
        types: int | None = 3,
        version: int = 4,
    ) -> None:
        super().__init__(NAME)
        self._status = status
        self._results = {"streams": ("a(ua{sv})", [(NODE, {})])} if results is None else dict(results)
        self._types = types
        self._version = version
        self.asked: list[dict[str, Any]] = []
        self.dialog_open = threading.Event()
        self.withdrawn = threading.Event()
        self.end_sessions = threading.Event()
        self.sessions: list[str] = []
        self._files: list[BinaryIO] = []

    def close(self) -> None:
        super().close()
        for file in self._files:
            file.close()

    def answer(self, call: Message, path: str, interface: str, member: str) -> Answer:
        if interface == REQUEST and member == "Close":
            self.withdrawn.set()
            return "", ()
        if self._types is None:
            raise NoSuchMethodError
        if interface == PROPERTIES:
            values: dict[str, tuple[str, Any]] = {"AvailableSourceTypes": ("u", self._types)}
            return answer_property(
                call, member, {**values, "AvailableCursorModes": ("u", 7), "version": ("u", self._version)}
            )
        if member == "OpenPipeWireRemote":
            self._files.append(open(os.devnull, "rb"))  # noqa: SIM115 - closed with the portal
            return "h", (self._files[-1],)
        return self._answer_request(call, member)

    def tick(self) -> None:
        if self.end_sessions.is_set():
            for session in self.sessions:
                self.emit(session, SESSION, "Closed", "a{sv}", {})
            self.end_sessions.clear()

    def _answer_request(self, call: Message, member: str) -> Answer:
        sender = call.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        options = call.body[-1]
        path = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        if member == "CreateSession":
            self.sessions.append(f"{PATH}/session/{sender}/{options['session_handle_token'][1]}")
            self._respond(path, DONE, {"session_handle": ("s", self.sessions[-1])})
        elif member == "SelectSources":
            self.asked.append({name: value for name, (_, value) in options.items() if name != "handle_token"})
            self._respond(path, DONE, {})
        elif self._status is None:
            self.dialog_open.set()
        else:
            self._respond(path, self._status, self._results)
        return "o", (path,)

    def _respond(self, path: str, status: int, results: Mapping[str, tuple[str, Any]]) -> None:
        """Before the reply of the call itself, as the portal may."""
        self.emit(path, REQUEST, "Response", "ua{sv}", status, dict(results))
