import { describe, expect, test } from 'vitest';
import { assign } from './assignment';

describe('the cheapest assignment', () => {
  test.each([
    [2, 4],
    [4, 2],
    [4, 4],
    [1, 5],
  ])('of %i rows to %i columns costs as little as any', (rows, columns) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const costs = makeCosts(rows, columns, seed);
      const chosen = assign(costs, 1);
      const taken = chosen.filter((column) => column !== null);
      expect(new Set(taken).size).toBe(Math.min(rows, columns));
      expect(total(costs, chosen)).toBeCloseTo(cheapest(costs), 9);
    }
  });

  test('leaves out what costs too much', () => {
    expect(
      assign(
        [
          [0.9, 0.1],
          [0.8, 0.9],
        ],
        0.5,
      ),
    ).toEqual([1, null]);
  });

  test('of nothing is nothing', () => {
    expect(assign([], 1)).toEqual([]);
    expect(assign([[], []], 1)).toEqual([null, null]);
  });
});

function total(costs: number[][], chosen: readonly (number | null)[]): number {
  return chosen.reduce<number>((sum, column, row) => sum + (column === null ? 0 : (costs[row]?.[column] ?? NaN)), 0);
}

/** By trying all of them. */
function cheapest(costs: number[][]): number {
  const [first, ...others] = costs;
  if (!first?.length) return 0;
  const using = first.map(
    (cost, column) => cost + cheapest(others.map((row) => row.filter((_, index) => index !== column))),
  );
  const skipping = costs.length > first.length ? [cheapest(others)] : [];
  return Math.min(...using, ...skipping);
}

function makeCosts(rows: number, columns: number, seed: number): number[][] {
  let state = seed * 7919;
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state / 2 ** 31;
    }),
  );
}
