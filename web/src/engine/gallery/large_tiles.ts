/**
 * Tiles as large as two, three or more columns and as many rows of their grid, such as the speaker's: no line divides
 * them into cells. As `gallery/large_tiles.py`.
 */
import { area, centre, clipped, contains, intersectionArea, makeBox, rounded, shifted } from '../geometry';
import { crop, pixelAt, type Picture } from '../image/picture';
import { median, roundHalfEven } from '../numbers';
import type { Box } from '../types';
import type { EdgeMap } from './edges';
import type { Rectangle } from './rectangles';

/** Shares are 0 to 1. */
const CONFIG = {
  /** Share of its sides that is edge. */
  minSides: 0.7,
  /** From the size of so many cells with the gaps between them, and... */
  offSizePx: 4,
  /** ...this share of it. */
  offSize: 0.03,
  /** Share of the lines between the cells that is edge, the mean of columns and rows: by chance a third is. */
  maxDivided: 0.4,
  /** Share of one such line that is edge. */
  maxLine: 0.8,
  /** Such a line may lie so far from where it is expected. */
  nearPx: 6,
  /** Of a part, which is not looked at. */
  edgePx: 4,
  blankLevels: 4,
  /** Share of a part that has one colour where it shows nothing, not even a name. */
  minBlank: 0.997,
} as const;

/** The cells of a grid: their size, and the step from one to the next, in pixels. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** The rectangles as large as two or more columns and as many rows that are one tile; none that holds `tiles`. */
export function findLargeTiles(
  rectangles: readonly Rectangle[],
  cells: Cells,
  tiles: readonly Box[],
  image: Picture,
  edges: EdgeMap,
): Box[] {
  const found: Box[] = [];
  for (const { box, sides } of rectangles) {
    if (sides < CONFIG.minSides || area(box) < 3 * cells.width * cells.height) continue;
    const [columns, rows] = countCells(box, cells);
    if (columns < 2 || columns !== rows || tiles.some((tile) => contains(box, centre(tile)))) continue;
    if (found.some((other) => intersectionArea(box, other) > 0)) continue;
    if (isDivided(box, columns, rows, edges)) continue;
    if (!holdsCards(box, columns, rows, image)) found.push(box);
  }
  return found;
}

/** Of how many columns and rows the box has the size; 0 and 0 of none. */
function countCells(box: Box, { width, height, stepX, stepY }: Cells): [columns: number, rows: number] {
  const columns = roundHalfEven((box.width - width) / stepX) + 1;
  const rows = roundHalfEven((box.height - height) / stepY) + 1;
  const isNear = (side: number, wanted: number): boolean =>
    Math.abs(side - wanted) <= CONFIG.offSizePx + CONFIG.offSize * wanted;
  const fits = isNear(box.width, width + (columns - 1) * stepX) && isNear(box.height, height + (rows - 1) * stepY);
  return fits ? [columns, rows] : [0, 0];
}

/** Whether edges lie between all columns and rows, or one runs from side to side. */
function isDivided(box: Box, columns: number, rows: number, edges: EdgeMap): boolean {
  const near = Array.from({ length: 2 * CONFIG.nearPx + 1 }, (_, index) => index - CONFIG.nearPx);
  const down = listBetween(columns).map((index) =>
    Math.max(...near.map((by) => edges.measureSides(shifted(box, (box.width * index) / columns + by, 0))[0])),
  );
  const across = listBetween(rows).map((index) =>
    Math.max(...near.map((by) => edges.measureSides(shifted(box, 0, (box.height * index) / rows + by))[1])),
  );
  const isBlock = (Math.min(...down) + Math.min(...across)) / 2 > CONFIG.maxDivided;
  return isBlock || Math.max(...down, ...across) > CONFIG.maxLine;
}

/** Whether cards of one colour, which touch, lie in the box: each shows something, and nothing lies between them. */
function holdsCards(box: Box, columns: number, rows: number, image: Picture): boolean {
  return (
    listLines(box, columns, rows).every((line) => isBlank(line, image)) &&
    !listParts(box, columns, rows).some((part) => isBlank(part, image))
  );
}

/** Narrow boxes on the lines between the cells. */
function listLines(box: Box, columns: number, rows: number): Box[] {
  const wide = 2 * CONFIG.edgePx + 2;
  return [
    ...listBetween(columns).map((index) =>
      makeBox(box.x + (box.width * index) / columns - wide / 2, box.y, wide, box.height),
    ),
    ...listBetween(rows).map((index) =>
      makeBox(box.x, box.y + (box.height * index) / rows - wide / 2, box.width, wide),
    ),
  ];
}

function listParts(box: Box, columns: number, rows: number): Box[] {
  const [width, height] = [box.width / columns, box.height / rows];
  return Array.from({ length: columns * rows }, (_, index) =>
    makeBox(box.x + (index % columns) * width, box.y + Math.floor(index / columns) * height, width, height),
  );
}

/** Whether the box shows one colour, but for its edge. */
export function isBlank(box: Box, image: Picture): boolean {
  const { x, y, width, height } = rounded(clipped(box, image.width, image.height));
  const edge = CONFIG.edgePx;
  return isPlain(crop(image, x + edge, y + edge, width - 2 * edge, height - 2 * edge));
}

/** Whether hardly a pixel differs from the middle one, in green. */
function isPlain(patch: Picture): boolean {
  const levels = new Uint8Array(patch.width * patch.height);
  for (let y = 0, to = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1, to += 1) levels[to] = patch.data[pixelAt(patch, x, y) + 1] as number;
  }
  const middle = median(levels);
  const near = levels.filter((level) => Math.abs(level - middle) <= CONFIG.blankLevels).length;
  return near / levels.length >= CONFIG.minBlank;
}

/** 1, 2, ... up to one less than that. */
function listBetween(parts: number): number[] {
  return Array.from({ length: parts - 1 }, (_, before) => before + 1);
}
