"""Made-up windows of a desktop, and fakes of its finder and its screen."""

from dataclasses import dataclass, field

import numpy as np

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Region
from fer_desktop.errors import CaptureLostError
from fer_desktop.types import Image

DESKTOP = Region(0, 0, 1920, 1080)
CALL_REGION = Region(100, 50, 800, 600)


def make_window(
    id: int = 1,
    title: str = "Zoom Meeting",
    app: str = "zoom",
    region: Region = CALL_REGION,
    *,
    hidden: bool = False,
    own: bool = False,
) -> DesktopWindow:
    return DesktopWindow(id, title, app, region, hidden=hidden, own=own)


@dataclass
class FakeFinder:
    """Lists `windows`; `broken`: the desktop does not answer."""

    windows: list[DesktopWindow] = field(default_factory=list)
    broken: bool = False
    listed: int = 0
    closed: int = 0

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        self.listed += 1
        if self.broken:
            raise CaptureLostError("the desktop does not answer")
        return tuple(self.windows)

    def close(self) -> None:
        self.closed += 1


class FakeScreen:
    """A desktop on which every pixel is noise; records the regions that were grabbed."""

    def __init__(self, desktop: Region = DESKTOP) -> None:
        self.desktop = desktop
        self.grabbed: list[Region] = []

    def grab(self, region: Region) -> Image:
        self.grabbed.append(region)
        return np.random.default_rng(len(self.grabbed)).integers(9, 255, (region.height, region.width, 3), np.uint8)

    def close(self) -> None:
        pass
