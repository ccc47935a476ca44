"""Describes a demo's report as JSON and as text."""

from typing import Any

from fer_desktop.simulation.flag_score import FlagScore
from ui.demo.demo import DemoReport


def report_figures(report: DemoReport, *, database: str) -> dict[str, Any]:
    """The figures for JSON; shares are 0 to 1, null where there was nothing to compare."""
    score, stats = report.score, report.stats
    return {
        "session": report.session,
        "db": database,
        "students": score.students,
        "face_seconds_share": _round(score.face_seconds_share),
        "expression_agreement": _round(score.expression_agreement),
        "valence_agreement": _round(score.valence_agreement),
        "per_expression": {name.value: _round(share) for name, share in score.per_expression.items()},
        "identity_switches": score.identity_switches,
        "flags": {each.kind.value: _flag_figures(each) for each in report.flags},
        "frames": stats.frames_analysed,
        "dropped": stats.frames_dropped,
        "latency_ms": {"p50": round(stats.latency_p50_ms, 1), "p95": round(stats.latency_p95_ms, 1)},
    }


def describe_report(report: DemoReport, figures: dict[str, Any]) -> str:
    """The report as lines of text. `figures`: from `report_figures`."""
    score = report.score
    lines = [
        f"The simulated class, session {report.session} in {figures['db']}:",
        f"  students seen          {score.students} of {report.students}",
        f"  face-seconds found     {_percent(score.face_seconds_share)} of {score.scripted_face_seconds}",
        f"  expression as scripted {_percent(score.expression_agreement)} of {score.compared_seconds} seconds",
        f"  positive / neutral / negative as scripted {_percent(score.valence_agreement)}",
        *(f"    {name.value:9} {_percent(share)}" for name, share in score.per_expression.items()),
        f"  students mixed up      {score.identity_switches} times",
        *(_describe_flag(each) for each in report.flags),
        f"  frames                 {figures['frames']} read, {figures['dropped']} dropped, "
        f"{figures['latency_ms']['p50']:.0f} ms from screen to chart (95 %: {figures['latency_ms']['p95']:.0f} ms)",
        "The students are drawn, so the expressions say how the drawings are read, not how people are.",
    ]
    return "\n".join(lines) + "\n"


def _flag_figures(score: FlagScore) -> dict[str, Any]:
    return {
        "raised": score.raised,
        "precision": _round(score.precision),
        "due": score.due,
        "recall": _round(score.recall),
        "longest_delay_s": max(score.delays_s, default=None),
    }


def _describe_flag(score: FlagScore) -> str:
    late = f", {max(0.0, *score.delays_s):.0f} s late at most" if score.delays_s else ""
    return (
        f"  flag {score.kind.value:17} {score.correct} of {score.raised} right, {score.came} of {score.due} came{late}"
    )


def _round(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"
