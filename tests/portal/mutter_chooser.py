"""The part of the desktop portal that a desktop brings: its dialog, here answered at once, over mutter's own interface.

GNOME's own part differs by the dialog, which a test cannot click.
"""

import threading
from contextlib import suppress
from typing import Any, Final

from jeepney import HeaderFields, MatchRule, Message

from tests.portal.service import PROPERTIES, Answer, NoSuchMethodError, RefusedError, Service, answer_property

NAME: Final = "org.freedesktop.impl.portal.desktop.fertest"
_IMPLEMENTATION: Final = "org.freedesktop.impl.portal.ScreenCast"
_SESSION: Final = "org.freedesktop.impl.portal.Session"
_MUTTER: Final = "org.gnome.Mutter.ScreenCast"
_MUTTER_PATH: Final = "/org/gnome/Mutter/ScreenCast"
_WINDOW: Final = 2
_DONE: Final = 0
PORTAL_FILE: Final = f"[portal]\nDBusName={NAME}\nInterfaces={_IMPLEMENTATION};\nUseIn=fertest\n"


class MutterChooser(Service):
    """Chooses the window in front, or the monitor. `questions`: how often the user would have been asked.

    `stop_sharing`: once set, the user stops all sharing in the panel.
    """

    def __init__(self) -> None:
        super().__init__(NAME)
        self.questions = 0
        self.stop_sharing = threading.Event()
        self._options: dict[str, dict[str, Any]] = {}
        self._shared: dict[str, str] = {}
        self._streams = self.listen(
            MatchRule(type="signal", interface=f"{_MUTTER}.Stream", member="PipeWireStreamAdded")
        )
        self._closed = self.listen(MatchRule(type="signal", interface=f"{_MUTTER}.Session", member="Closed"))

    def answer(self, call: Message, path: str, interface: str, member: str) -> Answer:
        if interface == PROPERTIES:
            modes: dict[str, tuple[str, Any]] = {"AvailableSourceTypes": ("u", 3), "AvailableCursorModes": ("u", 7)}
            return answer_property(call, member, {**modes, "version": ("u", 4)})
        if interface == _SESSION and member == "Close":
            self._end(path)
            return "", ()
        if interface != _IMPLEMENTATION:
            raise NoSuchMethodError
        session = call.body[1]
        if member == "SelectSources":
            self._options[session] = call.body[3]
        results = self._share(session) if member == "Start" else {}
        return "ua{sv}", (_DONE, results)

    def tick(self) -> None:
        if self.stop_sharing.is_set():
            for session in list(self._shared):
                self._end(session)
                self.emit(session, _SESSION, "Closed")
        while self._closed:
            path = self._closed.popleft().header.fields[HeaderFields.path]
            for session in [session for session, shared in self._shared.items() if shared == path]:
                del self._shared[session]
                self.emit(session, _SESSION, "Closed")

    def _share(self, session: str) -> dict[str, tuple[str, Any]]:
        options = self._options[session]
        self.questions += "restore_data" not in options
        (shared,) = self.ask(_MUTTER, _MUTTER_PATH, _MUTTER, "CreateSession", "a{sv}", {})
        hidden = {"cursor-mode": ("u", options["cursor_mode"][1] - 1)}
        if options["types"][1] == _WINDOW:
            self.ask(_MUTTER, shared, f"{_MUTTER}.Session", "RecordWindow", "a{sv}", hidden)
        else:
            self.ask(_MUTTER, shared, f"{_MUTTER}.Session", "RecordMonitor", "sa{sv}", "", hidden)
        self.ask(_MUTTER, shared, f"{_MUTTER}.Session", "Start")
        self._shared[session] = shared
        node = self.connection.recv_until_filtered(self._streams, timeout=30).body[0]
        kind = ("u", options["types"][1])
        return {
            "streams": ("a(ua{sv})", [(node, {"source_type": kind})]),
            "persist_mode": ("u", 2),
            "restore_data": ("(suv)", ("fertest", 1, ("s", "the same"))),
        }

    def _end(self, session: str) -> None:
        shared = self._shared.pop(session, None)
        if shared is not None:
            with suppress(RefusedError):  # mutter ends it too once nobody receives the stream
                self.ask(_MUTTER, shared, f"{_MUTTER}.Session", "Stop")
