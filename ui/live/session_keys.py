"""The desktop's keys of a session: held while it is on and the teacher wants them, else other programs'."""

from collections.abc import Callable, Iterable, Mapping

from ui.desktop_keys import DesktopKeys, Key


class SessionKeys:
    """`show` is told which keys are held, whenever that changes."""

    def __init__(
        self, keys: DesktopKeys, slots: Mapping[Key, Callable[[], None]], show: Callable[[Iterable[Key]], None]
    ) -> None:
        self._keys, self._slots, self._show = keys, slots, show
        self._wanted = False
        self._on = False

    def want(self, wanted: bool) -> None:
        self._change(wanted=wanted, on=self._on)

    def begin(self) -> None:
        self._change(wanted=self._wanted, on=True)

    def end(self) -> None:
        self._change(wanted=self._wanted, on=False)

    def _change(self, *, wanted: bool, on: bool) -> None:
        before, now = self._wanted and self._on, wanted and on
        self._wanted, self._on = wanted, on
        if now and not before:
            self._show(self._keys.hold(tuple(self._slots), lambda key: self._slots[key]()))
        elif before and not now:
            self._keys.release()
            self._show(())
