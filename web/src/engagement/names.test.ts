/** The names that the teacher gives, while students are followed. */
import { expect, test } from 'vitest';

import { StudentNames } from './names';

test('the name of a merged number passes to the student who has none', () => {
  const names = new StudentNames();
  names.give(2, 'Ann');
  names.merge({ student: 2, into: 1 });
  expect([...names.all()]).toEqual([[1, 'Ann']]);
});

test('a student who has a name keeps it when another number is merged into theirs', () => {
  const names = new StudentNames();
  names.give(1, 'Ben');
  names.give(2, 'Ann');
  names.merge({ student: 2, into: 1 });
  expect([...names.all()]).toEqual([[1, 'Ben']]);
});

test('a name can be taken away again', () => {
  const names = new StudentNames();
  names.give(1, 'Ben');
  names.give(1, null);
  expect(names.all().size).toBe(0);
});
