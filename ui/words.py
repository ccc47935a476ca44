"""The words for what the windows show, in the language of the windows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from PySide6.QtCore import QDateTime, QLocale

from fer_desktop import types
from fer_desktop.messages import Message, MessageKey
from fer_desktop.messages import words as common_words
from fer_desktop.messages.words import format_clock
from fer_desktop.policy.expressions import LAW_LINE, UNCONFIRMED_LINE, ExpressionDecision, Reason
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import (
    ANNOTATIONS,
    EXPRESSIONS,
    GAP_ENDS,
    MIN_GROUP_SIZE,
    AttentionLevel,
    ClassMood,
    Event,
    EventKind,
    Expression,
    Flag,
    FlagKind,
    Floats,
    PipelineState,
    Presence,
    StudentState,
    attention_level,
)
from ui.language import current_language, mark, render, tr, tr_count

Key = TypeVar("Key")


class Words(Mapping[Key, str]):
    """Words by key, given as texts marked for translation and translated on access."""

    def __init__(self, marked: Mapping[Key, str]) -> None:
        self._marked = marked

    def __getitem__(self, key: Key) -> str:
        return tr(self._marked[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._marked)

    def __len__(self) -> int:
        return len(self._marked)


STACK_ORDER: Final = types.STACK_ORDER

STACK_INDICES: Final = tuple(EXPRESSIONS.index(expression) for expression in STACK_ORDER)
"""The index of each expression of `STACK_ORDER` in a probability vector."""

EXPRESSION_WORDS: Final = Words(common_words.EXPRESSION_WORDS)

UNCERTAIN_NOTE: Final = mark("* often misread")
"""What the mark of `legend_word` means."""


def legend_word(expression: Expression) -> str:
    """The word for a legend, with a mark where the expression is often misread."""
    return f"{EXPRESSION_WORDS[expression]}{'*' if expression in types.UNCERTAIN_EXPRESSIONS else ''}"


PRESENCE_WORDS: Final = Words(
    {
        Presence.VISIBLE: mark("visible"),
        Presence.UNREADABLE: mark("face not seen"),
        Presence.EMPTY: mark("nobody in view"),
        Presence.CAMERA_OFF: mark("camera off"),
        Presence.OUT_OF_VIEW: mark("not in view"),
        Presence.AWAY: mark("away"),
    }
)

GAP_WORDS: Final = Words(common_words.GAP_WORDS)

UNREADABLE_WORDS: Final = Words(common_words.UNREADABLE_WORDS)

FLAG_WORDS: Final = Words(common_words.FLAG_WORDS)

ATTENTION_WORDS: Final = Words(common_words.ATTENTION_WORDS)

ATTENTIVE_WORDS: Final = Words(
    {
        AttentionLevel.HIGH: mark("mostly attentive"),
        AttentionLevel.MIDDLE: mark("partly attentive"),
        AttentionLevel.LOW: mark("attention is low"),
    }
)
"""The levels of attention as words for a sentence."""

STATE_WORDS: Final = Words(
    {
        PipelineState.STOPPED: mark("Not watching"),
        PipelineState.STARTING: mark("Getting ready…"),
        PipelineState.RUNNING: mark("Watching"),
        PipelineState.PAUSED: mark("Paused"),
        PipelineState.STOPPING: mark("Saving…"),
        PipelineState.FAULTED: mark("Stopped by a problem"),
    }
)


WAITING_WORDS: Final = mark("Waiting for the picture")
"""Shown instead of "Watching" while the picture is lost."""

_SENTENCE_ENDS: Final = (".", "?", "!", "।")
_MOSTLY = 0.5
_WORTH_NAMING = 0.2


@dataclass(frozen=True, slots=True)
class Sentence:
    """The class in words: a headline, and a line of detail that may be empty. `short`: for where there is one line."""

    headline: str
    detail: str
    short: str = ""


def missing_place_notice() -> str:
    """Shown at the start while it is unknown where the class is."""
    return tr("Choose your country to turn on expressions.")


def explain_expressions_off(decision: ExpressionDecision) -> str | None:
    """Why expressions are off, in a sentence; None where they are on."""
    if decision.on:
        return None
    if decision.reason is Reason.PLACE_UNKNOWN:
        return missing_place_notice()
    return tr(UNCONFIRMED_LINE if decision.reason is Reason.SETTINGS_UNCONFIRMED else LAW_LINE)


def starting_sentence() -> Sentence:
    """While a session is being opened."""
    return Sentence(tr("One moment…"), tr("The first result takes a few seconds."))


def not_watching_sentence() -> Sentence:
    """While nothing is watched, as in a pause or after a fault."""
    return Sentence(tr("Not watching"), "")


def describe_state(state: PipelineState, *, waiting: bool) -> str:
    """The state in words. `waiting`: the picture is lost."""
    return tr(WAITING_WORDS) if waiting else STATE_WORDS[state]


def format_duration(seconds: float) -> str:
    """`45 s`, `3 min`, `1 h 5 min`."""
    return current_language().duration(seconds)


def capitalise(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def as_sentence(message: Message) -> str:
    """A message as a sentence: with a capital and a full stop, that of its language. A file keeps its name."""
    words, is_literal = render(message), message.key is MessageKey.LITERAL
    names = [] if is_literal else [value for _, value in message.arguments if isinstance(value, str) and value]
    sentence = words if words.startswith(tuple(names)) else capitalise(words)
    full_stop = "." if is_literal else tr(".")
    return sentence if sentence.endswith(_SENTENCE_ENDS) else f"{sentence}{full_stop}"


def describe_server_copies(on_server: bool) -> str:
    """What follows the text of a deletion: what of it this program cannot delete; "" for a file on this computer."""
    if not on_server:
        return ""
    return " " + tr(
        "The lessons are on a server: its logs and backups may keep this for a while. Ask whoever looks after it."
    )


def label_student(student: int, label: str | None) -> str:
    """A student's name, or "Student 7" in the language of the windows."""
    return tr("Student {number}", number=student) if label in (None, "", pseudonym(student)) else str(label)


def describe_expressions(probabilities: Floats) -> str:
    """`mostly neutral`, `neutral and happy`, or `mixed` for the (7,) probabilities of a class."""
    ranked = sorted(zip(probabilities.tolist(), EXPRESSIONS, strict=True), reverse=True, key=lambda pair: pair[0])
    (first_share, first), (second_share, second) = ranked[0], ranked[1]
    if first_share >= _MOSTLY:
        return tr("mostly {expression}", expression=EXPRESSION_WORDS[first])
    if second_share >= _WORTH_NAMING:
        return tr("{first} and {second}", first=EXPRESSION_WORDS[first], second=EXPRESSION_WORDS[second])
    return tr("mixed")


def describe_mood(mood: float | None) -> str:
    """A mood of -1 to 1 in words."""
    return tr("not known") if mood is None else tr(common_words.name_mood(mood))


def describe_class(
    mood: ClassMood, students: Sequence[StudentState], *, expressions_on: bool, aggregate_only: bool
) -> Sentence:
    """The class in words. Sessions with class totals only give counts."""
    watched = [student for student in students if not student.excluded]
    if aggregate_only or not watched:
        total, visible, others = max(mood.students, mood.people), mood.people, ""
    else:
        total = len(watched)
        visible = sum(student.presence in (Presence.VISIBLE, Presence.UNREADABLE) for student in watched)
        others = _describe_absent(watched)
    if total == 0:
        return Sentence(tr("No students seen yet"), tr("Check that the whole class is inside the watched area."))
    shown = expressions_on and not (aggregate_only and mood.faces < MIN_GROUP_SIZE)
    if shown and mood.probabilities is not None:
        expressions = describe_expressions(mood.probabilities)
        headline = tr(
            "{visible} of {total} visible, {expressions}", visible=visible, total=total, expressions=expressions
        )
        short = f"{capitalise(expressions)} · {visible}/{total}"
    else:
        headline = short = tr("{visible} of {total} visible", visible=visible, total=total)
    attention = describe_attention(mood.attention) if shown else ""
    details = (attention, others or _describe_cameras(mood, total))
    return Sentence(headline, capitalise(" · ".join(part for part in details if part)), short)


def _describe_absent(students: Sequence[StudentState]) -> str:
    numbers = Counter(student.presence for student in students)
    away, off = numbers[Presence.AWAY], numbers[Presence.CAMERA_OFF]
    empty, unread, out = numbers[Presence.EMPTY], numbers[Presence.UNREADABLE], numbers[Presence.OUT_OF_VIEW]
    parts = (
        tr_count("{n} away", "{n} away", away) if away else "",
        tr_count("{n} nobody in view", "{n} with nobody in view", empty) if empty else "",
        tr_count("{n} camera off", "{n} cameras off", off) if off else "",
        tr_count("{n} face not seen", "{n} faces not seen", unread) if unread else "",
        tr_count("{n} not in view", "{n} not in view", out) if out else "",
    )
    return " · ".join(part for part in parts if part)


def _describe_cameras(mood: ClassMood, total: int) -> str:
    if mood.cameras_on >= total:
        return tr("All cameras are on")
    return tr("{on} of {total} cameras on", on=mood.cameras_on, total=total)


def describe_student(state: StudentState, second: int, *, expressions_on: bool) -> str:
    """A student's state: `happy`, `not sure`, `camera off for 3 min`."""
    if state.excluded:
        return tr("excluded")
    if state.presence is Presence.UNREADABLE:
        words = PRESENCE_WORDS[state.presence] if state.reason is None else UNREADABLE_WORDS[state.reason]
        return tr("there, {reason}", reason=words)
    if state.presence is not Presence.VISIBLE:
        if any(flag.kind in (FlagKind.AWAY, FlagKind.CAMERA_OFF) for flag in state.flags):
            return PRESENCE_WORDS[state.presence]  # the flag says for how long
        return tr(
            "{presence} for {duration}",
            presence=PRESENCE_WORDS[state.presence],
            duration=format_duration(second - state.since_second - state.missed_s),
        )
    if not expressions_on:
        return PRESENCE_WORDS[Presence.VISIBLE]
    return tr("not sure") if state.expression is None else EXPRESSION_WORDS[state.expression]


def describe_flag(flag: Flag) -> str:
    """`Not in the call for 2 min, since 10:04`, by the session's clock."""
    words = tr("{reason}, since {time}", reason=render(flag.evidence), time=format_clock(flag.since_second))
    return capitalise(words)


def describe_attention(index: float | None) -> str:
    """The attention index of the class in words, "" for None; levels as those of a student."""
    return "" if index is None else ATTENTIVE_WORDS[attention_level(index)]


def format_day(moment: datetime) -> str:
    """`Mon 23 Nov 2026, 14:05`, in the time zone of `moment`."""
    return QLocale().toString(_without_zone(moment), day_pattern("ddd dd MMM yyyy, HH:mm"))


def day_pattern(pattern: str) -> str:
    """A pattern of Qt as the language writes days: German puts a full stop behind their numbers."""
    return pattern.replace("d MMM", "d. MMM") if current_language().code == "de" else pattern


def format_time(moment: datetime) -> str:
    """`14:05`, in the time zone of `moment`."""
    return QLocale().toString(_without_zone(moment), "HH:mm")


def _without_zone(moment: datetime) -> QDateTime:
    return QDateTime(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)


def format_share(part: float, whole: float) -> str:
    """A share as a whole per cent; a dash if `whole` is zero."""
    return tr("{percent} %", percent=f"{100 * part / whole:.0f}") if whole > 0 else "–"


def describe_event(event: Event, labels: Mapping[int, str] | None = None) -> str:
    """An event in words; annotations exactly as typed. `labels`: the names of the students, where known."""
    words = _describe_event(event)
    if event.student is None:
        of_teacher = event.kind in ANNOTATIONS and event.text
        return words if of_teacher else capitalise(words)
    label = label_student(event.student, (labels or {}).get(event.student))
    return tr("{who}: {words}", who=label, words=words)


_WITH_DETAIL: Final = (*GAP_ENDS, EventKind.FAULT, EventKind.CLOCK_CHANGED)


def _describe_event(event: Event) -> str:
    flag = FLAG_WORDS[event.flag].lower() if event.flag is not None else ""
    words = {
        EventKind.BOOKMARK: event.text or tr("Bookmark"),
        EventKind.NOTE: event.text,
        EventKind.FLAG_RAISED: render(event.message) if event.message else flag,
        EventKind.FLAG_CLEARED: tr("flag cleared ({flag})", flag=flag),
        EventKind.FLAG_DISMISSED: tr("flag dismissed ({flag})", flag=flag),
        EventKind.CAPTURE_LOST: tr("The picture was lost"),
        EventKind.CAPTURE_BACK: tr("The picture is back"),
        EventKind.PAUSED: tr("Paused"),
        EventKind.RESUMED: tr("Resumed"),
        EventKind.STUDENT_EXCLUDED: tr("excluded"),
        EventKind.STUDENT_INCLUDED: tr("included again"),
        EventKind.FAULT: tr("Stopped by a problem"),
        EventKind.PICTURE_FROZEN: tr("The picture froze"),
        EventKind.PICTURE_MOVING: tr("The picture moves again"),
        EventKind.DISPLAY_LOST: tr("The screen was lost"),
        EventKind.DISPLAY_BACK: tr("The screen is back"),
        EventKind.SUSPENDED: tr("The computer went to sleep"),
        EventKind.WOKEN: tr("The computer woke up"),
        EventKind.STALLED: tr("The program stopped running"),
        EventKind.UNSTALLED: tr("The program runs again"),
        EventKind.CLOCK_CHANGED: tr("The clock changed"),
    }[event.kind]
    if event.kind in _WITH_DETAIL and event.message:
        return tr("{words}: {detail}", words=words, detail=render(event.message))
    return words
