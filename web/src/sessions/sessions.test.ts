import 'fake-indexeddb/auto';

import { beforeEach, describe, expect, it, test, vi } from 'vitest';

import { FLAG_KINDS, makeEvent, type ClassMood, type SecondRecord, type StudentSecond } from '../engagement/types';
import { exportCsv, guardCell } from './export_csv';
import { exportJson } from './export_json';
import { localTime } from './local_time';
import type { MoodRow, NewSession } from './schema';
import { SessionStore, type SessionContent } from './store';
import { SessionWriter, type StorageTrouble } from './writer';

const SESSION: NewSession = {
  startedAt: '2026-11-02T04:00:00.000Z',
  clock: [{ second: 0, at: '2026-11-02T09:30:00+05:30' }],
  source: 'A tab',
  course: 'Physics',
  expressionsOn: true,
  aggregateOnly: false,
  place: 'IN',
  model: 'fernet',
};
const HAPPY = Float32Array.from([0, 0, 0, 1, 0, 0, 0]);
const SAD = Float32Array.from([0, 0, 0, 0, 1, 0, 0]);

let databases = 0;
let store: SessionStore;

beforeEach(() => {
  store = new SessionStore(`test ${databases++}`);
});

function student(number: number, probabilities: Float32Array | null): StudentSecond {
  const seen = { faceFound: true, personSeen: true, cameraOn: true, tileSeen: true };
  return { student: number, ...seen, probabilities, attention: 0.5, unreadable: null };
}

function mood(second: number, faces: number): ClassMood {
  return { second, probabilities: HAPPY, faces, people: faces, camerasOn: faces, students: faces, attention: 0.5 };
}

function secondOf(second: number, students: StudentSecond[], more: Partial<SecondRecord> = {}): SecondRecord {
  return { second, mood: mood(second, students.length), students, events: [], corrections: [], ...more };
}

async function record(seconds: SecondRecord[], session: Partial<NewSession> = {}): Promise<SessionContent> {
  const writer = new SessionWriter(store.open, { ...SESSION, ...session }, () => undefined);
  for (const second of seconds) writer.record(second);
  expect(await writer.close(false)).toBe(true);
  const content = await store.read(writer.id ?? -1);
  if (content === null) throw new Error('nothing was stored');
  return content;
}

describe('a session', () => {
  it('is stored second by second', async () => {
    const content = await record([secondOf(0, [student(1, HAPPY)]), secondOf(1, [student(1, SAD), student(2, SAD)])]);
    expect(content.session).toMatchObject({ seconds: 2, ended: true, interrupted: false, course: 'Physics' });
    expect(content.samples.map((row) => [row.student, row.second])).toEqual([
      [1, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  it('holds no expression where they are off', async () => {
    const flags = FLAG_KINDS.map((flag) => makeEvent('flag_raised', 0, { flag }));
    const content = await record([secondOf(0, [student(1, HAPPY)], { events: flags })], { expressionsOn: false });
    expect(content.events.map((event) => event.flag)).toEqual(['away', 'camera_off']);
    expect([...content.moods, ...content.samples].map((row) => [row.probabilities, row.attention])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('of class totals holds no student, and the mood of five faces or more', async () => {
    const few = secondOf(0, [student(1, HAPPY)]);
    const flag = makeEvent('flag_raised', 1, { student: 2, flag: 'away' });
    const many = secondOf(
      1,
      [1, 2, 3, 4, 5].map((number) => student(number, HAPPY)),
      { events: [flag] },
    );
    const content = await record([few, many], { aggregateOnly: true });
    expect(content.samples).toEqual([]);
    expect(content.events).toEqual([]);
    expect(content.moods.map((row) => row.second)).toEqual([1]);
  });

  it('has one student where two numbers turn out to be one', async () => {
    const content = await record([
      secondOf(0, [student(1, HAPPY), student(2, SAD)]),
      secondOf(1, [student(1, HAPPY)], { corrections: [{ student: 2, into: 1 }] }),
    ]);
    expect(content.samples.map((row) => [row.student, row.second])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(content.moods[0]).toMatchObject({ students: 1, probabilities: [0, 0, 0, 5000, 5000, 0, 0] });
  });

  it('holds nothing of a student who turned out to be an excluded one', async () => {
    const content = await record([
      secondOf(0, [student(1, HAPPY), student(2, SAD)]),
      secondOf(1, [student(1, HAPPY)], { corrections: [{ student: 2, since: 0 }] }),
    ]);
    expect(JSON.stringify(content)).not.toContain('"student":2');
    expect(content.moods[0]).toMatchObject({ students: 1, probabilities: [0, 0, 0, 10_000, 0, 0, 0] });
  });

  it('of which a student is erased has nothing of them left, not even in the mood', async () => {
    const flag = makeEvent('flag_raised', 0, { student: 2, flag: 'away' });
    const { session } = await record([secondOf(0, [student(1, HAPPY), student(2, SAD)], { events: [flag] })]);
    await store.eraseStudent(session.id, 2);
    const content = await store.read(session.id);
    expect(content?.events).toEqual([]);
    expect(content?.samples.map((row) => row.student)).toEqual([1]);
    expect(content?.moods[0]).toMatchObject({ students: 1, faces: 1, probabilities: [0, 0, 0, 10_000, 0, 0, 0] });
  });

  it('that is deleted leaves no row', async () => {
    const kept = await record([secondOf(0, [student(1, HAPPY)])]);
    const { session } = await record([
      secondOf(0, [student(1, HAPPY)], { events: [makeEvent('bookmark', 0, { text: 'here' })] }),
    ]);
    await store.delete(session.id);
    const database = await store.open();
    const counts = await Promise.all(
      (['sessions', 'moods', 'samples', 'events'] as const).map((table) => database.count(table)),
    );
    expect(counts).toEqual([1, 1, 1, 0]);
    expect((await store.list()).map(({ id }) => id)).toEqual([kept.session.id]);
  });

  it('that a crash left open is ended as interrupted, unless another page records it', async () => {
    const writers = [1, 2].map(() => new SessionWriter(store.open, SESSION, () => undefined));
    for (const writer of writers) writer.record(secondOf(4, [student(1, HAPPY)]));
    await expect.poll(() => writers.every((writer) => writer.waiting === 0)).toBe(true);
    const [crashed, running] = writers.map((writer) => writer.id);
    const closed = await store.closeInterrupted((id) => Promise.resolve(id === running));
    expect(closed.map(({ id }) => id)).toEqual([crashed]);
    const states = (await store.list()).map(({ id, ended, interrupted, seconds }) => [id, ended, interrupted, seconds]);
    expect(states.sort()).toEqual([
      [crashed, true, true, 5],
      [running, false, false, 5],
    ]);
  });

  it('is old after so many days, but not by a clock that is behind the newest one', async () => {
    await record([secondOf(0, [])]);
    const late = new Date('2026-12-20T00:00:00Z');
    expect(await store.listExpired(30, late)).toHaveLength(1);
    expect(await store.listExpired(90, late)).toEqual([]);
    expect(await store.listExpired(30, new Date('2020-01-01T00:00:00Z'))).toEqual([]);
  });
});

describe('a name that the teacher gives', () => {
  const ann = (content: SessionContent | null) => [...(content?.session.names ?? [])];

  /** Two students in two seconds; `name` is called before the second one. */
  async function recordNamed(
    name: (writer: SessionWriter) => void,
    second: Partial<SecondRecord> = {},
    session: Partial<NewSession> = {},
  ): Promise<SessionContent | null> {
    const writer = new SessionWriter(store.open, { ...SESSION, ...session }, () => undefined);
    writer.record(secondOf(0, [student(1, HAPPY), student(2, SAD)]));
    name(writer);
    writer.record(secondOf(1, [student(1, HAPPY)], second));
    await writer.close(false);
    return store.read(writer.id ?? -1);
  }

  it('is kept with the session, during the lesson and after it', async () => {
    const content = await recordNamed((writer) => writer.rename(1, 'Ann'));
    expect(ann(content)).toEqual([[1, 'Ann']]);
    await store.renameStudent(content?.session.id ?? -1, 2, '  Ben \n Kim ');
    const again = new SessionStore(`test ${databases - 1}`); // as after a reload
    const read = await again.read(content?.session.id ?? -1);
    expect(ann(read)).toEqual([
      [1, 'Ann'],
      [2, 'Ben Kim'],
    ]);
    expect(read?.session).toMatchObject({ seconds: 2, ended: true });
  });

  it('is taken away by an empty one', async () => {
    const content = await recordNamed((writer) => writer.rename(1, 'Ann'));
    await store.renameStudent(content?.session.id ?? -1, 1, ' ');
    expect(ann(await store.read(content?.session.id ?? -1))).toEqual([]);
  });

  it('is not stored where only class totals are', async () => {
    const content = await recordNamed((writer) => writer.rename(1, 'Ann'), {}, { aggregateOnly: true });
    await store.renameStudent(content?.session.id ?? -1, 1, 'Ann');
    expect(ann(await store.read(content?.session.id ?? -1))).toEqual([]);
  });

  it('passes to the student whom a number turns out to be, unless they have one', async () => {
    const corrections = [{ student: 2, into: 1 }];
    expect(ann(await recordNamed((writer) => writer.rename(2, 'Ann'), { corrections }))).toEqual([[1, 'Ann']]);
    const both = (writer: SessionWriter) => {
      writer.rename(1, 'Ben');
      writer.rename(2, 'Ann');
    };
    expect(ann(await recordNamed(both, { corrections }))).toEqual([[1, 'Ben']]);
  });

  it('is erased with the student', async () => {
    const content = await recordNamed((writer) => writer.rename(2, 'Ann'));
    await store.eraseStudent(content?.session.id ?? -1, 2);
    expect(ann(await store.read(content?.session.id ?? -1))).toEqual([]);
  });

  it('is in an export as in one of the desktop', async () => {
    const content = await recordNamed((writer) => {
      writer.rename(1, '=Ann');
      writer.rename(2, 'Ben');
    });
    if (content === null) throw new Error('nothing was stored');
    const { students, attendance } = JSON.parse(exportJson(content)) as Record<string, Record<string, unknown>[]>;
    expect(students?.map(({ name, label }) => [name, label])).toEqual([
      ['=Ann', '=Ann'],
      ['Ben', 'Ben'],
    ]);
    expect(attendance?.map(({ label }) => label)).toEqual(['=Ann', 'Ben']);
    const who = exportCsv(content)
      .split('\r\n')
      .map((line) => line.split(',')[2]);
    expect(who).toEqual(['who', 'Class', 'Class', "'=Ann", "'=Ann", 'Ben', undefined]);
  });

  it('that two students have stands with their numbers where they are told apart', async () => {
    const content = await recordNamed((writer) => {
      writer.rename(1, 'Ann');
      writer.rename(2, 'Ann');
    });
    if (content === null) throw new Error('nothing was stored');
    const { students } = JSON.parse(exportJson(content)) as Record<string, Record<string, unknown>[]>;
    expect(students?.map(({ name, label }) => [name, label])).toEqual([
      ['Ann', 'Ann (1)'],
      ['Ann', 'Ann (2)'],
    ]);
    expect(exportCsv(content)).toContain(',Ann (2),');
  });
});

test('whoever records a session knows its number before another page can find it', async () => {
  const found: Promise<number>[] = [];
  const writer = new SessionWriter(
    store.open,
    SESSION,
    () => undefined,
    (id) => {
      expect(writer.id).toBeNull();
      found.push(store.list().then((sessions) => sessions.findIndex((each) => each.id === id)));
    },
  );
  for (const second of [0, 1]) writer.record(secondOf(second, []));
  await writer.close(false);
  expect(await Promise.all(found)).toEqual([0]); // once, and the list had to wait until it was stored
});

describe('a browser that takes nothing', () => {
  it('is reported, and every second is stored once it does', async () => {
    const troubles: (StorageTrouble | null)[] = [];
    let isFull = true;
    const open = () => {
      if (isFull) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
      return store.open();
    };
    const writer = new SessionWriter(open, SESSION, (trouble) => troubles.push(trouble));
    writer.record(secondOf(0, [student(1, HAPPY)]));
    await expect.poll(() => troubles).toEqual(['full']);
    isFull = false;
    writer.record(secondOf(1, [student(1, HAPPY)]));
    await expect.poll(() => troubles).toEqual(['full', null]);
    await writer.close(false);
    expect((await store.read(writer.id ?? -1))?.moods.map((row) => row.second)).toEqual([0, 1]);
  });

  it('stores as much of what has waited as it has room for', async () => {
    let isGone = true;
    const open = () => (isGone ? Promise.reject(new DOMException('gone', 'InvalidStateError')) : store.open());
    const writer = new SessionWriter(open, SESSION, () => undefined);
    for (let second = 0; second < 500; second += 1) writer.record(secondOf(second, []));
    await expect.poll(() => writer.waiting).toBe(500);
    isGone = false;
    const original = IDBObjectStore.prototype.put; // eslint-disable-line @typescript-eslint/unbound-method
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, row) {
      if ((row as MoodRow).second >= 250) throw new DOMException('full', 'QuotaExceededError');
      return original.call(this, row);
    });
    expect(await writer.close(false)).toBe(false);
    put.mockRestore();
    const moods = (await store.read(writer.id ?? -1))?.moods ?? [];
    expect(moods.length).toBeGreaterThanOrEqual(200);
    expect(moods.map((row) => row.second)).toEqual([...moods.keys()]);
  });

  it('keeps a session at its end that it could not store, and says so', async () => {
    const open = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const writer = new SessionWriter(open, SESSION, () => undefined);
    writer.record(secondOf(0, []));
    expect(await writer.close(false)).toBe(false);
  });

  it('whose data were cleared in mid-session gets a new row for what follows', async () => {
    const writer = new SessionWriter(store.open, SESSION, () => undefined);
    writer.record(secondOf(0, [student(1, HAPPY)]));
    await expect.poll(() => writer.waiting).toBe(0);
    await store.delete(writer.id ?? -1);
    writer.record(secondOf(1, [student(1, HAPPY)]));
    await writer.close(false);
    const content = await store.read(writer.id ?? -1);
    expect(content?.session).toMatchObject({ seconds: 2, ended: true, source: 'A tab' });
    expect(content?.moods.map((row) => row.second)).toEqual([1]);
  });
});

describe('an export', () => {
  it('as JSON has the keys of the desktop', async () => {
    const content = await record([secondOf(0, [student(1, HAPPY)])]);
    const document = JSON.parse(exportJson(content)) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual([
      ...['format', 'version', 'session', 'students', 'attendance', 'events', 'mood', 'samples'],
    ]);
    expect(document['samples']).toMatchObject({ rows: [[1, 0, true, true, true, true, 1, 0, 0, 0, 1, 0, 0, 0, 0.5]] });
  });

  it('counts who was left out as the desktop does', async () => {
    const leftOut = (second: number, number: number) => makeEvent('student_excluded', second, { student: number });
    const included = (second: number, number: number) => makeEvent('student_included', second, { student: number });
    const content = await record([
      secondOf(0, [student(1, HAPPY), student(3, SAD)], { events: [leftOut(0, 2), leftOut(0, 4)] }),
      secondOf(1, [student(1, HAPPY)], { events: [leftOut(1, 3)] }),
      secondOf(2, [student(1, HAPPY)], { events: [included(2, 3), included(2, 4)] }),
      secondOf(3, [student(1, HAPPY)], { events: [leftOut(3, 3)] }),
    ]);
    const { session, attendance } = JSON.parse(exportJson(content)) as {
      session: Record<string, unknown>;
      attendance: Record<string, unknown>[];
    };
    const seconds = attendance.map((each) => [each['student'], each['watched_seconds'], each['left_out']]);
    expect(seconds).toEqual([
      [1, 4, false],
      [2, null, true], // left out to the end
      [3, null, true],
    ]); // of 4 nothing was ever stored
    expect(session['students']).toBe(2);
  });

  it('never says that somebody was seen for longer than watched', async () => {
    const events = [makeEvent('student_excluded', 0, { student: 1 }), makeEvent('student_included', 2, { student: 1 })];
    const corrections = [{ student: 2, into: 1 }]; // seen as 2 while 1 was left out
    const content = await record([
      secondOf(0, [student(2, HAPPY)], { events }),
      secondOf(1, [student(2, HAPPY)]),
      secondOf(2, [student(2, HAPPY)], { corrections }),
    ]);
    const { attendance } = JSON.parse(exportJson(content)) as { attendance: Record<string, unknown>[] };
    expect(attendance).toMatchObject([{ student: 1, view_seconds: 3, watched_seconds: 3, left_out_seconds: 0 }]);
  });

  it('as CSV has a row for each second of the class and of each student', async () => {
    const bookmark = makeEvent('bookmark', 0, { text: '=SUM(A1)' });
    const content = await record([secondOf(0, [student(1, HAPPY)], { events: [bookmark] })]);
    const [, ofClass, ofStudent] = exportCsv(content).split('\r\n');
    expect(ofClass).toBe('0,2026-11-02 09:30:00,Class,1,1,1,1,1,0,0,0,1,0,0,0,0.5,bookmark: =SUM(A1)');
    expect(ofStudent).toBe('0,2026-11-02 09:30:00,Student 1,1,1,1,1,1,0,0,0,1,0,0,0,0.5,');
  });

  it('disarms what a spreadsheet would run', () => {
    expect(['=1', 'a; =1', 'plain', '-x'].map(guardCell)).toEqual(["'=1", "a; '=1", 'plain', "'-x"]);
  });

  it('has the local time of each second, also after the clock was set', () => {
    const clock = [...SESSION.clock, { second: 60, at: '2026-11-02T10:00:00+05:30' }];
    expect([0, 59, 61].map((second) => localTime(clock, second))).toEqual([
      '2026-11-02 09:30:00',
      '2026-11-02 09:30:59',
      '2026-11-02 10:00:01',
    ]);
  });

  it('ends when the clock on the wall said so, of which each second has one reading', async () => {
    const writer = new SessionWriter(store.open, SESSION, () => undefined);
    writer.record(secondOf(0, [student(1, HAPPY)]));
    for (const at of ['2026-11-02T09:45:00+05:30', '2026-11-02T10:00:01+05:30']) writer.noteClock({ second: 1, at });
    writer.record(secondOf(1, [student(1, HAPPY)]));
    await writer.close(false);
    const content = await store.read(writer.id ?? -1);
    if (content === null) throw new Error('nothing was stored');
    const { session } = JSON.parse(exportJson(content)) as { session: Record<string, unknown> };
    expect(session['clock']).toEqual([...SESSION.clock, { second: 1, at: '2026-11-02T10:00:01+05:30' }]);
    expect(session['ended_at']).toBe('2026-11-02T04:30:02.000+00:00');
  });
});
