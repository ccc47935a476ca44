"""Calls of the desktop portal over D-Bus, and the answers that it gives once the user has chosen."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey

_log = logging.getLogger(__name__)

BUS_NAME: Final = "org.freedesktop.portal.Desktop"
OBJECT: Final = "/org/freedesktop/portal/desktop"
REQUEST: Final = "org.freedesktop.portal.Request"
SESSION: Final = "org.freedesktop.portal.Session"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"

_CALL_S: Final = 25.0
"""The bus starts the portal for the first call, which takes seconds; D-Bus itself waits as long."""
_POLL_S: Final = 0.2
_DONE, _CANCELLED = 0, 1

Options = Mapping[str, tuple[str, object]]
"""`a{sv}`: a value with its D-Bus type by name."""


class PortalBus:
    """A connection to the session bus. For one thread, but for `cancelled`, which is asked while the user chooses."""

    def __init__(self, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Raises `SourceError` where there is no bus."""
        self._cancelled = cancelled
        self._tokens = count(1)
        self._endings: deque[Any] = deque()
        try:
            self._connection: DBusConnection = open_dbus_connection("SESSION", enable_fds=True)
            self._watch(MatchRule(type="signal", interface=SESSION, member="Closed"), self._endings)
            owner = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
            owner.add_arg_condition(0, BUS_NAME)
            self._watch(owner, self._endings)
        except (OSError, KeyError, RuntimeError, ValueError) as error:
            raise SourceError(Message(MessageKey.PORTAL_MISSING)) from error

    def close(self) -> None:
        """Ends what was begun on this connection: the portal closes its sessions too. May be called twice."""
        self._connection.close()

    def make_token(self) -> str:
        """A name for an object that the portal is about to make, new on this connection."""
        return f"fer_desktop_{next(self._tokens)}"

    def call(self, interface: str, method: str, signature: str, *values: object, at: str = OBJECT) -> tuple[Any, ...]:
        """The values that a method returns. Raises `SourceError`."""
        address = DBusAddress(at, bus_name=BUS_NAME, interface=interface)
        try:
            reply = self._connection.send_and_get_reply(
                new_method_call(address, method, signature or None, values), timeout=_CALL_S
            )
        except OSError as error:
            raise SourceError(Message(MessageKey.SHARING_FAILED)) from error
        if reply.header.message_type is MessageType.error:
            _log.info("%s.%s: %s", interface, method, reply.body)
            raise SourceError(Message(MessageKey.SHARING_FAILED))
        return tuple(reply.body)

    def read_number(self, interface: str, name: str) -> int:
        """A property of the portal. Raises `SourceError` where there is no portal, or it has none of that name."""
        try:
            ((_, value),) = self.call(PROPERTIES, "Get", "ss", interface, name)
        except SourceError as error:
            raise SourceError(Message(MessageKey.PORTAL_MISSING)) from error
        return int(value)

    def ask(self, interface: str, method: str, signature: str, *values: object, **options: tuple[str, object]) -> Any:
        """Calls a method that the portal answers by a signal, perhaps after the user has chosen: its results, by name.

        Raises `SourceError` where the user declines, the portal fails or ends, or `cancelled` becomes true.
        """
        token = self.make_token()
        name = str(self._connection.unique_name).removeprefix(":").replace(".", "_")
        path = f"{OBJECT}/request/{name}/{token}"
        rule = MatchRule(type="signal", interface=REQUEST, member="Response", path=path)
        answers: deque[Any] = deque()
        self._watch(rule, answers)  # before the call, as the answer may come before the reply
        self.call(interface, method, signature, *values, {"handle_token": ("s", token), **options})
        status, results = self._wait(answers, path)
        if status != _DONE:
            cancelled = status == _CANCELLED
            raise SourceError(Message(MessageKey.SHARING_DECLINED if cancelled else MessageKey.SHARING_FAILED))
        return {key: value for key, (_, value) in results.items()}

    def has_ended(self) -> bool:
        """Whether the portal has closed a session, or has ended itself."""
        try:
            while True:
                self._connection.recv_messages(timeout=0)
        except TimeoutError:
            return any(_is_end(event) for event in self._endings)
        except OSError:
            return True

    def _watch(self, rule: MatchRule, queue: deque[Any]) -> None:
        self._connection.filter(rule, queue=queue).__enter__()  # for as long as the connection
        self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=_CALL_S)

    def _wait(self, answers: deque[Any], path: str) -> tuple[int, Mapping[str, tuple[str, Any]]]:
        while not self._cancelled():
            try:
                answer = self._connection.recv_until_filtered(answers, timeout=_POLL_S)
            except TimeoutError:
                if self.has_ended():
                    raise SourceError(Message(MessageKey.SHARING_FAILED)) from None
                continue
            except OSError as error:
                raise SourceError(Message(MessageKey.SHARING_FAILED)) from error
            return answer.body[0], answer.body[1]
        self.call(REQUEST, "Close", "", at=path)
        raise SourceError(Message(MessageKey.SHARING_DECLINED))


def _is_end(event: Any) -> bool:
    """A closed session, or a portal that has left the bus: the bus reports its start too."""
    return event.header.fields[HeaderFields.member] == "Closed" or bool(event.body[1] and not event.body[2])
