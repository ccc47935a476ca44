"""Asking a portal for a window or a monitor, and all the ways in which nothing is shared."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.portal.screen_cast import PortalAbilities, ScreenCast
from fer_desktop.portal.share_memory import SharedKind
from tests.portal.fake_portal import CANCELLED, FAILED, NODE, FakePortal
from tests.portal.service import DBUS, session_bus
from tests.raising import raises_message

pytestmark = DBUS


@pytest.fixture(autouse=True)
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus without a service that it could start."""
    with session_bus(tmp_path, {"XDG_DATA_DIRS": str(tmp_path), "HOME": str(tmp_path)}, services=False) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@contextmanager
def running(**answers: Any) -> Iterator[FakePortal]:
    portal = FakePortal(**answers)
    portal.start()
    try:
        yield portal
    finally:
        portal.close()


def share(kind: SharedKind = "window", *, token: str | None = None) -> tuple[int, str | None]:
    """The node and the token."""
    with closing(ScreenCast()) as cast:
        shared = cast.share(kind, token=token)
        os.close(shared.fd)
        return shared.node, shared.token


def test_a_window_or_a_monitor_is_asked_for_alone_and_without_the_cursor() -> None:
    with running() as portal:
        assert share("window") == share("monitor") == (NODE, None)
    common = {"multiple": False, "cursor_mode": 1, "persist_mode": 2}
    assert portal.asked == [{"types": 2, **common}, {"types": 1, **common}]


def test_a_token_restores_the_choice_and_the_next_one_is_returned() -> None:
    results: dict[str, tuple[str, Any]] = {"streams": ("a(ua{sv})", [(NODE, {})]), "restore_token": ("s", "next")}
    with running(results=results) as portal:
        assert share(token="last") == (NODE, "next")
    assert portal.asked[0]["restore_token"] == "last"


def test_an_older_portal_is_asked_for_what_it_knows() -> None:
    with running(version=1) as portal:
        assert share(token="last") == (NODE, None)
    assert portal.asked == [{"types": 2, "multiple": False}]


def test_the_abilities_of_a_portal() -> None:
    with running(types=1, version=3), closing(ScreenCast()) as cast:
        assert cast.abilities() == PortalAbilities(3, ("monitor",))


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"status": CANCELLED}, MessageKey.SHARING_DECLINED),
        ({"status": FAILED}, MessageKey.SHARING_FAILED),
        ({"results": {}}, MessageKey.SHARING_FAILED),
        ({"types": 1}, MessageKey.NO_WINDOWS_SHARED),
        ({"types": None}, MessageKey.PORTAL_MISSING),
    ],
    ids=["declined", "failed", "nothing chosen", "no windows", "no screens"],
)
def test_why_nothing_is_shared(answers: dict[str, Any], key: MessageKey) -> None:
    with running(**answers), raises_message(SourceError, key):
        share()


def test_monitors_that_are_not_shared() -> None:
    with running(types=2), raises_message(SourceError, MessageKey.NO_MONITORS_SHARED):
        share("monitor")


def test_a_desktop_without_a_portal() -> None:
    with raises_message(SourceError, MessageKey.PORTAL_MISSING):
        share()


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "nonsense"])
def test_a_computer_without_a_bus(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with raises_message(SourceError, MessageKey.PORTAL_MISSING):
        ScreenCast()


def _share_in_thread(cancelled: Callable[[], bool]) -> tuple[threading.Thread, list[SourceError]]:
    errors: list[SourceError] = []

    def run() -> None:
        with closing(ScreenCast(cancelled=cancelled)) as cast:
            try:
                cast.share("window")
            except SourceError as error:
                errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, errors


def test_a_question_that_is_withdrawn_leaves_no_dialog_open() -> None:
    cancelled = threading.Event()
    with running(status=None) as portal:
        thread, errors = _share_in_thread(cancelled.is_set)
        assert portal.dialog_open.wait(30)
        cancelled.set()
        thread.join(30)
        assert portal.withdrawn.is_set()
    assert [error.message.key for error in errors] == [MessageKey.SHARING_DECLINED]


def test_a_portal_that_ends_while_the_user_chooses_keeps_nobody_waiting() -> None:
    with running(status=None) as portal:
        thread, errors = _share_in_thread(lambda: False)
        assert portal.dialog_open.wait(30)
    thread.join(30)
    assert [error.message.key for error in errors] == [MessageKey.SHARING_FAILED]


def _wait_for_the_end(cast: ScreenCast) -> None:
    until_s = time.monotonic() + 30
    while not cast.has_ended():
        assert time.monotonic() < until_s, "the end is not noticed"
        time.sleep(0.01)


def test_the_end_of_the_sharing_is_noticed() -> None:
    with running() as portal, closing(ScreenCast()) as cast:
        os.close(cast.share("window").fd)
        assert not cast.has_ended()
        portal.end_sessions.set()
        _wait_for_the_end(cast)


def test_the_end_of_the_portal_ends_the_sharing() -> None:
    with closing(ScreenCast()) as cast:
        with running():
            os.close(cast.share("window").fd)
            assert not cast.has_ended()
        _wait_for_the_end(cast)
