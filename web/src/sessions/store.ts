/** Reads and deletes stored sessions. */
import { moodOf } from '../engagement/expressions';
import { tidyName } from '../policy/names';
import { eraseStudent as eraseRows, renameStudent as renameRow } from './corrections';
import {
  openDatabase,
  rowsOf,
  TABLES,
  type Database,
  type EventRow,
  type MoodRow,
  type SampleRow,
  type StoredSession,
} from './schema';

const DAY_MS = 24 * 3600 * 1000;

/** A session with all that is stored of it. */
export interface SessionContent {
  readonly session: StoredSession;
  readonly moods: readonly MoodRow[];
  readonly samples: readonly SampleRow[];
  readonly events: readonly EventRow[];
}

/** The sessions of this browser. One connection, opened again where the browser closed it. */
export class SessionStore {
  #database: Promise<Database> | null = null;

  constructor(private readonly name?: string) {}

  /** The open database. */
  open = (): Promise<Database> => {
    this.#database ??= openDatabase(() => (this.#database = null), this.name).catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  };

  /** All sessions, the newest first. */
  async list(): Promise<StoredSession[]> {
    const rows = (await (await this.open()).getAll('sessions')) as StoredSession[];
    return rows.sort((one, other) => other.startedAt.localeCompare(one.startedAt));
  }

  /** A session with all that is stored of it; null where there is none. */
  async read(id: number): Promise<SessionContent | null> {
    const database = await this.open();
    const session = (await database.get('sessions', id)) as StoredSession | undefined;
    if (!session) return null;
    const [moods, samples, events] = await Promise.all([
      database.getAll('moods', rowsOf(id)),
      database.getAll('samples', rowsOf(id)),
      database.getAllFromIndex('events', 'bySession', id),
    ]);
    return { session, moods, samples, events: events.sort((one, other) => one.second - other.second) };
  }

  /** Deletes a session with everything of it. */
  async delete(id: number): Promise<void> {
    const change = (await this.open()).transaction(TABLES, 'readwrite', { durability: 'strict' });
    const events = await change.objectStore('events').index('bySession').getAllKeys(id);
    await Promise.all([
      change.objectStore('sessions').delete(id),
      change.objectStore('moods').delete(rowsOf(id)),
      change.objectStore('samples').delete(rowsOf(id)),
      ...events.map((event) => change.objectStore('events').delete(event)),
      change.done,
    ]);
  }

  /** Names a student of a session; an empty name takes theirs away. */
  async renameStudent(id: number, student: number, name: string): Promise<void> {
    const change = (await this.open()).transaction(TABLES, 'readwrite', { durability: 'strict' });
    await Promise.all([renameRow(change, id, student, tidyName(name)), change.done]);
  }

  /** Erases one student of a session; the class no longer contains them. */
  async eraseStudent(id: number, student: number): Promise<void> {
    const change = (await this.open()).transaction(TABLES, 'readwrite', { durability: 'strict' });
    await Promise.all([eraseRows(change, id, student), change.done]);
  }

  /** Ends the sessions that a crash or a closed page left open, and that no other page records. */
  async closeInterrupted(isRecorded: (id: number) => Promise<boolean>): Promise<StoredSession[]> {
    const open = (await this.list()).filter((session) => !session.ended);
    const crashed: StoredSession[] = [];
    for (const session of open) if (!(await isRecorded(session.id))) crashed.push(session);
    for (const session of crashed) {
      await (await this.open()).put('sessions', { ...session, ended: true, interrupted: true });
    }
    return crashed;
  }

  /** The sessions that are older than `days`, by a clock that cannot be earlier than the newest session. */
  async listExpired(days: number, now: Date): Promise<StoredSession[]> {
    const sessions = await this.list();
    const newest = sessions[0];
    if (newest && Date.parse(newest.startedAt) > now.getTime()) return [];
    const oldest = new Date(now.getTime() - days * DAY_MS).toISOString();
    return sessions.filter((session) => session.ended && session.startedAt < oldest);
  }
}

/** The mean mood of a session, -1 to 1; null where no face was read. */
export function meanMood(moods: readonly MoodRow[]): number | null {
  const read = moods.map((row) => row.probabilities).filter((each) => each !== null);
  if (read.length === 0) return null;
  return read.reduce((sum, each) => sum + moodOf(each), 0) / read.length / 10_000;
}
