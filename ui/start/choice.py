"""The chosen source, and how it is described."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import SettingsError
from fer_desktop.policy.consent import Watched
from fer_desktop.portal.share_memory import SharedKind
from fer_desktop.ports import FrameSource
from fer_desktop.settings import Setup
from ui.language import tr

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class NamedSource:
    """What the command line asks for: a region of the screen, or a window by its description."""

    region: Region | None = None
    window: WindowSelector | None = None


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """`source`: a text for `open_source`; `watched`: the kind of source that the consent text names.

    `make_source`: makes the source in place of `open_source`. `region` and `window` are remembered in the settings.
    `recordings`: files that are analysed in the background; nothing is watched then.
    """

    source: str
    watched: Watched
    simulated: bool = False
    region: Region | None = None
    window: WindowSelector | None = None
    recordings: tuple[Path, ...] = ()
    make_source: Callable[[], FrameSource] | None = None

    @property
    def shared(self) -> bool:
        """Whether the desktop asks what to watch, as on Wayland."""
        return self.source.startswith("portal:")

    @property
    def kept_in_setup(self) -> bool:
        """Whether a course's set-up keeps it; of what is shared it keeps the rest, as the desktop asks again."""
        return self.shared or bool(self.settings_kept())

    def settings_kept(self) -> dict[str, str | None]:
        """The changes of the settings: the region or the window that is watched."""
        if self.region is None and self.window is None:
            return {}
        return {
            "region": None if self.region is None else str(self.region),
            "window": None if self.window is None else str(self.window),
        }


def choose_region(region: Region) -> SourceChoice:
    """A region of the screen as a source."""
    return SourceChoice(f"screen:{region}", watched="call", region=region)


def choose_window(window: DesktopWindow) -> SourceChoice:
    """A window as a source."""
    selector = WindowSelector.of(window)
    return SourceChoice(f"window:{selector}", watched="call", window=selector.without_id())


def choose_monitor(monitor: Monitor) -> SourceChoice:
    """A whole monitor as a source."""
    return SourceChoice(f"monitor:{monitor.number}", watched="call", region=monitor.region)


def choose_shared(kind: SharedKind, *, again: bool = False) -> SourceChoice:
    """A window or a monitor that the desktop asks for; `again`: the one of last time."""
    return SourceChoice(f"portal:{kind}{',again' if again else ''}", watched="call")


def choose_camera(number: int) -> SourceChoice:
    """A camera as a source; numbers start at 0."""
    return SourceChoice(f"camera:{number}", watched="room")


def choose_recordings(paths: Sequence[Path]) -> SourceChoice:
    """One or more recordings, each of which becomes a lesson."""
    return SourceChoice(str(paths[0]), watched="recording", recordings=tuple(paths))


def describe_region(region: Region) -> str:
    """`1280 × 720 at 0, 40`."""
    return tr(
        "{width} × {height} at {left}, {top}",
        width=region.width,
        height=region.height,
        left=region.left,
        top=region.top,
    )


def describe_size(region: Region) -> str:
    """`1280 × 720`."""
    return tr("{width} × {height}", width=region.width, height=region.height)


def describe_setup(setup: Setup) -> str:
    """The window or region of a saved set-up, and whether only class totals are stored."""
    place = ""
    try:
        if setup.window:
            selector = WindowSelector.parse(setup.window)
            place = selector.title or selector.app or ""
        elif setup.region:
            place = describe_region(Region.parse(setup.region))
    except SettingsError:  # as in a settings file edited by hand: the list of windows opens then
        place = ""
    return " · ".join(part for part in (place, tr("class totals only") if setup.aggregate_only else "") if part)


def describe_shared(kind: SharedKind) -> str:
    """What is shared; its title is known to the desktop alone."""
    return tr("A shared window") if kind == "window" else tr("A shared monitor")


def quote_title(title: str) -> str:
    """A window's title for use in a sentence, isolated so that right-to-left letters reorder nothing else."""
    return tr("“{title}”", title=f"{_ISOLATE}{title}{_END_ISOLATE}")


def describe_source(choice: SourceChoice) -> str:
    """The source in words, as the live window shows it."""
    if choice.simulated:
        return tr("Simulated class")
    kind, _, rest = choice.source.partition(":")
    if kind == "monitor":
        return tr("Monitor {number}", number=rest)
    if kind == "portal":
        return describe_shared("monitor" if rest.startswith("monitor") else "window")
    if choice.region is not None:
        return tr("Part of the screen")
    if choice.window is not None:
        return tr("Window {title}", title=quote_title(choice.window.title))
    if kind == "camera":
        return tr("Camera {number}", number=int(rest) + 1)
    return Path(choice.source).name
