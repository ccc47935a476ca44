/** Corrections of what is stored of students: one gets a name, two become one, or nothing of one may remain. */
import type { IDBPTransaction } from 'idb';

import policy from '../generated/policy.json';
import { meanReading } from '../engagement/expressions';
import { StudentNames } from '../engagement/names';
import { sumUpClass } from '../engagement/seconds';
import type { StudentSecond } from '../engagement/types';
import { moodRow, sampleOf, sampleRow, samplesOf, type Database, type SampleRow, type TABLES } from './schema';

type Tables = typeof TABLES;
type Schema = Database extends import('idb').IDBPDatabase<infer S> ? S : never;
export type Change = IDBPTransaction<Schema, Tables, 'readwrite'>;

const EXCLUSIONS: ReadonlySet<string> = new Set(['student_excluded', 'student_included']);

/** Names a student; null takes the name away. Sessions of class totals hold no names. */
export async function renameStudent(change: Change, session: number, student: number, name: string | null) {
  await changeNames(change, session, (names) => names.give(student, name));
}

async function changeNames(change: Change, session: number, correct: (names: StudentNames) => void): Promise<void> {
  const sessions = change.objectStore('sessions');
  const stored = await sessions.get(session);
  if (!stored || stored.aggregateOnly) return;
  const names = new StudentNames(stored.names);
  correct(names);
  await sessions.put({ ...stored, names: names.all() });
}

/** Gives what is stored of `student` to `into`; of a second in which both were seen, what both show together. */
export async function mergeStudents(change: Change, session: number, student: number, into: number): Promise<void> {
  await changeNames(change, session, (names) => names.merge({ student, into }));
  const samples = change.objectStore('samples');
  for (const row of await samples.getAll(samplesOf(session, student))) {
    const other = await samples.get([session, into, row.second]);
    await samples.delete([session, student, row.second]);
    await samples.put(other ? joinRows(other, row) : { ...row, student: into });
    await sumUpAgain(change, session, row.second);
  }
  const events = change.objectStore('events');
  for (const event of await events.index('bySession').getAll(session)) {
    if (event.student === student) await events.put({ ...event, student: into });
  }
}

/**
 * Erases a student: name, samples and events are gone, and the class is summed up without them. `since`: the second
 * from which on; where that is not the first, the name and the events of exclusions stay.
 */
export async function eraseStudent(change: Change, session: number, student: number, since = 0): Promise<void> {
  if (since === 0) await renameStudent(change, session, student, null);
  const samples = change.objectStore('samples');
  for (const row of await samples.getAll(samplesOf(session, student))) {
    if (row.second < since) continue;
    await samples.delete([session, student, row.second]);
    await sumUpAgain(change, session, row.second);
  }
  const events = change.objectStore('events');
  for (const event of await events.index('bySession').getAll(session)) {
    const isErased = event.student === student && event.second >= since && !(since > 0 && EXCLUSIONS.has(event.kind));
    if (isErased && event.id !== undefined) await events.delete(event.id);
  }
}

function joinRows(one: SampleRow, other: SampleRow): SampleRow {
  const [first, second] = [sampleOf(one), sampleOf(other)];
  const faceFound = first.faceFound || second.faceFound;
  const joined: StudentSecond = {
    student: first.student,
    faceFound,
    personSeen: first.personSeen || second.personSeen,
    cameraOn: first.cameraOn || second.cameraOn,
    tileSeen: first.tileSeen || second.tileSeen,
    probabilities: meanReading([first.probabilities, second.probabilities].filter((each) => each !== null)),
    attention: first.attention ?? second.attention,
    unreadable: faceFound ? null : (first.unreadable ?? second.unreadable),
  };
  return sampleRow(one.session, one.second, joined);
}

async function sumUpAgain(change: Change, session: number, second: number): Promise<void> {
  const rows = await change.objectStore('samples').index('bySecond').getAll([session, second]);
  await change.objectStore('moods').put(moodRow(session, sumUpClass(second, rows.map(sampleOf), 1)));
}

/** Whether a group of this many faces may be stored where only class totals are. */
export function isGroup(faces: number): boolean {
  return faces >= policy.min_group_size;
}
