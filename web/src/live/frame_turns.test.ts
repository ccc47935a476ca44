/** Which frames of a live source are read, and which are only followed. */
import { expect, test } from 'vitest';
import { FrameTurns } from './frame_turns';

/** The turns of frames that come every so many milliseconds. */
function take(everyMs: number, frames: number, canFollow = false): string[] {
  const turns = new FrameTurns(200);
  return Array.from({ length: frames }, (_, index) => turns.next(1000 + index * everyMs, canFollow));
}

test('five frames a second are read of a camera that gives thirty', () => {
  const turns = take(1000 / 30, 300);
  expect(turns.filter((turn) => turn === 'read')).toHaveLength(50);
  expect(turns).not.toContain('follow');
});

test('the frames in between are followed where there is somebody to follow', () => {
  const turns = take(1000 / 30, 300, true);
  expect(turns.filter((turn) => turn === 'read')).toHaveLength(50);
  expect(turns.filter((turn) => turn === 'follow')).toHaveLength(250);
});

test('every frame of a slow source is read', () => {
  expect(take(450, 10, true)).toEqual(new Array(10).fill('read'));
});

test('after a pause frames are read at the usual rate again, not all at once', () => {
  const turns = new FrameTurns(200);
  turns.next(0, false);
  expect([9000, 9033, 9066, 9200].map((at) => turns.next(at, false))).toEqual(['read', 'drop', 'drop', 'read']);
});
