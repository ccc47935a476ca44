/** At the end of a session, numbers that are no students of their own are joined with one, or dropped. */
import { expect, test } from 'vitest';
import { makeBox } from '../geometry';
import { settleStudents } from './settling';
import { Student } from './student';

const FRAMES_A_SECOND = 5;
const LESSON_S = 600;

/** In view in the tile at `place` for some seconds. */
function seen(number: number, place: number, fromS: number, toS: number): Student {
  const box = makeBox(10 + 170 * place, 10, 160, 90);
  const student = new Student(number, box);
  for (let frame = fromS * FRAMES_A_SECOND; frame < toS * FRAMES_A_SECOND; frame += 1) student.spans.add(frame, box);
  return student;
}

function settle(...students: Student[]): ReturnType<typeof settleStudents> {
  return settleStudents(students, LESSON_S * FRAMES_A_SECOND - 1, FRAMES_A_SECOND);
}

const CLASS = [seen(1, 0, 0, LESSON_S), seen(2, 1, 0, LESSON_S)];

test('who appears for the first time as a brief number vanishes took its tile elsewhere', () => {
  const [brief, student] = [seen(3, 2, 100, 104), seen(4, 3, 104, LESSON_S)];
  expect(settle(...CLASS, brief, student)).toEqual([{ student: 3, into: 4 }]);
});

test('of two who appear then, neither is that number', () => {
  const [brief, one, other] = [seen(3, 2, 100, 104), seen(4, 3, 104, LESSON_S), seen(5, 4, 104, LESSON_S)];
  expect(settle(...CLASS, brief, one, other)).toEqual([{ student: 3, into: null }]);
});

test('whoever is in view for a minute stays', () => {
  expect(settle(...CLASS, seen(3, 2, 100, 160), seen(4, 3, 160, LESSON_S))).toEqual([]);
});
