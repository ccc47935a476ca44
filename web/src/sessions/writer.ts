/** Writes a session while it is recorded: every finished second in one transaction, so that a crash loses none before. */
import type { Settlement } from '../engine/types';
import { EXPRESSION_FLAGS, type SecondRecord, type SessionEvent } from '../engagement/types';
import { eraseStudent, isGroup, mergeStudents, renameStudent, type Change } from './corrections';
import { moodRow, sampleRow, TABLES, type ClockReading, type Database, type NewSession } from './schema';

type Job = (change: Change, session: number) => Promise<unknown>;

/** Why the browser does not take a session's seconds; `none`: it has no store at all. */
export type StorageTrouble = 'full' | 'gone' | 'none' | 'failed';

const RETRY_MS = 3000;
/** Seconds and events in one transaction: where there is room for some of what waits, some is stored. */
const MOST_AT_ONCE = 100;

/**
 * Takes seconds and events in order. While the browser takes none, they wait in memory, `onTrouble` says why, and
 * writing is tried again; with null all is stored again. What must not be stored is dropped here.
 */
export class SessionWriter {
  #id: number | null = null;
  #length = 0;
  readonly #waiting: Job[] = [];
  #isWriting = false;
  #written: Promise<void> = Promise.resolve();
  #trouble: StorageTrouble | null = null;

  constructor(
    private readonly open: () => Promise<Database>,
    private readonly session: NewSession,
    private readonly onTrouble: (trouble: StorageTrouble | null) => void,
    /** The session's number is known, and nobody can see the session yet. */
    private readonly onBegin: (id: number) => void = () => undefined,
  ) {}

  /** The session's number; null before its first second is stored. */
  get id(): number | null {
    return this.#id;
  }

  /** How many seconds and events the browser has not taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes a finished second. */
  record(record: SecondRecord): void {
    this.#length = record.second + 1;
    const { aggregateOnly } = this.session;
    this.#put(async (change, session) => {
      if (!aggregateOnly || isGroup(record.mood.faces)) {
        await change.objectStore('moods').put(moodRow(session, this.#withoutExpressions(record.mood)));
      }
      const samples = aggregateOnly ? [] : record.students;
      for (const sample of samples) {
        await change.objectStore('samples').put(sampleRow(session, record.second, this.#withoutExpressions(sample)));
      }
      for (const event of record.events) await this.#store(change, session, event);
      if (aggregateOnly) return;
      for (const each of record.corrections) {
        if ('into' in each) await mergeStudents(change, session, each.student, each.into);
        else await eraseStudent(change, session, each.student, each.since);
      }
    });
  }

  /** Takes an event outside a record: a bookmark, a lost capture. */
  addEvent(event: SessionEvent): void {
    this.#put((change, session) => this.#store(change, session, event));
  }

  /** Takes the name of a student, tidied; null takes it away. */
  rename(student: number, name: string | null): void {
    this.#put((change, session) => renameStudent(change, session, student, name));
  }

  /** Takes what the clock on the wall shows; of a second the last reading counts. */
  noteClock(reading: ClockReading): void {
    this.#put(async (change, session) => {
      const stored = await change.objectStore('sessions').get(session);
      if (!stored) return;
      const clock = [...stored.clock.filter(({ second }) => second !== reading.second), reading];
      await change.objectStore('sessions').put({ ...stored, clock });
    });
  }

  /** Joins a student who was in view only briefly with another, or drops them. */
  settle({ student, into }: Settlement): void {
    if (this.session.aggregateOnly) return;
    this.#put((change, session) =>
      into === null ? eraseStudent(change, session, student) : mergeStudents(change, session, student, into),
    );
  }

  /** Ends the session. True if all of it is stored; else what waits is lost with the page. */
  async close(interrupted: boolean): Promise<boolean> {
    this.#put(async (change, session) => {
      const stored = await change.objectStore('sessions').get(session);
      if (stored) await change.objectStore('sessions').put({ ...stored, ended: true, interrupted });
    });
    await this.#written;
    return this.#waiting.length === 0;
  }

  #put(job: Job): void {
    this.#waiting.push(job);
    this.#start();
  }

  #start(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    this.#written = this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#write(this.#waiting.slice(0, MOST_AT_ONCE));
      this.#report(null);
    } catch (error) {
      this.#report(explain(error));
      setTimeout(() => {
        this.#start();
      }, RETRY_MS);
    } finally {
      this.#isWriting = false;
    }
  }

  /** All of them in one transaction: stored, or still waiting. */
  async #write(jobs: readonly Job[]): Promise<void> {
    const database = await this.open();
    const change = database.transaction(TABLES, 'readwrite', { durability: 'strict' });
    const run = async () => {
      const id = await this.#begin(change);
      if (id !== this.#id) this.onBegin(id);
      for (const job of jobs) await job(change, id);
      return id;
    };
    const [id] = await Promise.all([run(), change.done]);
    this.#id = id;
    this.#waiting.splice(0, jobs.length);
  }

  /** The session's row: new with the first second, or where the browser's data were cleared since. */
  async #begin(change: Change): Promise<number> {
    const sessions = change.objectStore('sessions');
    const known = this.#id === null ? undefined : await sessions.get(this.#id);
    const row = known ?? { ...this.session, seconds: 0, ended: false, interrupted: false };
    const key = this.#id === null ? {} : { id: this.#id };
    return sessions.put({ ...row, ...key, seconds: Math.max(row.seconds, this.#length) });
  }

  async #store(change: Change, session: number, event: SessionEvent): Promise<void> {
    if (this.session.aggregateOnly && event.student !== null) return;
    if (!this.session.expressionsOn && EXPRESSION_FLAGS.includes(event.flag)) return;
    await change.objectStore('events').add({ ...event, session });
  }

  #withoutExpressions<Row extends { probabilities: Float32Array | null; attention: number | null }>(row: Row): Row {
    return this.session.expressionsOn ? row : { ...row, probabilities: null, attention: null };
  }

  #report(trouble: StorageTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.onTrouble(trouble);
  }
}

/** What a failed transaction means for the teacher. */
export function explain(error: unknown): StorageTrouble {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  // Without a store its name is not known, or leads to nothing; some private windows have one that may not be opened.
  if (['ReferenceError', 'TypeError', 'SecurityError'].includes(name)) return 'none';
  return name === 'InvalidStateError' || name === 'NotFoundError' ? 'gone' : 'failed';
}
