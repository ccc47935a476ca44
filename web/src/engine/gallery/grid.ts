/**
 * Completes a gallery's grid: tiles that merged with the gaps, or with each other, are the cells of the grid. As
 * `gallery/grid.py`.
 */
import { area, clipped, intersectionArea, makeBox, rounded } from '../geometry';
import type { Plane } from '../image/picture';
import { argmax, at, maxBy, median, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';

/** Side of the smallest tile that is searched for. */
export const MIN_TILE_SIDE_PX = 40;

const CONFIG = {
  /** Width over height of a tile: of a telephone held upright... */
  minAspect: 0.45,
  /** ...to a wide one. */
  maxAspect: 2.6,
  /** Tiles of one size differ by this share at most. */
  sameSize: 0.06,
  /** Fewer tiles of one size are no grid. */
  minTiles: 4,
  /** Share of a cell that must stand out from the gap colour for the cell to be a tile. */
  minContent: 0.25,
  /** Share of a cell that may lie in a tile already found. */
  maxOverlap: 0.2,
  /** Share of the lines between the cells of a block of merged tiles that must still be gap. */
  minBorder: 0.35,
  /** Share of a broken piece, or of the cell if smaller, that lies in a cell that it belongs to. */
  minPiece: 0.3,
  /** Of a tile's side: positions nearer to each other are one row or column. */
  sameLine: 0.1,
  /** From a tile to the next row, in its heights. */
  nextRow: [0.9, 1.5],
} as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * `whole` tiles and the grid cells that `broken` pieces fill. `content`: 255 where the picture is not gap. Without a
 * grid (fewer than four tiles of one size) only the whole ones are returned.
 */
export function completeGrid(whole: readonly Box[], broken: readonly Box[], content: Plane): Box[] {
  const cell = findCommonSize(whole);
  if (!cell) return [...whole];
  const regular = whole.filter((box) => isClose(box.width, cell.width) && isClose(box.height, cell.height));
  const odd = whole.filter((box) => !regular.includes(box));
  const merged = [...odd, ...broken].filter((box) => spans(box, cell) || isBlock(box, cell, content));
  const large = odd.filter((box) => !merged.includes(box) && area(box) > 1.3 * cell.width * cell.height);
  const pieces = [...broken, ...odd.filter((box) => !large.includes(box))];
  const tiles = [...regular, ...fillCells(pieces, regular, large, cell, content)];
  // Where a whole column merged with its neighbour, its cells lie beside those just found.
  merged.forEach(() => tiles.push(...fillCells(merged, tiles, large, cell, content)));
  return [...tiles, ...findHoles(tiles, large, cell), ...large];
}

/** The cells of the grid of `tiles` that the pieces fill and that no tile takes. */
function fillCells(
  pieces: readonly Box[],
  tiles: readonly Box[],
  large: readonly Box[],
  cell: Size,
  content: Plane,
): Box[] {
  const taken = [...tiles, ...large];
  const filled: Box[] = [];
  for (const box of pieces) {
    for (const candidate of cellsUnder(box, tiles, cell)) {
      if (!isInside(candidate, content) || !isFree(candidate, [...taken, ...filled])) continue;
      if (contentShare(content, candidate) >= CONFIG.minContent) filled.push(candidate);
    }
  }
  return filled;
}

/** The cells with a tile above and below: only a last row is not full, so that these are tiles, however dark. */
function findHoles(tiles: readonly Box[], large: readonly Box[], cell: Size): Box[] {
  const holes: Box[] = [];
  for (const candidate of listCrossings(tiles, cell, findPitch(tiles, cell.width))) {
    if (isFree(candidate, [...tiles, ...large, ...holes]) && isBetween(candidate, tiles)) holes.push(candidate);
  }
  return holes;
}

/** Whether a tile of the same column lies right above the box, and one right below. */
function isBetween(box: Box, tiles: readonly Box[]): boolean {
  const [low, high] = CONFIG.nextRow;
  const steps = tiles
    .filter((tile) => Math.abs(tile.x - box.x) < CONFIG.sameLine * box.width)
    .map((tile) => (tile.y - box.y) / box.height);
  return steps.some((step) => step > -high && step <= -low) && steps.some((step) => step >= low && step < high);
}

/** Whether no tile takes the place of the box. */
function isFree(box: Box, taken: readonly Box[]): boolean {
  return taken.every((other) => intersectionArea(box, other) < CONFIG.maxOverlap * area(box));
}

/** Whether a rectangle of that size, in pixels, can be a participant's tile. */
export function hasTileShape(width: number, height: number, minSidePx = MIN_TILE_SIDE_PX): boolean {
  const aspect = width / height;
  return Math.min(width, height) >= minSidePx && CONFIG.minAspect <= aspect && aspect <= CONFIG.maxAspect;
}

/** The boxes in groups of one size, each box in one group, the largest group first. */
export function groupBySize(boxes: readonly Box[]): Box[][] {
  let remaining = [...boxes];
  const groups: Box[][] = [];
  while (remaining.length) {
    const similar = remaining.map((a) =>
      remaining.filter((b) => isClose(b.width, a.width) && isClose(b.height, a.height)),
    );
    const group = maxBy(similar, (each) => each.length) ?? [];
    groups.push(group);
    remaining = remaining.filter((box) => !group.includes(box));
  }
  return groups;
}

/** The size that most boxes share, if at least four do. */
function findCommonSize(boxes: readonly Box[]): Size | null {
  if (boxes.length < CONFIG.minTiles) return null;
  const similar = boxes.map((box) =>
    boxes.filter((other) => isClose(box.width, other.width) && isClose(box.height, other.height)),
  );
  const best = at(similar, argmax(similar.map((group) => group.length)));
  if (best.length < CONFIG.minTiles) return null;
  return { width: median(best.map((box) => box.width)), height: median(best.map((box) => box.height)) };
}

function isClose(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= CONFIG.sameSize * wanted;
}

/** Whether the box is as wide or as high as several cells side by side: tiles that merged. */
function spans(box: Box, cell: Size): boolean {
  const isWide = box.width / cell.width > 1.8 && isClose(box.height, cell.height);
  const isHigh = box.height / cell.height > 1.8 && isClose(box.width, cell.width);
  return isWide || isHigh;
}

/** Whether columns and rows of cells merged, unlike a large tile: gaps are left on the lines between them. */
function isBlock(box: Box, cell: Size, content: Plane): boolean {
  const [columns, rows] = [roundHalfEven(box.width / cell.width), roundHalfEven(box.height / cell.height)];
  if (Math.min(columns, rows) < 2) return false;
  const { x, y, width, height } = clipped(box, content.width, content.height);
  const across = new Float64Array(width);
  const down = new Float64Array(height);
  for (let row = 0; row < height; row += 1) {
    const line = content.data.subarray((y + row) * content.width + x, (y + row) * content.width + x + width);
    down[row] = sum(line) / width;
    for (let column = 0; column < width; column += 1) {
      across[column] = (across[column] as number) + (line[column] as number) / height;
    }
  }
  return hasBorders(across, columns) && hasBorders(down, rows);
}

/** Whether each line that divides a block into so many parts is gap. `content`: of each line, 0 to 255. */
function hasBorders(content: Float64Array, parts: number): boolean {
  const size = content.length / parts;
  const reach = Math.max(1, roundHalfEven((CONFIG.sameLine / 2) * size));
  const borders = Array.from({ length: parts - 1 }, (_, before) => roundHalfEven((before + 1) * size));
  const most = 255 * (1 - CONFIG.minBorder);
  return borders.every((border) => Math.min(...content.subarray(border - reach, border + reach + 1)) <= most);
}

/** The grid's cells that the box overlaps: where columns and rows cross, and beside every tile of a shifted row. */
function cellsUnder(box: Box, regular: readonly Box[], cell: Size): Box[] {
  const pitch = findPitch(regular, cell.width);
  const beside = regular.flatMap((tile) =>
    [-pitch, pitch].map((step) => makeBox(tile.x + step, tile.y, cell.width, cell.height)),
  );
  return [...listCrossings(regular, cell, pitch), ...beside].filter(
    (candidate) => intersectionArea(candidate, box) > CONFIG.minPiece * Math.min(area(box), area(candidate)),
  );
}

/** The cells where columns and rows of tiles cross. */
function listCrossings(regular: readonly Box[], { width, height }: Size, pitch: number): Box[] {
  const lefts = findLines(
    regular.map((tile) => tile.x),
    width,
  );
  const tops = findLines(
    regular.map((tile) => tile.y),
    height,
  );
  return tops
    .flatMap((top) => lefts.map((left) => makeBox(left, top, width, height)))
    .filter((crossing) => isInStep(crossing, regular, pitch));
}

/** Whether a cell lies whole steps from a tile of its row: in a row that is shifted by half a tile none does. */
function isInStep(cell: Box, regular: readonly Box[], pitch: number): boolean {
  const row = regular.filter((tile) => Math.abs(tile.y - cell.y) < CONFIG.sameLine * cell.height);
  const steps = row.map((tile) => (cell.x - tile.x) / pitch);
  return steps.some((step) => Math.abs(step - Math.round(step)) * pitch < CONFIG.sameLine * cell.width);
}

/** From one tile's left side to that of its neighbour in the row: the smallest step between tiles of a row. */
function findPitch(regular: readonly Box[], width: number): number {
  let least = Infinity;
  for (const one of regular) {
    for (const other of regular) {
      const step = Math.abs(one.x - other.x);
      if (Math.abs(one.y - other.y) < CONFIG.sameLine * width && step >= width) least = Math.min(least, step);
    }
  }
  return least === Infinity ? width : least;
}

/** Positions that lie within a tenth of a tile of each other are one line of the grid; commonest first. */
function findLines(positions: readonly number[], size: number): number[] {
  const lines: number[][] = [];
  for (const position of [...positions].sort((one, other) => one - other)) {
    const line = lines.at(-1);
    if (line && position - at(line, line.length - 1) < CONFIG.sameLine * size) line.push(position);
    else lines.push([position]);
  }
  return lines.sort((one, other) => other.length - one.length).map(median);
}

/** Whether most of the box lies in the picture. */
function isInside(box: Box, content: Plane): boolean {
  return area(clipped(box, content.width, content.height)) >= (1 - CONFIG.maxOverlap) * area(box);
}

/** Share of the box that is not gap. */
function contentShare(content: Plane, box: Box): number {
  const { x, y, width, height } = rounded(box);
  const [left, end] = [Math.max(0, x), Math.min(content.width, x + width)];
  const [top, low] = [Math.max(0, y), Math.min(content.height, y + height)];
  if (left >= end || top >= low) return 0;
  let total = 0;
  for (let row = top; row < low; row += 1) {
    total += sum(content.data.subarray(row * content.width + left, row * content.width + end));
  }
  return total / ((end - left) * (low - top)) / 255;
}
