/**
 * Plans the search windows for untiled faces: squares over the picture, less those that cannot hold a new face. As
 * `faces/search_windows.py`.
 */
import { area, bottom, makeBox, right } from '../geometry';
import { toGrey } from '../image/colour';
import { dilate, erode } from '../image/morphology';
import { everyNth, makePlane, type Picture, type Plane } from '../image/picture';
import { roundHalfEven } from '../numbers';
import type { Box, Tile } from '../types';

const LEVELS = 4;
const MIN_SIDE_PX = 96;
const CELL_PX = 8;
/** Share of the frame from which a rectangle that looks like one tile may be a speaker with a film strip. */
const LARGE_SHARE = 0.25;
/** Levels of brightness between the darkest and the lightest spot near a cell that is not flat. */
const MIN_RANGE = 12;
/** Share of a window that must be busy and not yet searched: a head that fills a fifth of its side. */
const MIN_NEW_SHARE = 0.04;
/** A tile is searched as a whole, so windows down to its side over this would find nothing new. */
const SAME_SCALE = 1.6;
/** Windows smaller than this share of a tile's longer side are not laid over it. */
const MIN_TILE_SHARE = 0.28;

/**
 * The whole picture, then half-overlapping squares of its short side and of a half, a quarter and an eighth of it. The
 * detector sees 128 pixels a side, so a face must fill about a tenth of a window to be found.
 */
export function surveyWindows(width: number, height: number): Box[] {
  const windows = [makeBox(0, 0, width, height)];
  for (let level = 0; level < LEVELS; level += 1) {
    const side = Math.min(width, height) / 2 ** level;
    if (side < MIN_SIDE_PX && level) break; // smaller squares only enlarge what there is
    for (const y of starts(height, side)) for (const x of starts(width, side)) windows.push(makeBox(x, y, side, side));
  }
  return windows;
}

/**
 * The survey's windows that may hold a face which the search of every tile misses, large ones first. `done`: indices
 * of tiles that are not searched; neither are flat parts of the picture.
 */
export function planSurvey(image: Picture, tiles: readonly Tile[], done: ReadonlySet<number>): Box[] {
  const busy = findBusyCells(image);
  const newBySide = new Map<number, Integral>();
  return surveyWindows(image.width, image.height).filter((window) => {
    const side = Math.max(window.width, window.height);
    let integral = newBySide.get(side);
    if (!integral) {
      integral = integrate(busy, coveredCells(busy, tiles, done, side));
      newBySide.set(side, integral);
    }
    return shareInside(integral, window) >= MIN_NEW_SHARE;
  });
}

/** Whether what looks like one tile may be a speaker with a film strip. */
export function isLarge(box: Box, frameArea: number): boolean {
  return area(box) > LARGE_SHARE * frameArea;
}

/** Evenly spread starts of squares that overlap by half, the last one flush with the end. */
function starts(length: number, side: number): number[] {
  const count = Math.max(1, roundHalfEven((length - side) / (side / 2)) + 1);
  return Array.from({ length: count }, (_, index) => (index * (length - side)) / Math.max(1, count - 1));
}

/** 1 for cells of 8 pixels in or next to which the picture is not flat. */
function findBusyCells(image: Picture): Plane {
  const grey = toGrey(everyNth(image, 2));
  const [light, dark] = [dilate(grey, CELL_PX, CELL_PX), erode(grey, CELL_PX, CELL_PX)];
  const step = CELL_PX / 2;
  const cells = makePlane(Math.ceil(grey.width / step), Math.ceil(grey.height / step));
  for (let y = 0; y < cells.height; y += 1) {
    for (let x = 0; x < cells.width; x += 1) {
      const place = y * step * grey.width + x * step;
      cells.data[y * cells.width + x] =
        (light.data[place] as number) - (dark.data[place] as number) >= MIN_RANGE ? 1 : 0;
    }
  }
  return cells;
}

/** The cells in which windows of that side find nothing new, as a tile covers them. */
function coveredCells(cells: Plane, tiles: readonly Tile[], done: ReadonlySet<number>, side: number): Plane {
  const covered = makePlane(cells.width, cells.height);
  const frameArea = cells.data.length * CELL_PX ** 2;
  tiles.forEach(({ box }, index) => {
    const tileSide = Math.max(box.width, box.height);
    const isTooSmall = side < tileSide * MIN_TILE_SHARE && !isLarge(box, frameArea);
    if (!done.has(index) && side < tileSide / SAME_SCALE && !isTooSmall) return;
    const reach = cellsOf(box);
    for (let y = Math.max(0, reach.top - 1); y < Math.min(cells.height, reach.bottom + 1); y += 1) {
      const start = y * cells.width; // its border is busy too
      covered.data.fill(1, start + Math.max(0, reach.left - 1), start + Math.min(cells.width, reach.right + 1));
    }
  });
  return covered;
}

/** All cells that the box touches. */
function cellsOf(box: Box): { left: number; top: number; right: number; bottom: number } {
  return {
    left: Math.max(0, Math.floor(box.x / CELL_PX)),
    top: Math.max(0, Math.floor(box.y / CELL_PX)),
    right: Math.ceil(right(box) / CELL_PX),
    bottom: Math.ceil(bottom(box) / CELL_PX),
  };
}

/** How many busy cells lie above and left of each corner of cells, but for the covered ones. */
interface Integral {
  readonly sums: Int32Array;
  readonly width: number;
  readonly height: number;
}

function integrate(busy: Plane, covered: Plane): Integral {
  const [width, height] = [busy.width + 1, busy.height + 1];
  const sums = new Int32Array(width * height);
  for (let y = 1; y < height; y += 1) {
    let row = 0;
    for (let x = 1; x < width; x += 1) {
      const place = (y - 1) * busy.width + x - 1;
      row += (covered.data[place] as number) ? 0 : (busy.data[place] as number);
      sums[y * width + x] = (sums[(y - 1) * width + x] as number) + row;
    }
  }
  return { sums, width, height };
}

/** Mean of the mask inside the window. */
function shareInside({ sums, width, height }: Integral, window: Box): number {
  const cells = cellsOf(window);
  const [low, far] = [Math.min(cells.bottom, height - 1), Math.min(cells.right, width - 1)];
  const corner = (y: number, x: number): number => sums[y * width + x] as number;
  const total = corner(low, far) - corner(cells.top, far) - corner(low, cells.left) + corner(cells.top, cells.left);
  return total / Math.max(1, (low - cells.top) * (far - cells.left));
}
