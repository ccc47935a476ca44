/** A session whose picture is lost and comes back. */
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

function start(): { session: LiveSession; states: LiveState[]; events: string[] } {
  const states: LiveState[] = [];
  const events: string[] = [];
  const writer = {
    id: 1,
    record: () => undefined,
    addEvent: ({ kind }: { kind: string }) => events.push(kind),
  } as unknown as SessionWriter;
  const session = new LiveSession({
    rules: flagRules,
    session: { source: 'A tab', course: '', expressionsOn: false, aggregateOnly: false, place: 'DE', model: '' },
    live: true,
    makeWriter: () => writer,
    onChange: ({ state }) => states.push(state),
    now: () => new Date(0),
  });
  session.take(frameAt(100), 10);
  return { session, states, events };
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
