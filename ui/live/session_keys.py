"""Global shortcuts of a session: grabbed while it is on and the settings allow it, else left to other programs."""

from collections.abc import Callable, Iterable, Mapping

from ui.desktop_keys import DesktopKeys, Key


class SessionKeys:
    """Calls `show` with the grabbed keys whenever they change."""

    def __init__(
        self, keys: DesktopKeys, slots: Mapping[Key, Callable[[], None]], show: Callable[[Iterable[Key]], None]
    ) -> None:
        self._keys, self._slots, self._show = keys, slots, show
        self._allowed = False
        self._on = False

    def set_allowed(self, allowed: bool) -> None:
        """Whether the settings allow to grab keys."""
        self._change(allowed=allowed, on=self._on)

    def begin(self) -> None:
        """A session starts."""
        self._change(allowed=self._allowed, on=True)

    def end(self) -> None:
        """The session has ended."""
        self._change(allowed=self._allowed, on=False)

    def _change(self, *, allowed: bool, on: bool) -> None:
        before, now = self._allowed and self._on, allowed and on
        self._allowed, self._on = allowed, on
        if now and not before:
            self._show(self._keys.hold(tuple(self._slots), lambda key: self._slots[key]()))
        elif before and not now:
            self._keys.release()
            self._show(())
