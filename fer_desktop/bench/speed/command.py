"""`bench`: the time that one frame of a drawn class takes, or what watching it costs. Captures no screen."""

import json
import re
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.bench.speed.live import LiveReport
    from fer_desktop.bench.speed.measure import BenchReport
    from fer_desktop.bench.speed.recording import RecordingReport

_LONGEST_LIVE_S: Final = 3600
_SHORTEST_RECORDING_S: Final = 5
_MOST_WORKERS: Final = 256
_SIZE: Final = re.compile(r"(\d{2,5})x(\d{2,5})")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--faces", type=int, default=49, help="drawn students in the frame, 1 to 98 (default: 49)")
    parser.add_argument("--size", default="1920x1080", metavar="WxH", help="the frame (default: 1920x1080)")
    parser.add_argument("--frames", type=int, default=60, help="frames to measure (default: 60)")
    parser.add_argument("--peers", action="store_true", help="also measure what else one could use, on the same frame")
    parser.add_argument("--live", type=float, metavar="SECONDS", help="watch the class for so long, as in a lesson")
    parser.add_argument("--recording", type=float, metavar="SECONDS", help="analyse a recording of the class, so long")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="processes that share the recording (default: one a core)"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run(arguments: Namespace) -> int:
    match = _SIZE.fullmatch(arguments.size)
    if match is None:
        raise SettingsError(f'"{arguments.size}" is no size: give width x height, such as 1920x1080')
    width, height = int(match[1]), int(match[2])
    if arguments.live is not None and arguments.recording is not None:
        raise SettingsError("give --live or --recording: the two are measured one after the other")
    if arguments.recording is not None:
        return _run_recording(arguments, width, height)
    if arguments.live is not None:
        return _run_live(arguments, width, height)
    return _run_frames(arguments, width, height)


def _run_frames(arguments: Namespace, width: int, height: int) -> int:
    from fer_desktop.bench.speed.measure import measure_frames
    from fer_desktop.bench.speed.peers import measure_peers

    if arguments.frames < 1:
        raise SettingsError("measure one frame at least: --frames 60")
    report, frame = measure_frames(faces=arguments.faces, width=width, height=height, frames=arguments.frames)
    figures = report.to_json()
    if arguments.peers:
        figures["peers"] = measure_peers(frame)
    sys.stdout.write(json.dumps(figures) + "\n" if arguments.json else _format_report(report, figures))
    return 0


def _run_live(arguments: Namespace, width: int, height: int) -> int:
    from fer_desktop.bench.speed.live import measure_live

    if not 1 <= arguments.live <= _LONGEST_LIVE_S:
        raise SettingsError(f"measure one second to {_LONGEST_LIVE_S}: --live 20")
    if arguments.peers:
        raise SettingsError("other programs are measured frame by frame: give --peers without --live")
    report = measure_live(faces=arguments.faces, width=width, height=height, seconds=arguments.live)
    sys.stdout.write(json.dumps(report.to_json()) + "\n" if arguments.json else _format_live(report))
    return 0


def _run_recording(arguments: Namespace, width: int, height: int) -> int:
    from fer_desktop.bench.speed.recording import measure_recording
    from fer_desktop.recording.build import count_cores

    if not _SHORTEST_RECORDING_S <= arguments.recording <= _LONGEST_LIVE_S:
        raise SettingsError(f"record {_SHORTEST_RECORDING_S} to {_LONGEST_LIVE_S} seconds: --recording 180")
    if arguments.peers:
        raise SettingsError("other programs are measured frame by frame: give --peers without --recording")
    workers = count_cores() if arguments.workers is None else arguments.workers
    if not 1 <= workers <= _MOST_WORKERS:
        raise SettingsError(f"--workers {workers} makes no sense: give a number from 1 to {_MOST_WORKERS}")
    report = measure_recording(
        faces=arguments.faces, width=width, height=height, seconds=arguments.recording, workers=workers
    )
    sys.stdout.write(json.dumps(report.to_json()) + "\n" if arguments.json else _format_recording(report))
    return 0


def _format_recording(report: "RecordingReport") -> str:
    lines = [
        f"{report.faces} faces found in a frame of {report.size}",
        f"  {report.frames} frames of {report.recorded_s:.0f} seconds, by {report.workers} processes",
        f"  read in {report.took_s:.1f} seconds: {report.times_real_time:.1f} times real time",
        f"  {report.cpu_s:.3f} seconds of processor time for a second of the recording",
        f"    {'in order':16} {report.in_order_cpu_s:.3f} s: students, seconds, database; the rest is shared",
        *(f"    {stage:16} {share:.0%} of the reading" for stage, share in report.stages.items()),
    ]
    return "\n".join(lines) + "\n"


def _format_live(report: "LiveReport") -> str:
    lines = [
        f"{report.faces} faces found in a frame of {report.size}, watched for {report.seconds:.0f} seconds",
        f"  {report.cpu_s:.3f} seconds of processor time a second, by thread:",
        *(f"    {thread:16} {cpu_s:.3f} s" for thread, cpu_s in report.cpu_s_by_thread.items()),
        f"  from capture to result {report.latency_ms.p50:.0f} ms   (95 %: {report.latency_ms.p95:.0f} ms)",
        *(
            f"    {stage:16} {quantiles.p50:.1f} ms   (95 %: {quantiles.p95:.1f} ms)"
            for stage, quantiles in report.stages_ms.items()
        ),
        f"  {report.dropped} of {report.captured} frames dropped",
        f"  expressions known of {report.read:.0%} of the readable faces of a frame; of the followed ones",
        *(f"    {what:16} {share:.0%}" for what, share in report.looks.items()),
    ]
    return "\n".join(lines) + "\n"


def _format_report(report: "BenchReport", figures: dict[str, object]) -> str:
    lines = [f"{report.faces} faces found in a frame of {report.size}"]
    measured = {**report.stages_ms, "frame": report.frame_ms, "all detected": report.detected_ms}
    for stage, quantiles in measured.items():
        lines.append(f"  {stage:12} {quantiles.p50:7.1f} ms   (95 %: {quantiles.p95:.1f} ms)")
    lines.append(f"  {report.cpu_seconds_per_frame:.3f} CPU seconds a frame, {report.peak_rss_mb:.0f} MB at most")
    peers = figures.get("peers")
    if isinstance(peers, dict):
        for name, peer in peers.items():
            lines.append(f"  {name}: {_format_peer(peer)}")
    return "\n".join(lines) + "\n"


def _format_peer(peer: dict[str, Any]) -> str:
    if "error" in peer:
        return str(peer["error"]).replace("\n", "\n    ")
    clock_ms, cpu_s = peer["frame_ms"]["p50"], peer["cpu_seconds_per_frame"]
    return f"{peer['faces']} faces, {clock_ms:.0f} ms and {cpu_s:.3f} CPU seconds a frame"


BENCH: Final = Command("bench", "Measure how fast a frame is read", _add_arguments, _run)
