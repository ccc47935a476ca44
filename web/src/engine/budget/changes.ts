/**
 * How much a tile changed since it was looked at last, from a small grey copy of the frame. As
 * `fer_desktop/vision/budget/changes.py`, which has the measurements.
 */
import { bottom, right } from '../geometry';
import { toGrey } from '../image/colour';
import { halve } from '../image/halving';
import { makePlane, type Picture, type Plane } from '../image/picture';
import type { Box } from '../types';
import type { Change } from './scheduler';

/** Side of the squares of which the copy has the mean, after three halvings: noise of single pixels is averaged away. */
const CELL_PX = 8;

/** Levels are of 0 to 255, of a cell's mean. */
const THRESHOLDS = {
  /** A cell that differs by no more is the same. */
  noiseLevels: 1,
  movedLevels: 8,
  /** Of the cells of a face, so many moved: it is not where it was, or does not look as it did. */
  movedShare: 0.25,
  /** Of the cells of a tile, so many moved: another picture is shown. */
  cutShare: 0.6,
} as const;

/** Cells of the copy: those from `left` and `top` to before `right` and `bottom`. */
interface Cells {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Compares the frames of one source, in order. Each tile's past is the frame in which `keep` was called for it. */
export class TileChanges {
  #now: Plane = makePlane(0, 0);
  #kept: Plane = makePlane(0, 0);

  /** Takes the next frame. */
  startFrame(image: Picture): void {
    const { width, height } = (this.#now = toGrey(halve(halve(halve(image)))));
    if (this.#kept.width !== width || this.#kept.height !== height) this.#kept = makePlane(width, height);
  }

  /** The tile at `box` is looked at in this frame. */
  keep(box: Box): void {
    const cells = cellsOf(box, this.#now);
    for (let y = cells.top; y < cells.bottom; y += 1) {
      const row = y * this.#now.width;
      this.#kept.data.set(this.#now.data.subarray(row + cells.left, row + cells.right), row + cells.left);
    }
  }

  /** What the tile at `box` shows, which was kept in an earlier frame. `face`: where its face was then. */
  measure(box: Box, face: Box): Change {
    const tile = cellsOf(box, this.#now);
    const all = this.#count(tile);
    if (all.cells === 0) return 'unknown';
    if (all.most <= THRESHOLDS.noiseLevels) return 'same';
    if (all.moved / all.cells > THRESHOLDS.cutShare) return 'unknown';
    const around = this.#count(cellsOf(face, this.#now));
    return around.cells > 0 && around.moved / around.cells > THRESHOLDS.movedShare ? 'moved' : 'slight';
  }

  #count(cells: Cells): { readonly cells: number; readonly moved: number; readonly most: number } {
    let [moved, most] = [0, 0];
    for (let y = cells.top; y < cells.bottom; y += 1) {
      for (let place = y * this.#now.width + cells.left; place < y * this.#now.width + cells.right; place += 1) {
        const apart = Math.abs((this.#now.data[place] as number) - (this.#kept.data[place] as number));
        if (apart > most) most = apart;
        if (apart > THRESHOLDS.movedLevels) moved += 1;
      }
    }
    const area = Math.max(0, cells.right - cells.left) * Math.max(0, cells.bottom - cells.top);
    return { cells: area, moved, most };
  }
}

/** The cells of the copy that the box touches. */
function cellsOf(box: Box, { width, height }: Plane): Cells {
  return {
    left: Math.max(0, Math.floor(box.x / CELL_PX)),
    top: Math.max(0, Math.floor(box.y / CELL_PX)),
    right: Math.min(width, Math.max(0, Math.ceil(right(box) / CELL_PX))),
    bottom: Math.min(height, Math.max(0, Math.ceil(bottom(box) / CELL_PX))),
  };
}
