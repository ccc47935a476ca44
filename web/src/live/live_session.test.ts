/** A session whose picture is lost and comes back, and whose students are named. */
import { expect, test } from 'vitest';
import type { FrameResult } from '../engine/types';
import flagRules from '../generated/flag_rules.json';
import type { SessionWriter } from '../sessions/writer';
import { LiveSession, type LiveState } from './live_session';

const WHY = { key: 'literal', text: 'the picture was stopped' };

/** What was read of a frame that shows nobody. */
function frameAt(capturedAtS: number): FrameResult {
  const stages = { tilesMs: 0, facesMs: 0, identityMs: 0, expressionsMs: 0 };
  return { capturedAtS, width: 640, height: 360, tiles: [], faces: [], stages, merges: [], outOfView: [] };
}

function start({ aggregateOnly = false } = {}) {
  const states: LiveState[] = [];
  const events: string[] = [];
  const names: [number, string | null][] = [];
  let shown: ReadonlyMap<number, string> | undefined;
  const writer = {
    id: 1,
    record: () => undefined,
    addEvent: ({ kind }: { kind: string }) => events.push(kind),
    rename: (student: number, name: string | null) => names.push([student, name]),
  } as unknown as SessionWriter;
  const session = new LiveSession({
    rules: flagRules,
    session: { source: 'A tab', course: '', expressionsOn: false, aggregateOnly, place: 'DE', model: '' },
    live: true,
    makeWriter: () => writer,
    onChange: ({ state, observation }) => {
      states.push(state);
      shown = observation?.names;
    },
    now: () => new Date(0),
  });
  session.take(frameAt(100), 10);
  return { session, states, events, names, shown: () => [...(shown ?? [])] };
}

test('stays lost when a frame that was being read comes after the end of its picture', () => {
  const { session, states, events } = start();
  session.lose(WHY);
  session.take(frameAt(101), 10);
  expect(states.at(-1)).toBe('lost');
  expect(events).toEqual(['capture_lost']);
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
