/**
 * Whether a tile shows an avatar, over time: what looks like one and moves is a camera's picture. As
 * `gallery/avatar_watch.py`.
 */
import { boxKey, iou } from '../geometry';
import type { Picture, Plane } from '../image/picture';
import { roundHalfEven } from '../numbers';
import { BODY_CELLS } from '../people/sighting';
import { averageTile, SAME_TILE_IOU } from '../people/tile_cells';
import type { Box } from '../types';
import { showsAvatar } from './avatar';

/** Shares are 0 to 1, levels of 0 to 255. */
const CONFIG = {
  /**
   * Of the tile's shorter side, around its middle: it lies within most profile pictures, and no icon, label or ring
   * around who speaks reaches it.
   */
  middle: 0.3,
  /** In a picture that does not move fewer cells of its middle change by more, in whatever coding. */
  stillLevels: 4,
  movedCells: 4,
  cutLevels: 16,
  /** So many of all cells changed by more: the tile shows another picture. */
  cutShare: 0.6,
  /** Nothing has moved for so long: it may be an avatar again. */
  stillS: 20,
  /** So many places are remembered at most; dragging a window about makes new ones. Then all are forgotten. */
  mostSeen: 500,
} as const;

/** `cells`: of the tile when it moved last; `movedAtS`: null where it has not moved since it was seen first. */
interface Seen {
  readonly box: Box;
  readonly cells: Plane;
  readonly movedAtS: number | null;
}

/** Takes the frames of one source in order. */
export class AvatarWatch {
  readonly #seen = new Map<string, Seen>();

  /** As the function of that name; false also where the middle of the tile has moved since it was seen first. */
  showsAvatar(image: Picture, box: Box, nowS: number): boolean {
    const place = boxKey(box);
    const [before, cells] = [this.#seen.get(place), averageTile(image, box)];
    const seen = before ? see(before, cells, box, nowS) : this.#seeAnew(cells, box);
    this.#seen.set(place, seen);
    const isMoving = seen.movedAtS !== null && nowS - seen.movedAtS < CONFIG.stillS;
    return !isMoving && showsAvatar(image, box);
  }

  /** The tile at a place where none was before. One that is a pixel off moves on, but cannot be compared. */
  #seeAnew(cells: Plane, box: Box): Seen {
    const shifted = [...this.#seen.values()].find((other) => iou(box, other.box) >= SAME_TILE_IOU);
    if (this.#seen.size >= CONFIG.mostSeen) this.#seen.clear();
    return { box, cells, movedAtS: shifted?.movedAtS ?? null };
  }
}

function see(before: Seen, cells: Plane, box: Box, nowS: number): Seen {
  const apart = cells.data.map((level, index) => Math.abs(level - (before.cells.data[index] as number)));
  if (apart.filter((levels) => levels > CONFIG.cutLevels).length > CONFIG.cutShare * apart.length) {
    return { box, cells, movedAtS: null };
  }
  return countMovedInMiddle(apart, box) >= CONFIG.movedCells ? { box, cells, movedAtS: nowS } : before;
}

/** Of the cells of the square in the middle of the tile. */
function countMovedInMiddle(apart: Uint8Array, { width, height }: Box): number {
  const [columns, rows] = BODY_CELLS;
  const side = CONFIG.middle * Math.min(width, height);
  const [left, top] = [
    roundHalfEven((0.5 - side / width / 2) * columns),
    roundHalfEven((0.5 - side / height / 2) * rows),
  ];
  let count = 0;
  for (let y = top; y < rows - top; y += 1) {
    for (let x = left; x < columns - left; x += 1) {
      count += Number((apart[y * columns + x] as number) > CONFIG.stillLevels);
    }
  }
  return count;
}
