/**
 * Looks for a face where a person was found without one: at the head, enlarged and turned upright. As
 * `faces/second_look.py`: because a person is known to be there, a sure detection counts as a face also where the
 * landmark model is not sure.
 */
import { boxKey } from '../geometry';
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { Box, FaceDetection, Tile } from '../types';
import type { WorkerPool } from '../workers/pool';

/** Times in frames. */
const CONFIG = {
  headsPerFrame: 4,
  /** A head without a face is searched again after so long. */
  retryFrames: 10,
  /** A face that was found is searched for in every frame, until it is missing for so long. */
  followFrames: 10,
} as const;

/** What is known of the head in one tile. */
interface Head {
  triedFrame: number;
  foundFrame: number | null;
}

/** Searches a few heads a frame, those not searched for longest first, and follows what it finds. */
export class SecondLook {
  readonly #pool: WorkerPool;
  readonly #isLive: boolean;
  #frame = 0;
  #heads = new Map<string, Head>();

  /** `isLive`: not even the first frame searches all heads. */
  constructor(pool: WorkerPool, isLive: boolean) {
    this.#pool = pool;
    this.#isLive = isLive;
  }

  /** At most one face in each tile. `heads`: by the tile's index, where a person was found without a face. */
  async find(image: Picture, tiles: readonly Tile[], heads: ReadonlyMap<number, Box>): Promise<FaceDetection[]> {
    this.#frame += 1;
    const keyOf = (index: number): string => boxKey(at(tiles, index).box);
    const present = new Set([...heads.keys()].map(keyOf));
    this.#heads = new Map([...this.#heads].filter(([key]) => present.has(key)));
    const due = this.#choose([...heads.keys()], keyOf);
    const searches = due.map((index) => ({ tile: at(tiles, index).box, head: heads.get(index) as Box, index }));
    const found = await this.#pool.map('look', image, searches);
    due.forEach((index, place) => {
      const known = this.#heads.get(keyOf(index)) ?? { triedFrame: this.#frame, foundFrame: null };
      known.triedFrame = this.#frame;
      if (found[place]) known.foundFrame = this.#frame;
      this.#heads.set(keyOf(index), known);
    });
    return found.filter((face) => face !== null);
  }

  /** The tiles to search in this frame: where a face was found lately, and some of the others. */
  #choose(indices: readonly number[], keyOf: (index: number) => string): number[] {
    const followed: number[] = [];
    const others: { tried: number; index: number }[] = [];
    for (const index of indices) {
      const head = this.#heads.get(keyOf(index));
      if (head && head.foundFrame !== null && this.#frame - head.foundFrame <= CONFIG.followFrames) {
        followed.push(index);
      } else if (!head || this.#frame - head.triedFrame >= CONFIG.retryFrames) {
        others.push({ tried: head ? head.triedFrame : -1, index });
      }
    }
    const limit = this.#isLive || this.#frame > 1 ? CONFIG.headsPerFrame : others.length;
    others.sort((one, other) => one.tried - other.tried || one.index - other.index);
    return [...followed, ...others.slice(0, limit).map(({ index }) => index)];
  }
}
