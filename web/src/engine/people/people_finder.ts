/**
 * Finds people in tiles without a face, a few tiles at a time, and follows them by motion and place in between. As
 * `people/people_finder.py`, without the second opinion.
 */
import { boxKey, iou } from '../geometry';
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import { Allowance } from '../pacing';
import type { Box, FaceDetection, Tile, UnreadableReason } from '../types';
import type { WorkerPool } from '../workers/pool';
import { SAME_TILE_IOU } from './tile_cells';
import { TileWatch } from './tile_watch';

/** How much is examined in a second of a live call, spread over its frames, so that none of them takes long. */
const BUDGET = {
  /** In so long all tiles without a face are measured... */
  roundS: 0.8,
  /** ...and so many a second at least. */
  fewest: 30,
} as const;

/**
 * What is known of a person in a tile without a face. `isChecked`: whether the picture was examined at all.
 * `isMoving`: motion within the last second where a person was. `share`: of the picture that shows a person.
 */
export interface PersonSeen {
  readonly isChecked: boolean;
  readonly isThere: boolean;
  readonly isMoving: boolean;
  readonly share: number;
  readonly head: Box | null;
  readonly hiddenBy: UnreadableReason | null;
}

/** Frames come in order. */
export class PeopleFinder {
  readonly #pool: WorkerPool;
  readonly #measurements: Allowance;
  #watches = new Map<string, TileWatch>();

  /** `isLive`: not even the first frame measures all tiles at once. */
  constructor(pool: WorkerPool, isLive: boolean) {
    this.#pool = pool;
    this.#measurements = new Allowance(isLive);
  }

  /** By the index of each tile without a face, less the skipped ones: what is known of a person there. */
  async find(
    image: Picture,
    tiles: readonly Tile[],
    faces: readonly FaceDetection[],
    skip: ReadonlySet<number>,
    capturedAtS: number,
  ): Promise<Map<number, PersonSeen>> {
    const byTile = new Map(faces.map((face) => [face.tile, face]));
    const seen = tiles.map((_, index) => index).filter((index) => !skip.has(index));
    this.#follow(seen.map((index) => at(tiles, index).box));
    const faceless = new Map<number, TileWatch>();
    for (const index of seen) {
      const watch = this.#watches.get(boxKey(at(tiles, index).box)) as TileWatch;
      const face = byTile.get(index);
      if (face) watch.seeFace(face.box);
      else faceless.set(index, watch);
    }
    for (const watch of faceless.values()) watch.seePicture(image, capturedAtS);
    await this.#measure(image, [...faceless.values()], capturedAtS);
    return new Map([...faceless].map(([index, watch]) => [index, describe(watch, capturedAtS)]));
  }

  /** The watch of each tile: that of the frame before, also where the tile has moved by a pixel or two. */
  #follow(boxes: readonly Box[]): void {
    const keys = new Set(boxes.map(boxKey));
    const lost = [...this.#watches].filter(([key]) => !keys.has(key)).map(([, watch]) => watch);
    this.#watches = new Map(boxes.map((box) => [boxKey(box), this.#watches.get(boxKey(box)) ?? takeOver(box, lost)]));
  }

  /** Measures the tiles that are due; those of longest ago first. */
  async #measure(image: Picture, watches: readonly TileWatch[], nowS: number): Promise<void> {
    const age = (watch: TileWatch): number => watch.measuredAtS ?? -Number.MAX_VALUE;
    const due = watches.filter((watch) => watch.isDue(nowS)).sort((one, other) => age(one) - age(other));
    const limit = this.#measurements.share(Math.max(BUDGET.fewest, watches.length / BUDGET.roundS), nowS);
    const chosen = due.slice(0, limit);
    const sightings = await this.#pool.map(
      'person',
      image,
      chosen.map((watch) => watch.box),
    );
    chosen.forEach((watch, index) => {
      watch.measure(at(sightings, index), nowS);
    });
  }
}

function describe(watch: TileWatch, nowS: number): PersonSeen {
  const { sighting } = watch;
  return {
    isChecked: watch.isChecked,
    isThere: watch.isPerson,
    isMoving: watch.isMoving(nowS),
    share: sighting?.share ?? 0,
    head: sighting?.head ?? null,
    hiddenBy: sighting?.hiddenBy ?? null,
  };
}

function takeOver(box: Box, lost: readonly TileWatch[]): TileWatch {
  const watch = lost.find((each) => iou(each.box, box) >= SAME_TILE_IOU);
  if (!watch) return new TileWatch(box);
  watch.box = box;
  return watch;
}
