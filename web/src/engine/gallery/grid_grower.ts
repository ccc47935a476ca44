/** Completes a group of tiles to the grid that it is part of, by straight edges. As `_GridGrower` in `gallery/lines.py`. */
import { area, clipped, intersectionArea, makeBox, shifted } from '../geometry';
import type { Picture } from '../image/picture';
import { maxBy, median } from '../numbers';
import type { Box } from '../types';
import { meanSide, type EdgeMap, type Sides } from './edges';
import { findLargeTiles, isBlank } from './large_tiles';
import type { Rectangle } from './rectangles';

/** In columns and rows; a short last row is shifted by half a tile. */
const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.5, 1],
  [-0.5, 1],
] as const;
/** Pixels that a cell is moved by to meet the edges near it, the nearest first. */
const SNAPS = [0, -1, 1, -2, 2, -3, 3] as const;
/** Nearer than this, a cell's place is a tile's. */
const SAME_PLACE_PX = 6;

const CONFIG = {
  maxTiles: 120,
  alignedPx: 4,
  /** Share of a cell's four sides that must be edge... */
  minSides: 0.55,
  /** ...and of each side alone... */
  minSide: 0.25,
  /** ...or none, beside so many tiles: cards that touch have no edge between them. */
  surrounded: 2,
  /** Of each side of a cell that shows nothing at all: an empty place has no sides but its neighbours'. */
  minSideOfBlank: 0.6,
  /** So much of a cell may lie outside the picture. */
  maxOutsidePx: 4,
  /** Share of a rectangle that may lie in a tile already found. */
  maxOverlap: 0.2,
  /** Of a tile's side: a larger distance is no gap but a missing tile. */
  maxGapShare: 0.3,
} as const;

export function isFree(box: Box, taken: readonly Box[]): boolean {
  return taken.every((other) => intersectionArea(box, other) < CONFIG.maxOverlap * Math.min(area(box), area(other)));
}

/** `cells`: of one size. `large`: tiles in the place of several. */
export interface Grid {
  readonly cells: Box[];
  readonly large: readonly Box[];
}

/**
 * The group and every cell of its grid that edges outline, however many steps away. `taken`: boxes that hold no cell.
 * `rectangles`: some may be tiles as large as several cells.
 */
export function growGrid(
  group: readonly Box[],
  image: Picture,
  edges: EdgeMap,
  taken: readonly Box[],
  rectangles: readonly Rectangle[],
): Grid {
  const grower = new GridGrower(group, image, edges, taken, rectangles);
  return { cells: grower.grow(), large: grower.large };
}

class GridGrower {
  readonly large: readonly Box[];
  readonly #image: Picture;
  readonly #edges: EdgeMap;
  readonly #taken: readonly Box[];
  readonly #width: number;
  readonly #height: number;
  readonly #stepX: number;
  readonly #stepY: number;
  readonly #found: Box[];

  constructor(
    group: readonly Box[],
    image: Picture,
    edges: EdgeMap,
    taken: readonly Box[],
    rectangles: readonly Rectangle[],
  ) {
    [this.#image, this.#edges] = [image, edges];
    this.#width = median(group.map((box) => box.width));
    this.#height = median(group.map((box) => box.height));
    const across = group.map((box): Place => ({ start: box.x, line: box.y }));
    const down = group.map((box): Place => ({ start: box.y, line: box.x }));
    this.#stepX = this.#width + smallestGap(across, this.#width);
    this.#stepY = this.#height + smallestGap(down, this.#height);
    const cells = { width: this.#width, height: this.#height, stepX: this.#stepX, stepY: this.#stepY };
    this.large = findLargeTiles(rectangles, cells, group, image, edges).filter((box) => isFree(box, taken));
    this.#taken = [...taken, ...this.large];
    this.#found = [...group];
  }

  grow(): Box[] {
    const waiting = [...this.#found];
    for (let box = waiting.shift(); box && this.#found.length < CONFIG.maxTiles; box = waiting.shift()) {
      for (const [columns, rows] of NEIGHBOURS) {
        const expected = makeBox(box.x + columns * this.#stepX, box.y + rows * this.#stepY, this.#width, this.#height);
        const cell = this.#snap(expected);
        if (!this.#isTile(cell)) continue;
        this.#found.push(cell);
        waiting.push(cell);
      }
    }
    return this.#found.filter((box) => !this.#isEmptyPlace(box));
  }

  /** The cell moved by some pixels onto the edges near it. */
  #snap(cell: Box): Box {
    const sides = new Map(SNAPS.map((by) => [by, this.#edges.measureSides(shifted(cell, by, by))]));
    const rate = (by: number, one: 0 | 1, other: 2 | 3): number => {
      const measured = sides.get(by as (typeof SNAPS)[number]) as Sides;
      return measured[one] + measured[other];
    };
    const dx = maxBy(SNAPS, (by) => rate(by, 0, 2)) ?? 0;
    const dy = maxBy(SNAPS, (by) => rate(by, 1, 3)) ?? 0;
    return shifted(cell, dx, dy);
  }

  #isTile(cell: Box): boolean {
    const inside = clipped(cell, this.#edges.width, this.#edges.height);
    const outside = Math.max(cell.width - inside.width, cell.height - inside.height);
    if (outside > CONFIG.maxOutsidePx || !isFree(cell, [...this.#found, ...this.#taken])) return false;
    if (this.#isEmptyPlace(cell)) return false;
    if (this.#countNeighbours(cell) >= CONFIG.surrounded) return true;
    const sides = this.#edges.measureSides(cell);
    return meanSide(sides) >= CONFIG.minSides && Math.min(...sides) >= CONFIG.minSide;
  }

  /** Whether the cell shows nothing, not even a name, and lacks sides of its own. */
  #isEmptyPlace(cell: Box): boolean {
    return Math.min(...this.#edges.measureSides(cell)) < CONFIG.minSideOfBlank && isBlank(cell, this.#image);
  }

  /** How many of the four cells beside this one are tiles. */
  #countNeighbours(cell: Box): number {
    const steps = [
      [this.#stepX, 0],
      [-this.#stepX, 0],
      [0, this.#stepY],
      [0, -this.#stepY],
    ] as const;
    const isAt = (box: Box, x: number, y: number): boolean =>
      Math.abs(x - box.x) <= SAME_PLACE_PX && Math.abs(y - box.y) <= SAME_PLACE_PX;
    return steps.filter(([dx, dy]) => this.#found.some((box) => isAt(box, cell.x + dx, cell.y + dy))).length;
  }
}

/** Where a tile begins along an axis, and on which line it stands. */
interface Place {
  readonly start: number;
  readonly line: number;
}

/** Between neighbours along the axis; one pixel where no two are neighbours. */
function smallestGap(places: readonly Place[], size: number): number {
  let least = Infinity;
  for (const one of places) {
    for (const other of places) {
      const step = other.start - one.start;
      if (step >= size - 3 && Math.abs(one.line - other.line) <= CONFIG.alignedPx) least = Math.min(least, step);
    }
  }
  const gap = least === Infinity ? 0 : least - size;
  return gap < CONFIG.maxGapShare * size ? gap : 1;
}
