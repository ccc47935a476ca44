/** The list of the live page: it does not move under the pointer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { StudentState } from '../engagement/types';
import { StudentOrder } from './student_order';

let order: StudentOrder;

beforeEach(() => {
  vi.useFakeTimers();
  order = new StudentOrder();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The numbers of these students as they are listed; those of `flagged` have a flag. */
function list(numbers: readonly number[], flagged: readonly number[], isFocused = false): number[] {
  const students = numbers.map((student) => ({ student, flags: flagged.includes(student) ? [{}] : [] }));
  return order.sort(students as unknown as StudentState[], isFocused).map(({ student }) => student);
}

test('those who may need attention come first, then all by number', () => {
  expect(list([3, 1, 2], [2])).toEqual([2, 1, 3]);
});

test('while the pointer moves over the list everybody keeps their place, and new ones come last', () => {
  list([2, 3], []);
  order.touch();
  expect(list([1, 2, 3], [3])).toEqual([2, 3, 1]);
  vi.advanceTimersByTime(3000);
  order.touch();
  vi.advanceTimersByTime(3000);
  expect(list([1, 2, 3], [3])).toEqual([2, 3, 1]);
});

test('a pointer that has rested for a while does not count', () => {
  list([1, 2, 3], []);
  order.touch();
  expect(list([1, 2, 3], [3])).toEqual([1, 2, 3]);
  vi.advanceTimersByTime(4000);
  expect(list([1, 2, 3], [3])).toEqual([3, 1, 2]);
});

test('while the keyboard is in the list everybody keeps their place, however long', () => {
  list([1, 2, 3], []);
  vi.advanceTimersByTime(60_000);
  expect(list([1, 2, 3], [3], true)).toEqual([1, 2, 3]);
  expect(list([1, 2, 3], [3])).toEqual([3, 1, 2]);
});
