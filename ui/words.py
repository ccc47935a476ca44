"""The words for what the windows show: plain, calm, the same everywhere. Pure functions, no Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fer_desktop.labels import pseudonym
from fer_desktop.types import (
    EXPRESSIONS,
    LEAST_FACES_TOLD,
    ClassMood,
    Event,
    EventKind,
    Expression,
    FlagKind,
    Floats,
    PipelineState,
    Presence,
    StudentState,
)

STACK_ORDER: Final = (
    Expression.HAPPY,
    Expression.SURPRISE,
    Expression.NEUTRAL,
    Expression.SAD,
    Expression.FEAR,
    Expression.ANGRY,
    Expression.DISGUST,
)
"""How expressions are listed and stacked everywhere: from bright to heavy, most frequent near the top."""

STACK_INDICES: Final = tuple(EXPRESSIONS.index(expression) for expression in STACK_ORDER)
"""Where each expression of `STACK_ORDER` stands in a probability vector."""

EXPRESSION_WORDS: Final[dict[Expression, str]] = {
    Expression.ANGRY: "angry",
    Expression.DISGUST: "disgusted",
    Expression.FEAR: "afraid",
    Expression.HAPPY: "happy",
    Expression.SAD: "sad",
    Expression.SURPRISE: "surprised",
    Expression.NEUTRAL: "neutral",
}

PRESENCE_WORDS: Final[dict[Presence, str]] = {
    Presence.VISIBLE: "visible",
    Presence.TURNED_AWAY: "face not seen",
    Presence.CAMERA_OFF: "camera off",
    Presence.OUT_OF_VIEW: "not in view",
    Presence.AWAY: "away",
}

FLAG_WORDS: Final[dict[FlagKind, str]] = {
    FlagKind.AWAY: "Away",
    FlagKind.CAMERA_OFF: "Camera off",
    FlagKind.NEGATIVE: "Persistently negative",
    FlagKind.DROWSY: "Eyes closed",
    FlagKind.CLASS_DROP: "Mood dropped",
}

STATE_WORDS: Final[dict[PipelineState, str]] = {
    PipelineState.STOPPED: "Not watching",
    PipelineState.STARTING: "Getting ready…",
    PipelineState.RUNNING: "Watching",
    PipelineState.PAUSED: "Paused",
    PipelineState.STOPPING: "Saving…",
    PipelineState.FAULTED: "Stopped by a problem",
}

PLACE_WANTED: Final = "Say where the class is: until then expressions are off."

_MOSTLY = 0.5
_WORTH_NAMING = 0.2
_EVEN_MOOD = 0.1
_CLEAR_MOOD = 0.35


@dataclass(frozen=True, slots=True)
class Sentence:
    """The class in words: one line to glance at, one line more for who looks twice (may be empty)."""

    headline: str
    detail: str


STARTING_SENTENCE: Final = Sentence("One moment…", "The first reading takes some seconds.")


def format_clock(seconds: float) -> str:
    """12:34, or 1:02:03 from an hour on."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def format_duration(seconds: float) -> str:
    """45 s, 3 min, 1 h 05 min."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 student, 2 students."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capitalise(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def describe_expressions(probabilities: Floats) -> str:
    """`mostly neutral`, `neutral and happy`, or `mixed` for the (7,) probabilities of a class."""
    ranked = sorted(zip(probabilities.tolist(), EXPRESSIONS, strict=True), reverse=True, key=lambda pair: pair[0])
    (first_share, first), (second_share, second) = ranked[0], ranked[1]
    if first_share >= _MOSTLY:
        return f"mostly {EXPRESSION_WORDS[first]}"
    if second_share >= _WORTH_NAMING:
        return f"{EXPRESSION_WORDS[first]} and {EXPRESSION_WORDS[second]}"
    return "mixed"


def describe_mood(mood: float | None) -> str:
    """A mood of -1 to 1 in words; never to the decimal, as the reading does not carry that."""
    if mood is None:
        return "not known"
    if abs(mood) < _EVEN_MOOD:
        return "even"
    side = "positive" if mood > 0 else "negative"
    return side if abs(mood) >= _CLEAR_MOOD else f"slightly {side}"


def describe_class(
    mood: ClassMood, students: Sequence[StudentState], *, expressions_on: bool, aggregate_only: bool
) -> Sentence:
    """What a teacher reads at one glance. In an aggregate-only session only counts are told."""
    watched = [student for student in students if not student.excluded]
    if aggregate_only or not watched:
        total, visible, others = max(mood.students, mood.faces), mood.faces, ""
    else:
        total = len(watched)
        visible = sum(student.presence is Presence.VISIBLE for student in watched)
        others = _describe_absent(watched)
    if total == 0:
        return Sentence("No students seen yet", "Make sure that the class gallery is inside the watched region.")
    headline = f"{visible} of {total} visible"
    shown = expressions_on and not (aggregate_only and mood.faces < LEAST_FACES_TOLD)
    if shown and mood.probabilities is not None:
        headline += f", {describe_expressions(mood.probabilities)}"
    return Sentence(headline, others or _describe_cameras(mood, total))


def _describe_absent(students: Sequence[StudentState]) -> str:
    counted = [
        (sum(student.presence is presence for student in students), one, many)
        for presence, one, many in (
            (Presence.AWAY, "away", "away"),
            (Presence.CAMERA_OFF, "camera off", "cameras off"),
            (Presence.TURNED_AWAY, "face not seen", "faces not seen"),
            (Presence.OUT_OF_VIEW, "not in view", "not in view"),
        )
    ]
    return " · ".join(count(number, one, many) for number, one, many in counted if number)


def _describe_cameras(mood: ClassMood, total: int) -> str:
    return "All cameras are on" if mood.cameras_on >= total else f"{mood.cameras_on} of {total} cameras on"


def describe_student(state: StudentState, second: int, *, expressions_on: bool) -> str:
    """One student's state: `happy`, `not sure`, `camera off for 3 min`."""
    if state.excluded:
        return "left out"
    if state.presence is not Presence.VISIBLE:
        return f"{PRESENCE_WORDS[state.presence]} for {format_duration(second - state.since_second)}"
    if not expressions_on:
        return PRESENCE_WORDS[Presence.VISIBLE]
    return "not sure" if state.expression is None else EXPRESSION_WORDS[state.expression]


def format_day(moment: datetime) -> str:
    """Mon 23 Nov 2026, 14:05 in the computer's own time zone; `moment` is aware."""
    return moment.astimezone().strftime("%a %d %b %Y, %H:%M")


def format_time(began: datetime, second: int) -> str:
    """14:05 in the computer's own time zone: that second of a session that began then; `began` is aware."""
    return (began + timedelta(seconds=second)).astimezone().strftime("%H:%M")


def format_share(part: float, whole: float) -> str:
    """A whole per cent, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f} %" if whole > 0 else "–"


def describe_event(event: Event, labels: Mapping[int, str] | None = None) -> str:
    """One moment of a session in words. `labels`: what its students are called, where that is known."""
    who = ""
    if event.student is not None:
        who = f"{(labels or {}).get(event.student) or pseudonym(event.student)}: "
    flag = FLAG_WORDS[event.flag].lower() if event.flag is not None else ""
    told = f": {event.text}" if event.text else ""
    words = {
        EventKind.BOOKMARK: event.text or "Bookmark",
        EventKind.NOTE: f"{who}{event.text}",
        EventKind.FLAG_RAISED: f"{who}{event.text or flag}",
        EventKind.FLAG_CLEARED: f"{who}no longer {flag}",
        EventKind.FLAG_DISMISSED: f"{who}flag dismissed ({flag})",
        EventKind.CAPTURE_LOST: f"The picture was lost{told}",
        EventKind.CAPTURE_BACK: "The picture is back",
        EventKind.PAUSED: "Paused",
        EventKind.RESUMED: "Resumed",
        EventKind.STUDENT_EXCLUDED: f"{who}left out",
        EventKind.STUDENT_INCLUDED: f"{who}taken in again",
        EventKind.FAULT: f"Stopped by a problem{told}",
    }
    return capitalise(words[event.kind])
