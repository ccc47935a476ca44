/**
 * Looks for a face where a person was found without one: at the head, enlarged and turned upright. As
 * `faces/second_look.py`: because a person is known to be there, a sure detection counts as a face also where the
 * landmark model is not sure.
 */
import { boxKey } from '../geometry';
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import { Allowance } from '../pacing';
import type { Box, FaceDetection, Tile } from '../types';
import type { WorkerPool } from '../workers/pool';
import { UPRIGHT_DEG, type HeadFound } from './head_search';

const CONFIG = {
  /** At least, and... */
  headsASecond: 16,
  /** ...so many that each can be searched in so long. */
  roundS: 2.5,
  /** A head without a face is searched again after so long... */
  retryS: 2,
  /** ...and after so many searches in a row without one only after so long. */
  vainSearches: 3,
  rareS: 6,
  /** A head with a face is searched again after so long; until then the face is where it was. */
  followS: 0.35,
  /** A face is followed until it is missing for so long. */
  loseS: 2,
} as const;

/** What is known of the head in one tile. */
class Head {
  face: FaceDetection | null = null;
  angleDeg: number = UPRIGHT_DEG;
  #searchedAtS = -Infinity;
  #foundAtS = -Infinity;
  #vain = 0;

  /** When the head is to be searched again. */
  get dueAtS(): number {
    if (this.#searchedAtS - this.#foundAtS <= CONFIG.loseS) return this.#searchedAtS + CONFIG.followS;
    return this.#searchedAtS + (this.#vain >= CONFIG.vainSearches ? CONFIG.rareS : CONFIG.retryS);
  }

  /** Takes what a search has found. */
  take({ face, angleDeg }: HeadFound, nowS: number): void {
    [this.face, this.angleDeg, this.#searchedAtS] = [face, angleDeg, nowS];
    if (face) this.#foundAtS = nowS;
    this.#vain = face ? 0 : this.#vain + 1;
  }
}

/** Searches a few heads a frame, those that are due for longest first, and follows what it finds. */
export class SecondLook {
  readonly #pool: WorkerPool;
  readonly #allowance: Allowance;
  #heads = new Map<string, Head>();

  /** `isLive`: not even the first frame searches all heads. */
  constructor(pool: WorkerPool, isLive: boolean) {
    this.#pool = pool;
    this.#allowance = new Allowance(isLive);
  }

  /** At most one face in each tile. `heads`: by the tile's index, where a person was found without a face. */
  async find(
    image: Picture,
    tiles: readonly Tile[],
    heads: ReadonlyMap<number, Box>,
    capturedAtS: number,
  ): Promise<FaceDetection[]> {
    const keyOf = (index: number): string => boxKey(at(tiles, index).box);
    const known = [...heads.keys()].map((index) => ({ index, head: this.#heads.get(keyOf(index)) ?? new Head() }));
    this.#heads = new Map(known.map(({ index, head }) => [keyOf(index), head]));
    const due = this.#choose(known, capturedAtS);
    const searches = due.map(({ index, head }) => ({
      tile: at(tiles, index).box,
      head: heads.get(index) as Box,
      likelyDeg: head.angleDeg,
    }));
    const found = await this.#pool.map('look', image, searches);
    due.forEach(({ head }, place) => {
      head.take(at(found, place), capturedAtS);
    });
    const isNew = new Set(due.map(({ head }) => head));
    return known.flatMap(({ index, head }) =>
      head.face ? [{ ...head.face, tile: index, cues: isNew.has(head) ? head.face.cues : null }] : [],
    );
  }

  /** The heads to search in this frame. */
  #choose<Known extends { readonly head: Head }>(known: readonly Known[], nowS: number): Known[] {
    const due = known.filter(({ head }) => head.dueAtS <= nowS);
    const since = ({ head }: Known): number => Math.max(head.dueAtS, -Number.MAX_VALUE);
    due.sort((one, other) => since(one) - since(other));
    const rate = Math.max(CONFIG.headsASecond, known.length / CONFIG.roundS);
    return due.slice(0, this.#allowance.share(rate, nowS));
  }
}
