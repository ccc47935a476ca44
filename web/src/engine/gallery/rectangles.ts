/** Finds rectangles of a tile's shape whose four sides are straight edges. As `gallery/rectangles.py`. */
import { area, intersectionArea, makeBox } from '../geometry';
import { argsort, at } from '../numbers';
import type { Box } from '../types';
import type { EdgeMap } from './edges';
import { hasTileShape } from './grid';

const CONFIG = {
  /** So many horizontal edges are tried, the longest first. */
  maxRows: 72,
  /** So many vertical edges between two of them. */
  maxColumns: 40,
  /** So many rectangles between two of them. */
  maxBetween: 80,
  /** Share of a side that must be edge... */
  minSide: 0.5,
  /** ...and of all four. */
  minSides: 0.7,
  maxRectangles: 800,
  sameIou: 0.85,
} as const;

/** A rectangle, and the share of its sides that is edge. */
export interface Rectangle {
  readonly box: Box;
  readonly sides: number;
}

/** Those with sides of that length or more, the best enclosed first; of nearly equal ones the best. */
export function findRectangles(edges: EdgeMap, minSidePx: number): Rectangle[] {
  const rows = pickRows(edges, minSidePx);
  const found: Rectangle[] = [];
  rows.forEach((top, index) => {
    for (const low of rows.slice(index + 1)) {
      if (low - top >= minSidePx) found.push(...findBetween(edges, top, low, minSidePx));
    }
  });
  found.sort((one, other) => other.sides - one.sides);
  return dropEqual(found.slice(0, CONFIG.maxRectangles));
}

/** Rows with long edges, and the picture's upper and lower border, from top to bottom. */
function pickRows(edges: EdgeMap, minSidePx: number): number[] {
  const rows = findPeaks(edges.sharpAcross, (row) => (edges.longestAcross[row] as number) >= minSidePx);
  const order = argsort(rows.map((row) => edges.longestAcross[row] as number)).reverse();
  const longest = order.slice(0, CONFIG.maxRows).map((index) => at(rows, index));
  return [...new Set([0, edges.height, ...longest])].sort((one, other) => one - other);
}

/** All rectangles between two rows. */
function findBetween(edges: EdgeMap, top: number, low: number, minSidePx: number): Rectangle[] {
  const height = low - top;
  const stride = edges.width + 1;
  const [upper, lower] = [top * stride, low * stride];
  const count = (column: number): number =>
    (edges.down[lower + column] as number) - (edges.down[upper + column] as number);
  const columns = pickColumns(edges, upper, lower, count, height);
  const found: Rectangle[] = [];
  let good = 0;
  for (let first = 0; first < columns.length; first += 1) {
    for (let second = first + 1; second < columns.length; second += 1) {
      const [left, last] = [at(columns, first), at(columns, second)];
      const width = last - left;
      const above = ((edges.across[upper + last] as number) - (edges.across[upper + left] as number)) / width;
      const below = ((edges.across[lower + last] as number) - (edges.across[lower + left] as number)) / width;
      const sides = (above + below + (count(left) + count(last)) / height) / 4;
      if (width < minSidePx || Math.min(above, below) < CONFIG.minSide || sides < CONFIG.minSides) continue;
      good += 1;
      if (good > CONFIG.maxBetween) return found;
      if (hasTileShape(width, height, minSidePx)) found.push({ box: makeBox(left, top, width, height), sides });
    }
  }
  return found;
}

/** Columns that are edge for half the height, the best of them, and the picture's borders. */
function pickColumns(
  edges: EdgeMap,
  upper: number,
  lower: number,
  count: (column: number) => number,
  height: number,
): number[] {
  const sharp = new Int32Array(edges.width + 1);
  for (let column = 0; column < sharp.length; column += 1) {
    sharp[column] = (edges.sharpDown[lower + column] as number) - (edges.sharpDown[upper + column] as number);
  }
  const peaks = findPeaks(sharp, (column) => count(column) >= CONFIG.minSide * height);
  const columns = [...new Set([0, ...peaks, edges.width])].sort((one, other) => one - other);
  if (columns.length <= CONFIG.maxColumns) return columns;
  const order = argsort(columns.map(count)).slice(-CONFIG.maxColumns);
  return order.map((index) => at(columns, index)).sort((one, other) => one - other);
}

/** Places of edges, the first column behind each step: it counts in the column before too. */
function findPeaks(counts: Int32Array, isEdge: (place: number) => boolean): number[] {
  const peaks: number[] = [];
  const read = (place: number): number => counts[place] ?? 0;
  for (let place = 0; place < counts.length - 1; place += 1) {
    const own = counts[place] as number;
    if (own <= read(place - 1) || own <= read(place - 2) || own < read(place + 1) || own < read(place + 2)) continue;
    if (isEdge(place)) peaks.push(place + 1);
  }
  return peaks;
}

/** Of nearly equal rectangles the first. */
function dropEqual(found: readonly Rectangle[]): Rectangle[] {
  const kept: Rectangle[] = [];
  for (const each of found) {
    const isFree = kept.every((other) => {
      const shared = intersectionArea(each.box, other.box);
      return shared / (area(each.box) + area(other.box) - shared) < CONFIG.sameIou;
    });
    if (isFree) kept.push(each);
  }
  return kept;
}
