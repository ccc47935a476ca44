import { expect, it } from 'vitest';

import { FlagBoard } from './flag_board';
import type { Flag } from './types';

const FLAG: Flag = { kind: 'away', student: 1, sinceSecond: 0, evidence: { key: 'flag.not_in_call', lasted_s: 120 } };

it('does not show a flag again in this session that was dismissed twice', () => {
  const board = new FlagBoard(10);
  const shown = [0, 100, 200].map((second) => {
    board.update(second, [FLAG]);
    const isShown = board.dismiss(1, 'away');
    board.update(second + 1, []);
    return isShown;
  });
  expect(shown).toEqual([true, true, false]);
});

it('does not take a second click for a second dismissal', () => {
  const board = new FlagBoard(10);
  board.update(0, [FLAG]);
  expect([board.dismiss(1, 'away'), board.dismiss(1, 'away')]).toEqual([true, false]);
});
