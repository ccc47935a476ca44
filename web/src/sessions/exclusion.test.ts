import 'fake-indexeddb/auto';

import { expect, it } from 'vitest';

import { makeEvent, type SecondRecord, type StudentSecond } from '../engagement/types';
import { SessionStore } from './store';
import { SessionWriter } from './writer';

const HAPPY = Float32Array.from([0, 0, 0, 1, 0, 0, 0]);
const SESSION = {
  startedAt: '2026-11-02T04:00:00.000Z',
  clock: [],
  source: 'A tab',
  course: 'Physics',
  expressionsOn: true,
  aggregateOnly: false,
  place: 'IN',
  model: 'fernet',
};

function secondOf(second: number, numbers: number[], more: Partial<SecondRecord> = {}): SecondRecord {
  const seen = { faceFound: true, personSeen: true, cameraOn: true, tileSeen: true, unreadable: null };
  const students = numbers.map((student): StudentSecond => ({
    student,
    ...seen,
    probabilities: HAPPY,
    attention: null,
  }));
  const count = students.length;
  const mood = { second, probabilities: HAPPY, faces: count, people: count, camerasOn: count, students: count };
  return { second, mood: { ...mood, attention: null }, students, events: [], corrections: [], ...more };
}

it('a session holds nothing of a student since the second in which they were excluded under another number', async () => {
  const store = new SessionStore('exclusion');
  const writer = new SessionWriter(store.open, SESSION, () => undefined);
  const before = makeEvent('flag_raised', 0, { student: 1, flag: 'away' });
  const after = makeEvent('flag_cleared', 1, { student: 1, flag: 'away' });
  const excluded = makeEvent('student_excluded', 1, { student: 2 });
  const corrections = [
    { student: 1, since: 1 },
    { student: 2, into: 1 },
  ];
  writer.record(secondOf(0, [1, 2], { events: [before] }));
  writer.record(secondOf(1, [1], { events: [excluded, after] }));
  writer.record(secondOf(2, [1], { corrections }));
  expect(await writer.close(false)).toBe(true);
  const content = await store.read(writer.id ?? -1);
  expect(content?.samples.map((row) => [row.student, row.second])).toEqual([[1, 0]]);
  expect(content?.moods.map((row) => row.students)).toEqual([1, 0, 0]);
  expect(content?.events.map(({ kind, student }) => [kind, student])).toEqual([
    ['flag_raised', 1],
    ['student_excluded', 1],
  ]);
});

it('the name of a student of whom nothing may remain goes too', async () => {
  const store = new SessionStore('name');
  const writer = new SessionWriter(store.open, SESSION, () => undefined);
  writer.rename(2, 'Ann');
  writer.record(secondOf(0, [1, 2]));
  writer.record(secondOf(1, [1], { corrections: [{ student: 2, since: 0 }] }));
  expect(await writer.close(false)).toBe(true);
  expect(JSON.stringify(await store.read(writer.id ?? -1))).not.toContain('Ann');
});
