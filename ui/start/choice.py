"""What the teacher chose to watch."""

from dataclasses import dataclass
from pathlib import Path

from fer_desktop.capture.region import Monitor, Region


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """`source` is a text for `open_source`. `live`: people are watched as it happens. `region`: to remember."""

    source: str
    live: bool
    simulated: bool = False
    region: Region | None = None


def choose_region(region: Region) -> SourceChoice:
    return SourceChoice(f"screen:{region}", live=True, region=region)


def choose_monitor(monitor: Monitor) -> SourceChoice:
    return SourceChoice(f"monitor:{monitor.number}", live=True)


def choose_camera(number: int) -> SourceChoice:
    return SourceChoice(f"camera:{number}", live=True)


def choose_recording(path: Path) -> SourceChoice:
    return SourceChoice(str(path), live=False)


def describe_region(region: Region) -> str:
    """1280 × 720 at 0, 40."""
    return f"{region.width} × {region.height} at {region.left}, {region.top}"


def describe_source(choice: SourceChoice) -> str:
    """What is watched, as the window says it."""
    if choice.simulated:
        return "Simulated class"
    kind, _, rest = choice.source.partition(":")
    if choice.region is not None:
        return f"Part of the screen, {describe_region(choice.region)}"
    if kind == "monitor":
        return f"Monitor {rest}"
    if kind == "camera":
        return f"Camera {int(rest) + 1}"
    return Path(choice.source).name
