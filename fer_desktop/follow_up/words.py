"""A follow-up in words, the same in the window, in reports and on the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.analysis.drops import Drop
from fer_desktop.follow_up.values import Comparison, FollowUp, Gain, Hint, Improvement, LostMoment, Talk
from fer_desktop.messages import Language, Plural, mark
from fer_desktop.messages.words import ATTENTION_WORDS, format_clock, name_mood
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import Event, EventKind, FlagKind, attention_level

TITLE: Final = mark("What now?")
LOST_TITLE: Final = mark("Where the class was lost")
TALK_TITLE: Final = mark("Who to talk to")
BETTER_TITLE: Final = mark("Better than last time")

_FELL: Final = mark("The mood dropped from {before} to {after}.")
_FELL_WITHIN: Final = mark("The mood dropped but stayed {after}.")
_FLAGGED: Final = mark("Flag: {evidence}.")
_LEFT: Final = mark("At their cameras: {before} students before, {after} after.")
_YOUR_NOTE: Final = mark('You noted at {time}: "{words}"')
_YOUR_BOOKMARK: Final = mark("You set a bookmark at {time}.")

_NOTHING_RECORDED: Final = mark("Nothing was recorded of the class.")
_NOT_LOST: Final = mark("No moment stands out.")
_NOT_LOST_HINT: Final = mark("If you remember one, look at it in the timeline and add a note.")
_LOST_PRESENCE_ONLY: Final = mark("Only students leaving their cameras count here.")
_LOST_LIMITS: Final = mark("What did you do just before? The reading may be wrong; you were there.")

_NOBODY: Final = mark("Nobody stands out.")
_NOBODY_HINT: Final = mark("A note on a student (Ctrl+N in the lesson) brings them up here.")
_TOTALS_ONLY: Final = mark("Class totals only: no individual students are included.")
_TALK_LIMITS: Final = mark("These are hints, in no order. Ask first; the reason may be harmless.")
_OTHERS: Final = Plural("{n} more student had a hint: see the flags.", "{n} more students had hints: see the flags.")
_STUDENT: Final = mark("Student {number}")

_HINTS: Final = {
    FlagKind.AWAY: Plural("Away for {duration}.", "Away {n} times, {duration} in all."),
    FlagKind.CAMERA_OFF: Plural("Camera off for {duration}.", "Camera off {n} times, {duration} in all."),
    FlagKind.DROWSY: Plural("Eyes closed for {duration}.", "Eyes closed {n} times, {duration} in all."),
    FlagKind.NEGATIVE: Plural(
        "More negative than usual for {duration}.", "More negative than usual {n} times, {duration} in all."
    ),
}
_DOUBTS: Final = {
    FlagKind.AWAY: mark("They may have been there out of view."),
    FlagKind.CAMERA_OFF: mark("A camera may be off for good reasons."),
    FlagKind.DROWSY: mark("Looking down or glasses can look the same."),
    FlagKind.NEGATIVE: mark("A face that concentrates can look negative."),
}

_NO_BETTER: Final = {
    Comparison.SIMULATED: mark("A simulated class has no lesson before it."),
    Comparison.NO_COURSE: mark("Give this lesson a course in the review: then lessons of a course are compared."),
    Comparison.NO_EARLIER: mark("This is the first lesson of the course. The next one will be compared with it."),
    Comparison.TOO_SHORT: mark("This lesson is too short to compare: five minutes are needed."),
    Comparison.COMPARED: mark("Nothing was clearly better. Small differences do not count."),
}
_NO_BETTER_TOTALS: Final = {
    Comparison.NO_EARLIER: mark("No earlier lesson of the course has five minutes with five faces or more."),
    Comparison.TOO_SHORT: mark("Too little to compare: five minutes with five faces or more are needed."),
}
"""Where only the seconds of a group are known: other lessons of the course may be there."""
_COMPARED_WITH: Final = mark("Compared with {day}.")
_GAINS: Final = {
    Gain.MOOD: mark("The mood was more positive: {now}, {before} last time."),
    Gain.ATTENTION: mark("Attention was higher: {now}, {before} last time."),
    Gain.VISIBLE: mark("More faces were visible: {now}, {before} last time."),
    Gain.CAMERAS: mark("More cameras were on: {now}, {before} last time."),
    Gain.STUDENTS: mark("More students were there: {now}, {before} last time."),
    Gain.NO_DROP: mark("No large mood drop this time."),
}
_MORE_POSITIVE: Final = mark("The mood was more positive, though {now} as last time.")
_MORE_ATTENTION: Final = mark("Attention was higher, though {now} as last time.")
_SHARE: Final = mark("{percent} %")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a `heading` (a time or a name), what there is to say, and a quiet line of doubt that may be empty.

    `second`: of a moment; `student`: of a talk; else None.
    """

    heading: str
    lines: tuple[str, ...]
    doubt: str = ""
    second: int | None = None
    student: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three answers. `remark`: on all items, or what to do where there are none."""

    title: str
    items: tuple[Item, ...]
    remark: str


def describe_follow_up(follow_up: FollowUp, language: Language) -> tuple[Part, Part, Part]:
    """Where the class was lost, who to talk to, what was better."""
    lost, talk = _describe_lost(follow_up, language), _describe_talks(follow_up, language)
    return lost, talk, _describe_better(follow_up, language)


def _describe_lost(follow_up: FollowUp, language: Language) -> Part:
    text, expressions_on = language.text, follow_up.session.expressions_on
    if not follow_up.recorded:
        return Part(text(LOST_TITLE), (), text(_NOTHING_RECORDED))
    items = tuple(
        Item(format_clock(each.second), tuple(_describe_moment(each, language)), second=each.second)
        for each in follow_up.lost
    )
    remarks = [_LOST_LIMITS] if items else [_NOT_LOST, _NOT_LOST_HINT]
    if not expressions_on:
        remarks.append(_LOST_PRESENCE_ONLY)
    return Part(text(LOST_TITLE), items, " ".join(map(text, remarks)))


def _describe_moment(moment: LostMoment, language: Language) -> list[str]:
    lines = []
    if moment.mood is not None:
        lines.append(_describe_fall(moment.mood, language))
    if moment.flag is not None:
        lines.append(language.text(_FLAGGED, evidence=language.render(moment.flag)))
    if moment.people is not None:
        before, after = round(moment.people.before), round(moment.people.after)
        lines.append(language.text(_LEFT, before=before, after=after))
    return lines + [_describe_note(each, language) for each in moment.notes]


def _describe_fall(drop: Drop, language: Language) -> str:
    before, after = (language.text(name_mood(mood)) for mood in (drop.before, drop.after))
    return language.text(_FELL_WITHIN if before == after else _FELL, before=before, after=after)


def _describe_note(event: Event, language: Language) -> str:
    words, time = " ".join(event.text.split()), format_clock(event.second)
    if event.kind is EventKind.BOOKMARK and not words:
        return language.text(_YOUR_BOOKMARK, time=time)
    return language.text(_YOUR_NOTE, time=time, words=words)


def _describe_talks(follow_up: FollowUp, language: Language) -> Part:
    text = language.text
    if follow_up.session.aggregate_only:
        return Part(text(TALK_TITLE), (), text(_TOTALS_ONLY))
    items = tuple(_describe_talk(each, language) for each in follow_up.talks)
    if not items:
        return Part(text(TALK_TITLE), (), f"{text(_NOBODY)} {text(_NOBODY_HINT)}")
    more = [language.plural(_OTHERS, follow_up.others)] if follow_up.others else []
    return Part(text(TALK_TITLE), items, " ".join([text(_TALK_LIMITS), *more]))


def _describe_talk(talk: Talk, language: Language) -> Item:
    lines = [_describe_hint(hint, language) for hint in talk.hints]
    lines += [_describe_note(note, language) for note in talk.notes]
    doubts = [language.text(_DOUBTS[hint.flag]) for hint in talk.hints]
    return Item(name_student(talk, language), tuple(lines), " ".join(doubts), student=talk.student)


def name_student(talk: Talk, language: Language) -> str:
    """The student's name as it is, or "Student 7"."""
    return talk.label if talk.label != pseudonym(talk.student) else language.text(_STUDENT, number=talk.student)


def _describe_hint(hint: Hint, language: Language) -> str:
    return language.plural(_HINTS[hint.flag], hint.times, duration=language.duration(hint.seconds))


def _describe_better(follow_up: FollowUp, language: Language) -> Part:
    progress, title = follow_up.progress, language.text(BETTER_TITLE)
    items = tuple(Item("", (_describe_gain(each, language),)) for each in progress.better)
    reasons = _NO_BETTER | (_NO_BETTER_TOTALS if follow_up.session.aggregate_only else {})
    remarks = [] if items else [language.text(reasons[progress.comparison])]
    if progress.before is not None:
        remarks.append(language.text(_COMPARED_WITH, day=language.day(progress.before.local_time())))
    return Part(title, items, " ".join(remarks))


def _describe_gain(improvement: Improvement, language: Language) -> str:
    gain = improvement.gain
    now, before = (_FIGURES[gain](value, language) for value in (improvement.now, improvement.before))
    alike = {Gain.MOOD: _MORE_POSITIVE, Gain.ATTENTION: _MORE_ATTENTION}.get(gain) if now == before else None
    return language.text(alike or _GAINS[gain], now=now, before=before)


def _describe_share(share: float, language: Language) -> str:
    return language.text(_SHARE, percent=f"{100 * share:.0f}")


_FIGURES: Final[dict[Gain, Callable[[float, Language], str]]] = {
    Gain.MOOD: lambda mood, language: language.text(name_mood(mood)),
    Gain.ATTENTION: lambda index, language: language.text(ATTENTION_WORDS[attention_level(index)]),
    Gain.VISIBLE: _describe_share,
    Gain.CAMERAS: _describe_share,
    Gain.STUDENTS: lambda number, _: f"{number:.0f}",
    Gain.NO_DROP: lambda *_: "",
}


def follow_up_as_json(follow_up: FollowUp, parts: Sequence[Part]) -> dict[str, object]:
    """What the command prints: the texts of `parts`, with seconds and students as numbers."""
    names = ("lost", "talk", "better")
    return {"session": follow_up.session.id} | {
        name: {
            "items": [
                {"heading": item.heading, "second": item.second, "student": item.student}
                | {"lines": list(item.lines), "doubt": item.doubt}
                for item in part.items
            ],
            "remark": part.remark,
        }
        for name, part in zip(names, parts, strict=True)
    }
