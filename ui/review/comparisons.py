"""Comparisons of two lessons, or of one student's lessons, in words rather than numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fer_desktop.analysis.lesson_figures import MOOD_STEP, SHARE_STEP, LessonFigures
from fer_desktop.analysis.term import StudentLesson
from fer_desktop.messages.words import format_clock
from fer_desktop.types import mood_of
from ui.charts.heat_arrays import level_of
from ui.language import tr, tr_count
from ui.words import ATTENTION_WORDS, describe_mood, format_duration, format_share


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One line of the table of two lessons."""

    what: str
    this: str
    other: str
    difference: str


def compare_lessons(this: LessonFigures, other: LessonFigures) -> list[ComparedRow]:
    """The rows of the table; figures that neither lesson has are left out."""
    rows = [
        ComparedRow(tr("Length"), format_duration(this.summary.seconds), format_duration(other.summary.seconds), ""),
        ComparedRow(tr("Students"), str(this.summary.students), str(other.summary.students), ""),
    ]
    if this.mood is not None or other.mood is not None:
        difference = _compare_moods(this.mood, other.mood)
        rows.append(ComparedRow(tr("Overall mood"), describe_mood(this.mood), describe_mood(other.mood), difference))
    if this.attention is not None or other.attention is not None:
        levels = _describe_level(this.attention), _describe_level(other.attention)
        difference = _compare_shares(this.attention, other.attention)
        rows.append(ComparedRow(tr("Overall attention"), levels[0], levels[1], difference))
    for what, one, two in (
        (tr("Faces visible"), this.visible, other.visible),
        (tr("Cameras on"), this.cameras_on, other.cameras_on),
    ):
        rows.append(ComparedRow(what, format_share(one, 1), format_share(two, 1), _compare_shares(one, two)))
    if this.mood is not None or other.mood is not None:
        drops = _describe_time(this.largest_drop), _describe_time(other.largest_drop)
        rows.append(ComparedRow(tr("Largest mood drop"), drops[0], drops[1], ""))
    rows.append(ComparedRow(tr("Flags"), str(this.summary.flags), str(other.summary.flags), ""))
    return rows


def describe_difference(this: LessonFigures, other: LessonFigures) -> str:
    """The differences in one sentence."""
    parts = []
    if this.mood is not None and other.mood is not None:
        parts.append(tr("mood {difference}", difference=_compare_moods(this.mood, other.mood)))
    if this.attention is not None and other.attention is not None:
        parts.append(tr("attention {difference}", difference=_compare_shares(this.attention, other.attention)))
    parts.append(tr("visible faces {difference}", difference=_compare_shares(this.visible, other.visible)))
    return tr("Compared with the other lesson: {differences}.", differences=", ".join(parts))


def describe_presence(lesson: StudentLesson) -> str:
    """For how much of a lesson a student was in view, with the camera on and the face visible."""
    student = lesson.student
    if not student.tile_seconds:
        return tr("They were not seen in this lesson.")
    return tr(
        "In view for {duration} ({share} of the watched time). Of that, camera on for {camera}, face visible for "
        "{face}.",
        duration=format_duration(student.tile_seconds),
        share=format_share(student.tile_seconds, lesson.watched_seconds),
        camera=format_share(student.camera_on_seconds, student.tile_seconds),
        face=format_share(student.face_seconds, student.tile_seconds),
    )


def describe_against_earlier(lesson: StudentLesson, earlier: Sequence[StudentLesson]) -> str:
    """The open lesson against the mean of the student's own earlier ones, never against other students."""
    if not earlier:
        return tr("This course has no earlier lesson with this name to compare with.")
    parts = [
        tr(
            "time in view {difference}",
            difference=_compare_shares(view_share(lesson), float(np.mean([view_share(each) for each in earlier]))),
        )
    ]
    cameras = [share for each in earlier if (share := _camera_share(each)) is not None]
    camera = _camera_share(lesson)
    if cameras and camera is not None:
        parts.append(tr("camera time {difference}", difference=_compare_shares(camera, float(np.mean(cameras)))))
    moods = [mood for each in earlier if (mood := mood_of_lesson(each)) is not None]
    mood = mood_of_lesson(lesson)
    if moods and mood is not None:
        parts.append(tr("mood {difference}", difference=_compare_moods(mood, float(np.mean(moods)))))
    return tr_count(
        "Compared with their {n} earlier lesson: {differences}.",
        "Compared with their {n} earlier lessons: {differences}.",
        len(earlier),
        differences=", ".join(parts),
    )


def view_share(lesson: StudentLesson) -> float:
    """The share of the watched time in which the student was in view, 0 to 1."""
    return lesson.student.tile_seconds / max(1, lesson.watched_seconds)


def mood_of_lesson(lesson: StudentLesson) -> float | None:
    """The student's mean mood, -1 to 1; None without a reading."""
    means = lesson.student.mean_probabilities
    return None if means is None else float(mood_of(means))


def _camera_share(lesson: StudentLesson) -> float | None:
    student = lesson.student
    return student.camera_on_seconds / student.tile_seconds if student.tile_seconds else None


def _compare_moods(this: float | None, other: float | None) -> str:
    if this is None or other is None:
        return ""
    if abs(this - other) < MOOD_STEP:
        return tr("about the same")
    return tr("more positive") if this > other else tr("more negative")


def _compare_shares(this: float | None, other: float | None) -> str:
    if this is None or other is None:
        return ""
    if abs(this - other) < SHARE_STEP:
        return tr("about the same")
    return tr("higher") if this > other else tr("lower")


def _describe_level(attention: float | None) -> str:
    level = None if attention is None else level_of(attention)
    return tr("not known") if level is None else ATTENTION_WORDS[level]


def _describe_time(second: int | None) -> str:
    return tr("none") if second is None else tr("at {time}", time=format_clock(second))
