/**
 * Finds tiles by their straight sides: galleries without gaps, with gaps of a pixel, or in front of a picture. As
 * `gallery/lines.py`.
 */
import { area, bottom, clipped, makeBox, right, shifted } from '../geometry';
import { shorterSide, type Picture } from '../image/picture';
import { resizeArea } from '../image/resize';
import { at, maxBy, median, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';
import { EdgeMap, meanSide, type Sides } from './edges';
import { hasTileShape, MIN_TILE_SIDE_PX } from './grid';
import { growGrid, isFree, type Grid } from './grid_grower';
import { findRectangles, type Rectangle } from './rectangles';
import { trimBlank, trimGaps } from './trimming';

/** Columns or rows of tiles that may look like one. */
const BLOCKS = [
  [2, 1],
  [1, 2],
  [3, 1],
  [1, 3],
] as const;

const CONFIG = {
  /** Wider pictures are searched at this width: a window that was scaled up has no sharper edges. */
  searchedPx: 1280,
  /** Tiles of one size differ by this share at most, and two pixels. */
  sameSize: 0.05,
  triedSizes: 8,
  /** So many sizes of tiles at most: a gallery, or a strip beside a stage. */
  sizes: 3,
  alignedPx: 4,
  /** Share of a rectangle's sides that is edge by chance: only more speaks for a tile. */
  wantedSides: 0.35,
  /** Exponent of the number of tiles. */
  moreCounts: 0.6,
  /** Of the area of a grid's cells, how much its large tiles may take to speak for it. */
  largePlace: 1.1,
  /** Share of a line through most boxes of a group that must be edge, or they are no blocks of tiles. */
  minCrossing: 0.6,
  /** Share through each box that is divided with the others... */
  minCrossingOfBlock: 0.4,
  /** ...and, of both lines, through a box among others that nothing divides. */
  minCrossingOfFour: 0.8,
  /** Such a line may lie so far from the middle: tiles have gaps, and blocks the gaps around them too. */
  crossingPx: [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10],
  /** Of the picture: a smaller rectangle alone is no tile, a larger one is the window itself. */
  singleShare: [0.015, 0.9],
  minSingleSides: 0.8,
  maxSingle: 8,
} as const;

/**
 * Rectangles of one size that straight edges enclose, and other cells of their grid that edges outline. Tiles of a
 * second and third size beside them follow: a strip's, a stage.
 */
export function findTilesByLines(image: Picture): Box[] {
  if (shorterSide(image) < MIN_TILE_SIDE_PX) return [];
  const scale = Math.min(1, CONFIG.searchedPx / image.width);
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, roundHalfEven(side * scale)));
  const small = scale === 1 ? image : resizeArea(image, width ?? 1, height ?? 1);
  const edges = new EdgeMap(small);
  const minSidePx = MIN_TILE_SIDE_PX * scale;
  let rectangles = findRectangles(edges, minSidePx);
  const found: Box[] = [];
  for (let size = 0; size < CONFIG.sizes; size += 1) {
    rectangles = rectangles.filter((each) => isFree(each.box, found));
    const groups = groupRectangles(rectangles).map((group) => divideBlocks(group, edges, minSidePx));
    const grids = groups
      .filter((group) => group.length)
      .map((group) => growGrid(group, small, edges, found, rectangles));
    const best = maxBy(grids, (grid) => rateGrid(grid, edges)) ?? { cells: [], large: [] };
    const tiles = [...trimBlank(best.cells, small, edges), ...best.large];
    found.push(...tiles.map((box) => trimGaps(box, edges)));
  }
  found.push(...findSingle(rectangles, found, edges));
  return found.map((box) => scaleBox(box, 1 / scale, image));
}

/** The area that the boxes enclose well; where blocks of tiles enclose as much, the more and smaller ones count. */
function rate(boxes: readonly Box[], edges: EdgeMap): number {
  const enclosed = sum(boxes.map((box) => (meanSide(edges.measureSides(box)) - CONFIG.wantedSides) * area(box)));
  return enclosed * boxes.length ** CONFIG.moreCounts;
}

/** As `rate`, with the large tiles where they take the place of no more cells than there are. */
function rateGrid({ cells, large }: Grid, edges: EdgeMap): number {
  const place = sum(large.map(area));
  return rate(place <= CONFIG.largePlace * sum(cells.map(area)) ? [...cells, ...large] : cells, edges);
}

/** Rectangles beside the grids that may be a stage or a floating picture, the largest first. */
function findSingle(rectangles: readonly Rectangle[], found: readonly Box[], edges: EdgeMap): Box[] {
  const [low, high] = CONFIG.singleShare.map((share) => share * edges.width * edges.height) as [number, number];
  const likely = rectangles
    .filter(({ box, sides }) => sides >= CONFIG.minSingleSides && low <= area(box) && area(box) <= high)
    .map((each) => each.box)
    .sort((one, other) => area(other) - area(one));
  const kept: Box[] = [];
  for (const box of likely) {
    if (kept.length < CONFIG.maxSingle && isFree(box, [...found, ...kept])) kept.push(box);
  }
  return kept;
}

/** The most promising groups of two or more aligned rectangles of one size that do not overlap. */
function groupRectangles(rectangles: readonly Rectangle[]): Box[][] {
  const near = rectangles.map((one) => rectangles.map((other) => isNear(one.box, other.box)));
  const worth = rectangles.map(({ box, sides }) => (sides - CONFIG.wantedSides) * area(box));
  const counts = near.map((row) => row.filter(Boolean).length);
  const sums = near.map((row, index) => {
    const total = sum(row.map((isMember, member) => (isMember ? at(worth, member) : 0)));
    return total * at(counts, index) ** CONFIG.moreCounts;
  });
  const untried = new Set(counts.flatMap((count, index) => (count > 1 ? [index] : [])));
  const groups: Box[][] = [];
  while (untried.size && groups.length < CONFIG.triedSizes) {
    const seed = maxBy(untried, (index) => at(sums, index)) as number;
    const members = at(near, seed).flatMap((isMember, index) => (isMember ? [index] : []));
    for (const index of members) untried.delete(index);
    untried.delete(seed);
    const group = chooseAligned(members.map((index) => at(rectangles, index).box));
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

/** Whether the other box has the one's size, within a share of its own. */
function isNear(one: Box, other: Box): boolean {
  return (
    Math.abs(other.width - one.width) <= CONFIG.sameSize * other.width + 2 &&
    Math.abs(other.height - one.height) <= CONFIG.sameSize * other.height + 2
  );
}

/** Of boxes of one size those that do not overlap, the best aligned first: in a grid all stand in rows and columns. */
function chooseAligned(boxes: readonly Box[]): Box[] {
  const counts = new Map(boxes.map((box) => [box, countAligned(box, boxes)]));
  const sorted = [...boxes].sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
  const group: Box[] = [];
  for (const box of sorted) if (isFree(box, group)) group.push(box);
  const regular = dropOdd(group);
  return regular.filter((box) => isAligned(box, regular));
}

function countAligned(box: Box, boxes: readonly Box[]): number {
  const isSame = (a: number, b: number): number => (Math.abs(a - b) <= CONFIG.alignedPx ? 1 : 0);
  return sum(boxes.map((other) => isSame(box.x, other.x) + isSame(box.y, other.y)));
}

/** Whether another box stands in its row or column. */
function isAligned(box: Box, group: readonly Box[]): boolean {
  return group.some(
    (other) => other !== box && Math.min(Math.abs(other.x - box.x), Math.abs(other.y - box.y)) <= CONFIG.alignedPx,
  );
}

/** The boxes near the group's median size; the grid finds the tiles that the others stood for. */
function dropOdd(group: readonly Box[]): Box[] {
  const [width, height] = [median(group.map((box) => box.width)), median(group.map((box) => box.height))];
  const isClose = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= CONFIG.sameSize * wanted;
  return group.filter((box) => isClose(box.width, width) && isClose(box.height, height));
}

/**
 * The tiles of blocks of tiles, which edges cross at the same places, without what is no block; any other group as it
 * is, without what is one.
 */
function divideBlocks(group: readonly Box[], edges: EdgeMap, minSidePx: number): Box[] {
  const [first] = group;
  if (!first) return [];
  for (const [columns, rows] of BLOCKS) {
    const crossed = group.map((box) => measureCrossing(box, columns, rows, edges));
    const [width, height] = [first.width / columns, first.height / rows];
    if (sum(crossed) / group.length < CONFIG.minCrossing || !hasTileShape(width, height, minSidePx)) continue;
    const blocks = group.filter((_, index) => at(crossed, index) >= CONFIG.minCrossingOfBlock);
    const parts = blocks.flatMap((box) =>
      Array.from({ length: columns * rows }, (_, index) => {
        const [column, row] = [index % columns, Math.floor(index / columns)];
        return makeBox(box.x + (column * box.width) / columns, box.y + (row * box.height) / rows, width, height);
      }),
    );
    return divideBlocks(parts, edges, minSidePx);
  }
  return group.filter((box) => !isBlock(box, edges, minSidePx));
}

/** Whether edges cross the box from side to side in both directions, as between four tiles. */
function isBlock(box: Box, edges: EdgeMap, minSidePx: number): boolean {
  return (
    hasTileShape(box.width / 2, box.height / 2, minSidePx) &&
    BLOCKS.slice(0, 2).every(
      ([columns, rows]) => measureCrossing(box, columns, rows, edges) >= CONFIG.minCrossingOfFour,
    )
  );
}

/** Share of the least covered of the lines that divide the box into columns, or into rows. */
function measureCrossing(box: Box, columns: number, rows: number, edges: EdgeMap): number {
  const shares = Array.from({ length: columns * rows - 1 }, (_, index) => {
    const part = (index + 1) / (columns * rows);
    const [dx, dy] = rows === 1 ? [box.width * part, 0] : [0, box.height * part];
    const sides = CONFIG.crossingPx.map((near): Sides => edges.measureSides(shifted(box, dx + near, dy + near)));
    return Math.max(...sides.map((each) => (rows === 1 ? each[0] : each[1])));
  });
  return Math.min(...shares);
}

function scaleBox(box: Box, factor: number, image: Picture): Box {
  const [left, top] = [roundHalfEven(box.x * factor), roundHalfEven(box.y * factor)];
  const width = roundHalfEven(right(box) * factor) - left;
  const height = roundHalfEven(bottom(box) * factor) - top;
  return clipped(makeBox(left, top, width, height), image.width, image.height);
}
