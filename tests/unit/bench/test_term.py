"""The generated term that the review is measured with."""

from pathlib import Path

import numpy as np
import pytest

from fer_desktop.bench.review.term import COURSES, TermPlan, make_term
from fer_desktop.storage.store import open_store

PLAN = TermPlan(lessons=3, students=4, seconds=600)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("term") / "term.sqlite"
    progress: list[tuple[int, int]] = []
    make_term(str(path), PLAN, on_progress=lambda done, of: progress.append((done, of)))
    assert progress == [(number, 6) for number in range(1, 7)]
    return path


def test_it_has_as_many_lessons_students_and_samples_as_planned(path: Path) -> None:
    with open_store(str(path)) as store:
        sessions = store.list_sessions()
        assert sorted(each.course for each in sessions) == sorted(COURSES * PLAN.lessons)
        assert {(each.students, each.seconds, each.flags, each.bookmarks) for each in sessions} == {(4, 600, 40, 6)}
        series = [store.student_series(each.id, 2) for each in sessions]
        assert sum(len(each.seconds) for each in series) * PLAN.students == PLAN.samples


def test_the_same_students_come_to_all_lessons_of_a_course(path: Path) -> None:
    with open_store(str(path)) as store:
        newest = store.list_sessions()[0]
        term = store.student_lessons(newest.id, 1)
        assert len(term.lessons) == PLAN.lessons
        assert {each.student.label for each in term.lessons} == {"Ada Abel"}


def test_no_two_lessons_of_a_course_are_the_same(path: Path) -> None:
    with open_store(str(path)) as store:
        moods = [each.mean_mood for each in store.list_sessions() if each.course == COURSES[0]]
        assert None not in moods
        assert len(set(moods)) == PLAN.lessons


def test_the_class_is_the_mean_of_its_students(path: Path) -> None:
    with open_store(str(path)) as store:
        session = store.list_sessions()[-1].id
        mood = store.mood_series(session)
        students = [store.student_series(session, student) for student in range(1, PLAN.students + 1)]
        readings = np.stack([each.probabilities for each in students])
        seen = mood.faces > 0
        np.testing.assert_array_equal(mood.faces, sum(each.face_found.astype(int) for each in students))
        np.testing.assert_allclose(mood.probabilities[seen], np.nanmean(readings[:, seen], axis=0), atol=2e-4)
