"""When which course has a lesson: what the teacher chose of a calendar, and the course of a moment."""

from fer_desktop.timetable.timetable import CourseTimes, Lesson, find_course

__all__ = ["CourseTimes", "Lesson", "find_course"]
