"""Asks the desktop for a window or a monitor: `org.freedesktop.portal.ScreenCast`.

Source: the documentation of xdg-desktop-portal, "Screen Cast"; versions 2 (cursor) and 4 (restoring) are used if there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.portal.bus import PortalBus
from fer_desktop.portal.share_memory import SHARED_KINDS, SharedKind

SCREEN_CAST: Final = "org.freedesktop.portal.ScreenCast"
_TYPES: Final[dict[SharedKind, int]] = {"monitor": 1, "window": 2}
_HIDDEN_CURSOR: Final = 1
_UNTIL_REVOKED: Final = 2
_RESTORING_FROM_VERSION: Final = 4


@dataclass(frozen=True, slots=True)
class SharedScreen:
    """What the user shares. `node`: its stream on the PipeWire connection `fd`, which the receiver closes.

    `token`: restores the choice once, without a question; None where the desktop does not offer that.
    """

    fd: int
    node: int
    token: str | None


@dataclass(frozen=True, slots=True)
class PortalAbilities:
    """What a desktop's portal can share."""

    version: int
    kinds: tuple[SharedKind, ...]


class ScreenCast:
    """One sharing, from the question until it ends. For one thread."""

    def __init__(self, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """`cancelled` ends the question. Raises `SourceError` where there is no D-Bus."""
        self._bus = PortalBus(cancelled=cancelled)

    def abilities(self) -> PortalAbilities:
        """Raises `SourceError` where the desktop has no such portal."""
        types = self._bus.read_number(SCREEN_CAST, "AvailableSourceTypes")
        version = self._bus.read_number(SCREEN_CAST, "version")
        return PortalAbilities(version, tuple(kind for kind in SHARED_KINDS if types & _TYPES[kind]))

    def share(self, kind: SharedKind, *, token: str | None = None) -> SharedScreen:
        """Lets the user choose, or restores the choice that `token` stands for. Waits for the answer.

        Raises `SourceError` where the user declines, or the desktop cannot share that.
        """
        abilities = self.abilities()
        if kind not in abilities.kinds:
            raise SourceError(
                Message(MessageKey.NO_WINDOWS_SHARED if kind == "window" else MessageKey.NO_MONITORS_SHARED)
            )
        session = self._open_session()
        self._bus.ask(SCREEN_CAST, "SelectSources", "oa{sv}", session, **self._describe_sources(abilities, kind, token))
        results = self._bus.ask(SCREEN_CAST, "Start", "osa{sv}", session, "")
        if not results.get("streams"):
            raise SourceError(Message(MessageKey.SHARING_FAILED))
        node = int(results["streams"][0][0])
        (remote,) = self._bus.call(SCREEN_CAST, "OpenPipeWireRemote", "oa{sv}", session, {})
        return SharedScreen(remote.to_raw_fd(), node, results.get("restore_token"))

    def has_ended(self) -> bool:
        """Whether the user has stopped the sharing, the window is closed, or the portal has ended."""
        return self._bus.has_ended()

    def close(self) -> None:
        """Ends the sharing. May be called twice."""
        self._bus.close()

    def _open_session(self) -> str:
        results = self._bus.ask(
            SCREEN_CAST, "CreateSession", "a{sv}", session_handle_token=("s", self._bus.make_token())
        )
        return str(results["session_handle"])

    def _describe_sources(
        self, abilities: PortalAbilities, kind: SharedKind, token: str | None
    ) -> dict[str, tuple[str, object]]:
        options: dict[str, tuple[str, object]] = {"types": ("u", _TYPES[kind]), "multiple": ("b", False)}
        if abilities.version >= 2 and self._bus.read_number(SCREEN_CAST, "AvailableCursorModes") & _HIDDEN_CURSOR:
            options["cursor_mode"] = ("u", _HIDDEN_CURSOR)
        if abilities.version >= _RESTORING_FROM_VERSION:
            options["persist_mode"] = ("u", _UNTIL_REVOKED)
            if token:
                options["restore_token"] = ("s", token)
        return options
