"""A window that the desktop shares: the question, what ends it, and the file that remembers it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fer_desktop.capture.open_source import open_source
from fer_desktop.capture.shared import SharedSource
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.portal.share_memory import LastShare, ShareMemory
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.pipeline import FrameWorker, Pipeline
from fer_desktop.types import Frame, PipelineState
from tests.clock import ManualClock
from tests.needs import PIPEWIRE
from tests.portal.fake_portal import CANCELLED, NODE, FakePortal
from tests.portal.service import DBUS, session_bus
from tests.raising import raises_message


class IdleWorker:
    """Takes frames and does nothing."""

    def process(self, frame: Frame) -> None: ...

    def idle(self) -> None: ...

    def finish(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with session_bus(tmp_path, {}, services=False) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.mark.parametrize("kind", ["window", "monitor"])
def test_a_text_names_it(kind: str) -> None:
    source = open_source(f"portal:{kind}", fps=5, clock=ManualClock())
    assert isinstance(source, SharedSource)
    assert (source.kind, source.live) == (kind, True)
    key = MessageKey.SOURCE_SHARED_WINDOW if kind == "window" else MessageKey.SOURCE_SHARED_MONITOR
    assert source.name == Message(key)


@pytest.mark.parametrize("text", ["portal", "portal:", "portal:tab", "portal:window,twice"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="portal:window"):
        open_source(text, fps=5, clock=ManualClock())


@DBUS
@PIPEWIRE
@pytest.mark.usefixtures("bus")
def test_only_again_restores_and_only_what_is_of_the_same_kind() -> None:
    ShareMemory().keep(LastShare("window", "kept"))
    portal = FakePortal(status=CANCELLED)
    portal.start()
    try:
        for text in ("portal:window", "portal:monitor,again", "portal:window,again"):
            source = open_source(text, fps=5, clock=ManualClock())
            with raises_message(SourceError, MessageKey.SHARING_DECLINED):
                source.open()
            source.close()
    finally:
        portal.close()
    assert [asked.get("restore_token") for asked in portal.asked] == [None, None, "kept"]
    assert ShareMemory().load() == LastShare("window", "kept"), "what was declined replaces nothing"


@DBUS
@PIPEWIRE
@pytest.mark.usefixtures("bus")
def test_a_picture_that_cannot_come_is_named_and_the_choice_is_kept() -> None:
    results: dict[str, tuple[str, Any]] = {"streams": ("a(ua{sv})", [(NODE, {})]), "restore_token": ("s", "next")}
    portal = FakePortal(results=results)
    portal.start()
    source = SharedSource("window", clock=ManualClock())
    try:
        with raises_message(SourceError, MessageKey.SHARED_STREAM_FAILED):
            source.open()
            source.read()
    finally:
        source.close()
        source.close()
        portal.close()
    assert ShareMemory().load() == LastShare("window", "next")


@DBUS
@PIPEWIRE
@pytest.mark.usefixtures("bus")
def test_stopping_while_the_system_asks_withdraws_the_question_without_a_fault() -> None:
    portal = FakePortal(status=None)
    portal.start()
    source = SharedSource("window", clock=MonotonicClock())
    pipeline = _make_pipeline(source)
    pipeline.start()
    try:
        assert portal.dialog_open.wait(60)
        assert source.notice == Message(MessageKey.CHOOSE_WHAT_TO_SHARE)
        pipeline.stop()
        assert portal.withdrawn.wait(60)
    finally:
        pipeline.stop()
        portal.close()
    assert pipeline.state is PipelineState.STOPPED
    assert [words for words in (pipeline.fault, source.notice) if words is not None] == []
    assert "capture" not in {thread.name for thread in threading.enumerate()}


@DBUS
@PIPEWIRE
@pytest.mark.usefixtures("bus")
def test_a_question_that_is_declined_is_the_fault_of_the_session() -> None:
    portal = FakePortal(status=CANCELLED)
    portal.start()
    faulted = threading.Event()
    pipeline = _make_pipeline(SharedSource("window", clock=MonotonicClock()), faulted)
    pipeline.start()
    try:
        assert faulted.wait(60)
    finally:
        pipeline.stop()
        portal.close()
    assert pipeline.fault == Message(MessageKey.SHARING_DECLINED)


def _make_pipeline(source: SharedSource, faulted: threading.Event | None = None) -> Pipeline:
    """`faulted`: set once the pipeline has a fault."""

    def notice() -> None:
        if faulted is not None and pipeline.fault is not None:
            faulted.set()

    def make_worker() -> FrameWorker:
        return IdleWorker()

    pipeline = Pipeline(
        source=source,
        make_worker=make_worker,
        clock=MonotonicClock(),
        period_s=0.05,
        on_change=notice,
        on_capture=lambda _: None,
    )
    return pipeline
