/**
 * What is known of one tile's person from frame to frame: measurements, motion, and where a face was last. As
 * `people/tile_watch.py`, but for the second opinion, whose network is too large for the web app (3 MB): where the
 * segmentation finds nobody, nobody is there.
 */
import { centre } from '../geometry';
import { makePlane, type Picture, type Plane } from '../image/picture';
import { at, sum } from '../numbers';
import type { Box } from '../types';
import { BODY_CELLS, type PersonSighting } from './sighting';
import { averageTile } from './tile_cells';

/** When somebody is there. Shares of the picture are 0 to 1. */
const TUNING = {
  minShare: 0.03,
  /** Measurements in a row that find nobody where somebody was, until nobody is there. */
  misses: 2,
  /** A tile is measured at most this often... */
  everyS: 0.75,
  /** ...and one whose person has stayed in their place since the last time, only after so long. */
  settledS: 3,
  /** Of the cells of a person moved: they may have left their place... */
  leftShare: 0.3,
  /** ...or, where their outline is not known, so many of all cells. */
  leftTileShare: 0.1,
  /** For so long after motion where a person was, they are there. */
  motionS: 0.9,
  /** Of 0 to 255: a cell that differs by more from the frame before has moved. */
  movedLevels: 6,
  movedCells: 4,
  /** A tile whose cells all differ by less from the last measurement looks as it did then. */
  changedLevels: 2,
  /** Of the cells moved: the tile shows another picture. */
  cutShare: 0.7,
  /** Width of a person over that of the face. */
  faceWidth: 3,
} as const;

/**
 * One tile. Every frame with its tile calls `seeFace` or `seePicture`; then `isDue` asks for `measure`. Times are in
 * seconds, on the frames' clock. `isPerson`: whether somebody is there. `isChecked`: whether that is known yet.
 */
export class TileWatch {
  box: Box;
  sighting: PersonSighting | null = null;
  isPerson = false;
  isChecked = false;
  measuredAtS: number | null = null;
  #found = false;
  #misses = 0;
  #movedAtS = -Infinity;
  #cells: Plane | null = null;
  #measuredCells: Plane | null = null;
  #body = makePlane(...BODY_CELLS);

  constructor(box: Box) {
    this.box = box;
  }

  /** A face was found: a person is there, whatever was measured before. */
  seeFace(face: Box): void {
    this.#forget();
    this.#conclude(true);
    this.#cells = null;
    this.#body = cellsBelow(this.box, face);
  }

  /** No face was found. Compares the tile with the frame before. */
  seePicture(image: Picture, nowS: number): void {
    const before = this.#cells;
    const now = averageTile(image, this.box);
    this.#cells = now;
    if (!before) return;
    const moved = findMoved(before, now);
    if (sum(moved) > TUNING.cutShare * moved.length) this.#forget();
    else if (this.#countMovedInside(moved) >= TUNING.movedCells) this.#movedAtS = nowS;
  }

  /** Whether the picture is to be measured now. One that has not changed is judged without that. */
  isDue(nowS: number): boolean {
    if (this.measuredAtS === null) return true;
    const sinceS = nowS - this.measuredAtS;
    if (sinceS < TUNING.everyS) return false;
    if (sinceS < TUNING.settledS && this.#found && this.#isInPlace()) return false;
    if (!this.#looksAsMeasured()) return true;
    this.measuredAtS = nowS;
    this.#conclude(this.#found);
    return false;
  }

  /** Takes a measurement of this moment's picture. */
  measure(sighting: PersonSighting, nowS: number): void {
    this.sighting = sighting;
    this.measuredAtS = nowS;
    this.#measuredCells = this.#cells;
    this.#conclude(sighting.share >= TUNING.minShare);
  }

  /** Whether there was motion where a person was, within the last second. */
  isMoving(nowS: number): boolean {
    return nowS - this.#movedAtS <= TUNING.motionS;
  }

  #conclude(found: boolean): void {
    this.#misses = found ? 0 : this.#misses + 1;
    if (found && this.sighting?.body.data.some(Boolean)) this.#body = this.sighting.body;
    if (found || this.#misses >= TUNING.misses || !this.isPerson) this.isPerson = found;
    this.#found = found;
    this.isChecked = true;
  }

  /** Whether somebody is there, and most of their outline looks as it did when they were measured. */
  #isInPlace(): boolean {
    const [now, then] = [this.#cells, this.#measuredCells];
    if (!this.isPerson || !now || !then) return false;
    const moved = findMoved(then, now);
    const body = this.#body.data;
    const size = sum(body);
    if (!size) return sum(moved) < TUNING.leftTileShare * moved.length;
    return sum(moved.map((cell, index) => cell & (body[index] as number))) < TUNING.leftShare * size;
  }

  #looksAsMeasured(): boolean {
    const [now, then] = [this.#cells, this.#measuredCells];
    if (!now || !then) return false;
    return now.data.every((level, index) => Math.abs(level - (then.data[index] as number)) <= TUNING.changedLevels);
  }

  /** Of the moved cells those of the person, but for the tile's edge: calls draw a frame around whoever speaks. */
  #countMovedInside(moved: Uint8Array): number {
    const [columns, rows] = BODY_CELLS;
    let count = 0;
    for (let y = 1; y < rows - 1; y += 1) {
      for (let x = 1; x < columns - 1; x += 1) {
        count += at(moved, y * columns + x) & (this.#body.data[y * columns + x] as number);
      }
    }
    return count;
  }

  /** The tile shows another picture: what was known of it is void. */
  #forget(): void {
    this.sighting = this.measuredAtS = this.#measuredCells = null;
    this.isPerson = this.isChecked = this.#found = false;
    this.#misses = 0;
    this.#movedAtS = -Infinity;
    this.#body = makePlane(...BODY_CELLS);
  }
}

/** 1 for each cell whose level is another one. */
function findMoved(before: Plane, now: Plane): Uint8Array {
  const { data } = before;
  return now.data.map((level, index) => (Math.abs(level - (data[index] as number)) > TUNING.movedLevels ? 1 : 0));
}

/** The cells of the tile in which the person with that face is: the head, and the body below it. */
function cellsBelow(tile: Box, face: Box): Plane {
  const [columns, rows] = BODY_CELLS;
  const half = (TUNING.faceWidth * face.width) / 2;
  const [x] = centre(face);
  const column = (place: number): number => ((place - tile.x) / Math.max(1, tile.width)) * columns;
  const first = Math.max(0, Math.trunc(column(x - half)));
  const end = Math.max(0, Math.trunc(column(x + half) + 1));
  const top = Math.max(0, Math.trunc(((face.y - tile.y) / Math.max(1, tile.height)) * rows));
  const cells = makePlane(columns, rows);
  for (let y = top; y < rows; y += 1)
    cells.data.fill(1, y * columns + Math.min(first, columns), y * columns + Math.min(end, columns));
  return cells;
}
