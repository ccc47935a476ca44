/** What the browser keeps of a session: the tables in IndexedDB. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { UnreadableReason } from '../engine/types';
import type { ClassMood, SessionEvent, StudentSecond } from '../engagement/types';

/** What the clock on the wall showed at a second, ISO 8601 with its UTC offset. */
export interface ClockReading {
  readonly second: number;
  readonly at: string;
}

/** What is known when a session begins. `startedAt`: ISO 8601, UTC. */
export interface NewSession {
  readonly startedAt: string;
  readonly clock: readonly ClockReading[];
  readonly source: string;
  readonly course: string;
  readonly expressionsOn: boolean;
  readonly aggregateOnly: boolean;
  readonly place: string | null;
  readonly model: string;
}

/** `seconds`: the length so far. `ended`: false while it is recorded. `names`: those that the teacher gave. */
export interface StoredSession extends NewSession {
  readonly id: number;
  readonly seconds: number;
  readonly ended: boolean;
  readonly interrupted: boolean;
  readonly names?: ReadonlyMap<number, string>;
}

/** Shares are whole ten-thousandths, as on the desktop. */
export interface MoodRow {
  readonly session: number;
  readonly second: number;
  readonly faces: number;
  readonly people: number;
  readonly camerasOn: number;
  readonly students: number;
  readonly probabilities: readonly number[] | null;
  readonly attention: number | null;
}

export interface SampleRow {
  readonly session: number;
  readonly student: number;
  readonly second: number;
  readonly faceFound: boolean;
  readonly personSeen: boolean;
  readonly cameraOn: boolean;
  readonly tileSeen: boolean;
  readonly unreadable: UnreadableReason | null;
  readonly probabilities: readonly number[] | null;
  readonly attention: number | null;
}

export interface EventRow extends SessionEvent {
  readonly id?: number;
  readonly session: number;
}

interface Schema extends DBSchema {
  sessions: { key: number; value: Omit<StoredSession, 'id'> & { id?: number } };
  moods: { key: [number, number]; value: MoodRow };
  samples: { key: [number, number, number]; value: SampleRow; indexes: { bySecond: [number, number] } };
  events: { key: number; value: EventRow; indexes: { bySession: number } };
}

export type Database = IDBPDatabase<Schema>;
/** A table, or the four that a session is in. */
export const TABLES = ['sessions', 'moods', 'samples', 'events'] as const;

const NAME = 'fer-desktop';
const VERSION = 1;

/** `onLost`: the browser closed the database, as where its data were cleared. */
export async function openDatabase(onLost: () => void = () => undefined, name = NAME): Promise<Database> {
  return openDB<Schema>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('sessions', { keyPath: 'id', autoIncrement: true });
      database.createObjectStore('moods', { keyPath: ['session', 'second'] });
      const samples = database.createObjectStore('samples', { keyPath: ['session', 'student', 'second'] });
      samples.createIndex('bySecond', ['session', 'second']);
      const events = database.createObjectStore('events', { keyPath: 'id', autoIncrement: true });
      events.createIndex('bySession', 'session');
    },
    terminated: onLost,
  });
}

/** The range of all rows of a session in a table whose key begins with its number. */
export function rowsOf(session: number): IDBKeyRange {
  return IDBKeyRange.bound([session], [session + 1], false, true);
}

/** The range of all samples of a student. */
export function samplesOf(session: number, student: number): IDBKeyRange {
  return IDBKeyRange.bound([session, student], [session, student + 1], false, true);
}

const SCALE = 10_000;

/** The class's second as it is stored. */
export function moodRow(session: number, mood: ClassMood): MoodRow {
  const { second, faces, people, camerasOn, students } = mood;
  const shares = { probabilities: storeShares(mood.probabilities), attention: storeShare(mood.attention) };
  return { session, second, faces, people, camerasOn, students, ...shares };
}

/** A student's second as it is stored. */
export function sampleRow(session: number, second: number, sample: StudentSecond): SampleRow {
  const shares = { probabilities: storeShares(sample.probabilities), attention: storeShare(sample.attention) };
  return { ...sample, session, second, ...shares };
}

/** A student's second as it was observed. */
export function sampleOf(row: SampleRow): StudentSecond {
  const { student, faceFound, personSeen, cameraOn, tileSeen, unreadable } = row;
  const probabilities = row.probabilities && Float32Array.from(row.probabilities, loadShare);
  const attention = row.attention === null ? null : loadShare(row.attention);
  return { student, faceFound, personSeen, cameraOn, tileSeen, unreadable, probabilities, attention };
}

/** A share, 0 to 1, of a stored number. */
export function loadShare(stored: number): number {
  return stored / SCALE;
}

function storeShares(shares: Float32Array | null): number[] | null {
  return shares && Array.from(shares, (share) => Math.round(share * SCALE));
}

function storeShare(share: number | null): number | null {
  return share === null ? null : Math.round(share * SCALE);
}
