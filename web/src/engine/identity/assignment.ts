/** The cheapest assignment of rows to columns. */
import { at } from '../numbers';

/**
 * By row: the column, or null where that costs more than `maxCost`. `costs`: one row of numbers a row.
 *
 * Shortest augmenting paths (Crouse, "On implementing 2D rectangular assignment algorithms", 2016), step by step as in
 * SciPy's `linear_sum_assignment`, so that equal costs are decided alike.
 */
export function assign(costs: readonly (readonly number[])[], maxCost: number): (number | null)[] {
  const columns = costs[0]?.length ?? 0;
  if (!costs.length || !columns) return costs.map(() => null);
  // Capped, so that one hopeless pair does not affect the others.
  const capped = costs.map((row) => row.map((cost) => Math.min(cost, maxCost + 1e-3)));
  const chosen = costs.length <= columns ? [...solve(capped)] : invert(solve(transpose(capped)), costs.length);
  return chosen.map((column, row) => (column >= 0 && at(at(costs, row), column) <= maxCost ? column : null));
}

interface Search {
  readonly costs: readonly (readonly number[])[];
  /** Dual variables of rows and columns. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly columnOfRow: Int32Array;
  readonly rowOfColumn: Int32Array;
}

/** By row: its column. There are as many columns as rows, or more. */
function solve(costs: readonly (readonly number[])[]): Int32Array {
  const [rows, columns] = [costs.length, at(costs, 0).length];
  const search: Search = {
    costs,
    u: new Float64Array(rows),
    v: new Float64Array(columns),
    columnOfRow: new Int32Array(rows).fill(-1),
    rowOfColumn: new Int32Array(columns).fill(-1),
  };
  for (let row = 0; row < rows; row += 1) augment(search, row);
  return search.columnOfRow;
}

/** A shortest path from a free row to a free column. */
interface Path {
  readonly sink: number;
  readonly length: number;
  readonly before: Int32Array;
  readonly lengths: Float64Array;
  readonly rows: Set<number>;
  readonly columns: Set<number>;
}

function augment(search: Search, start: number): void {
  const { u, v, columnOfRow, rowOfColumn } = search;
  const path = findPath(search, start);
  u[start] = at(u, start) + path.length;
  for (const row of path.rows) {
    if (row !== start) u[row] = at(u, row) + path.length - at(path.lengths, at(columnOfRow, row));
  }
  for (const column of path.columns) v[column] = at(v, column) - (path.length - at(path.lengths, column));
  for (let column = path.sink, row = -1; row !== start;) {
    row = at(path.before, column);
    rowOfColumn[column] = row;
    const next = at(columnOfRow, row);
    columnOfRow[row] = column;
    column = next;
  }
}

function findPath({ costs, u, v, rowOfColumn }: Search, start: number): Path {
  const columns = v.length;
  const before = new Int32Array(columns).fill(-1);
  const lengths = new Float64Array(columns).fill(Infinity);
  const seen = { rows: new Set<number>(), columns: new Set<number>() };
  const remaining = Array.from({ length: columns }, (_, index) => columns - index - 1);
  let [row, length] = [start, 0];
  for (;;) {
    seen.rows.add(row);
    let [nearest, lowest] = [-1, Infinity];
    for (let index = 0; index < remaining.length; index += 1) {
      const column = at(remaining, index);
      const reached = length + at(at(costs, row), column) - at(u, row) - at(v, column);
      if (reached < at(lengths, column)) [before[column], lengths[column]] = [row, reached];
      const own = at(lengths, column);
      if (own < lowest || (own === lowest && at(rowOfColumn, column) === -1)) [lowest, nearest] = [own, index];
    }
    const column = at(remaining, nearest);
    length = lowest;
    seen.columns.add(column);
    if (at(rowOfColumn, column) === -1) return { sink: column, length, before, lengths, ...seen };
    row = at(rowOfColumn, column);
    remaining[nearest] = at(remaining, remaining.length - 1);
    remaining.pop();
  }
}

function transpose(costs: readonly (readonly number[])[]): number[][] {
  return at(costs, 0).map((_, column) => costs.map((row) => at(row, column)));
}

/** From the rows of columns to the columns of rows; -1 for a row without one. */
function invert(chosen: Int32Array, rows: number): number[] {
  const inverted = new Array<number>(rows).fill(-1);
  chosen.forEach((row, column) => {
    inverted[row] = column;
  });
  return inverted;
}
