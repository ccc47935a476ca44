/** A session whose picture is lost and comes back, whose reader fails, and whose students are named. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FrameResult } from '../engine/types';
import flagRules from '../generated/flag_rules.json';
import type { ClockReading, NewSession } from '../sessions/schema';
import type { SessionWriter } from '../sessions/writer';
import { LiveSession, type LiveState } from './live_session';
import type { FrameReader } from './reader_client';

const WHY = { key: 'literal', text: 'the picture was stopped' };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What was read of a frame that shows nobody. */
function frameAt(capturedAtS: number): FrameResult {
  const stages = { tilesMs: 0, facesMs: 0, identityMs: 0, expressionsMs: 0 };
  return { capturedAtS, width: 640, height: 360, tiles: [], faces: [], stages, merges: [], outOfView: [] };
}

/** A session that has taken one frame. */
function start(more: { aggregateOnly?: boolean } = {}) {
  const prepared = prepare(more);
  prepared.session.take(frameAt(100), 10);
  return prepared;
}

function prepare({ aggregateOnly = false, beganAt }: { aggregateOnly?: boolean; beganAt?: (now: Date) => Date } = {}) {
  const sessions: NewSession[] = [];
  const states: LiveState[] = [];
  const events: string[] = [];
  const names: [number, string | null][] = [];
  const readings: ClockReading[] = [];
  const wall = { ms: 0 };
  let shown: ReadonlyMap<number, string> | undefined;
  const writer = {
    id: 1,
    record: () => undefined,
    addEvent: ({ kind }: { kind: string }) => events.push(kind),
    rename: (student: number, name: string | null) => names.push([student, name]),
    noteClock: (reading: ClockReading) => readings.push(reading),
    close: () => Promise.resolve(true),
  } as unknown as SessionWriter;
  const session = new LiveSession({
    rules: flagRules,
    session: { source: 'A tab', course: '', expressionsOn: false, aggregateOnly, place: 'DE', model: '' },
    live: beganAt === undefined,
    ...(beganAt && { beganAt }),
    makeWriter: (session) => {
      sessions.push(session);
      return writer;
    },
    onChange: ({ state, observation }) => {
      states.push(state);
      shown = observation?.names;
    },
    now: () => new Date(wall.ms),
  });
  return { session, sessions, states, events, names, readings, wall, shown: () => [...(shown ?? [])] };
}

test('stays lost when a frame that was being read comes after the end of its picture', () => {
  const { session, states, events } = start();
  session.lose(WHY);
  session.take(frameAt(101), 10);
  expect(states.at(-1)).toBe('lost');
  expect(events).toEqual(['capture_lost']);
});

test('dates a recording to when it was held', () => {
  const { session, sessions, wall } = prepare({ beganAt: (now) => new Date(now.getTime() - 86_400_000) });
  wall.ms = Date.parse('2026-11-03T10:00:00Z');
  session.take(frameAt(0), 10);
  expect(sessions.map((each) => each.startedAt)).toEqual(['2026-11-02T10:00:00.000Z']);
  expect(Date.parse(sessions[0]?.clock[0]?.at ?? '')).toBe(Date.parse('2026-11-02T10:00:00Z'));
});

test('goes on with the first frame of the picture that was chosen again', () => {
  const { session, states, events } = start();
  session.lose(WHY);
  session.watchAgain();
  expect(states.at(-1)).toBe('lost');
  session.take(frameAt(110), 10);
  expect(states.at(-1)).toBe('running');
  expect(events).toEqual(['capture_lost', 'capture_back']);
});

test('a picture that is lost in a pause ends the pause once another one is chosen', () => {
  const { session, states, events } = start();
  const pause = vi.fn();
  session.attach({ pause } as unknown as FrameReader);
  session.setPaused(true);
  session.lose(WHY);
  session.watchAgain();
  session.take(frameAt(110), 10);
  expect(pause.mock.calls).toEqual([[true], [false]]);
  expect(states.at(-1)).toBe('running');
  expect(events).toEqual(['paused', 'capture_lost', 'resumed', 'capture_back']);
});

test('a picture that is lost before its first frame leaves no end of a gap that has no beginning', () => {
  const { session, events } = prepare();
  session.lose(WHY);
  session.watchAgain();
  session.take(frameAt(110), 10);
  expect(events).toEqual([]);
});

test('a clock that no longer fits the seconds is noted once, as where a sleep has stopped the frames', () => {
  const { session, readings, wall } = start();
  const passS = (seconds: number, frameS: number, tookMs = 10) => {
    wall.ms = 1000 * seconds + tookMs;
    session.take(frameAt(100 + frameS), tookMs);
  };
  passS(1, 1);
  passS(2, 2, 3500);
  passS(603.75, 3.75);
  passS(604.75, 4.75);
  expect(readings).toHaveLength(1);
  expect(readings[0]?.second).toBe(3);
  expect(Math.round(Date.parse(readings[0]?.at ?? '') / 1000)).toBe(603);
});

test('ends although its reader does not answer any more', async () => {
  const { session } = start();
  session.attach({ settle: () => new Promise(() => undefined) } as unknown as FrameReader);
  const stopping = session.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await stopping).toBe(true);
});

test('says that no picture comes, and goes on with the next one', () => {
  const { session, states, events } = start();
  vi.advanceTimersByTime(9000);
  session.take(frameAt(109), 10);
  vi.advanceTimersByTime(9000);
  expect(states.at(-1)).toBe('running');
  vi.advanceTimersByTime(1000);
  expect(states.at(-1)).toBe('waiting');
  session.take(frameAt(170), 10);
  expect(states.at(-1)).toBe('running');
  expect(events).toEqual(['stalled', 'unstalled', 'capture_lost', 'capture_back']);
});

test('does not wait for a picture in a pause, or in time in which the page did not run', () => {
  const paused = start();
  paused.session.setPaused(true);
  vi.advanceTimersByTime(60_000);
  expect(paused.states.at(-1)).toBe('paused');
  const held = start();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 30_000);
  vi.advanceTimersByTime(10_000);
  expect([held.states.at(-1), held.events]).toEqual(['running', []]);
});

test('a name is shown and stored, tidily', () => {
  const { session, names, shown } = start();
  session.rename(1, '  Ann \n Kim ');
  expect(names).toEqual([[1, 'Ann Kim']]);
  expect(shown()).toEqual([[1, 'Ann Kim']]);
  session.rename(1, ' ');
  expect(names.at(-1)).toEqual([1, null]);
  expect(shown()).toEqual([]);
});

test('a name goes with the number that a student turns out to have', () => {
  const { session, names, shown } = start();
  session.rename(2, 'Ann');
  session.take({ ...frameAt(101), merges: [{ student: 2, into: 1 }] }, 10);
  expect(shown()).toEqual([[1, 'Ann']]);
  session.rename(2, 'Ben'); // asked for before the merge
  expect(names.at(-1)).toEqual([1, 'Ben']);
});

test('nobody is named who is left out, or where only class totals are kept', () => {
  const leftOut = start();
  leftOut.session.setExcluded(1, true);
  leftOut.session.rename(1, 'Ann');
  const totals = start({ aggregateOnly: true });
  totals.session.rename(1, 'Ann');
  expect([leftOut.names, leftOut.shown(), totals.names, totals.shown()]).toEqual([[], [], [], []]);
});
