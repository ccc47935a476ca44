"""A region is a rectangle of the desktop, written WIDTHxHEIGHT+LEFT+TOP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.capture.region import RegionSource
from fer_desktop.desktop.region import Region
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import MessageKey
from tests.clock import ManualClock
from tests.raising import raises_message

places = st.integers(-20_000, 20_000)
sizes = st.integers(1, 20_000)
regions = st.builds(Region, places, places, sizes, sizes)


@given(regions)
def test_a_region_reads_back_as_it_was_written(region: Region) -> None:
    assert Region.parse(str(region)) == region


def test_a_region_left_of_the_first_monitor_can_be_written_in_two_ways() -> None:
    assert Region.parse("1280x720+-1920+0") == Region.parse("1280x720-1920+0") == Region(-1920, 0, 1280, 720)


@pytest.mark.parametrize(
    "text", ["", "1280x720", "1280*720+0+0", "1280x720+0", "axb+0+0", "1280x720+0+0+0", "1x1+--1+0"]
)
def test_another_text_is_refused_with_an_example(text: str) -> None:
    with raises_message(SettingsError, MessageKey.REGION_MALFORMED, text=text):
        Region.parse(text)


@pytest.mark.parametrize("text", ["0x720+0+0", "1280x0+5+5"])
def test_a_region_without_size_is_refused(text: str) -> None:
    with raises_message(SettingsError, MessageKey.REGION_EMPTY):
        Region.parse(text)


@given(regions, regions)
def test_the_clipped_part_lies_in_both(region: Region, desktop: Region) -> None:
    part = region.clipped(desktop)
    if part is None:
        apart_x = region.right <= desktop.left or desktop.right <= region.left
        apart_y = region.bottom <= desktop.top or desktop.bottom <= region.top
        assert apart_x or apart_y
    else:
        for outer in (region, desktop):
            assert outer.left <= part.left < part.right <= outer.right
            assert outer.top <= part.top < part.bottom <= outer.bottom


def test_without_a_display_open_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4095")
    source = RegionSource(Region(0, 0, 640, 480), clock=ManualClock())
    with pytest.raises(SourceError, match="run on a desktop, or under xvfb-run"):
        source.open()
    source.close()
