"""Computes the follow-up of a lesson from what is stored of it."""

from fer_desktop.follow_up.lost_moments import find_lost_moments
from fer_desktop.follow_up.progress import find_progress
from fer_desktop.follow_up.talks import find_talks
from fer_desktop.follow_up.values import FollowUp, Lesson


def compute_follow_up(lesson: Lesson, before: Lesson | None) -> FollowUp:
    """`before`: the lesson with which it is compared; None without one."""
    talks, others = find_talks(lesson)
    return FollowUp(
        session=lesson.summary,
        lost=find_lost_moments(lesson),
        talks=talks,
        others=others,
        progress=find_progress(lesson, before),
        recorded=bool(len(lesson.series.seconds)),
    )
