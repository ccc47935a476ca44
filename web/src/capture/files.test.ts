/** When a recording began, by its file. */
import { expect, test } from 'vitest';
import { guessBeginning } from './files';

const HELD = Date.parse('2026-11-02T10:00:00Z');
const LENGTH_S = 5400;
const NOW = new Date('2026-11-03T20:00:00Z');

test('a recording ended when its file was written', () => {
  expect(guessBeginning(HELD + LENGTH_S * 1000, LENGTH_S, NOW).getTime()).toBe(HELD);
});

test('no recording ends in the future', () => {
  expect(guessBeginning(NOW.getTime() + 99_000, LENGTH_S, NOW).getTime()).toBe(NOW.getTime() - LENGTH_S * 1000);
});

test('without a length it began when its file was written', () => {
  expect(guessBeginning(HELD, Number.POSITIVE_INFINITY, NOW).getTime()).toBe(HELD);
});
