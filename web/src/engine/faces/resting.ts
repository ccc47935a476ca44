/**
 * Tiles that have shown no face for a while are searched for one in every other frame, half of them at a time. As
 * `faces/resting.py`: such a tile costs the detector twice as much as one with a known face, which shares a run with
 * another; who is there is found out by other means.
 */
import { boxKey } from '../geometry';
import type { FaceDetection, Tile } from '../types';

/** After so long without a search no tile rests: at three frames a second or less none ever does. */
const REST_S = 0.3;
/** Searches in a row without a face before a tile rests. */
const MIN_MISSES = 3;

/** `newestS`: when the tile was searched last; `misses`: in a row. */
interface Searches {
  readonly newestS: number;
  readonly misses: number;
}

/** Frames come in order: `choose`, then `note`. */
export class RestingTiles {
  #searches = new Map<string, Searches>();

  /** The indices of the tiles that need not be searched in this frame. */
  choose(tiles: readonly Tile[], nowS: number): ReadonlySet<number> {
    const missed = tiles.flatMap(({ box }, index) => {
      const search = this.#searches.get(boxKey(box));
      return search && search.misses >= MIN_MISSES ? [{ index, newestS: search.newestS }] : [];
    });
    missed.sort((one, other) => other.newestS - one.newestS || other.index - one.index);
    const newest = missed.slice(0, missed.length >> 1);
    const resting = newest.filter(({ newestS }) => nowS >= newestS && nowS - newestS < REST_S);
    return new Set(resting.map(({ index }) => index));
  }

  /** Remembers which tiles were searched, and with what result. */
  note(tiles: readonly Tile[], skipped: ReadonlySet<number>, faces: readonly FaceDetection[], nowS: number): void {
    const filled = new Set(faces.map((face) => face.tile));
    const searches = tiles.map(({ box }, index): [string, Searches] => {
      const before = this.#searches.get(boxKey(box)) ?? { newestS: nowS, misses: 0 };
      const now = { newestS: nowS, misses: filled.has(index) ? 0 : before.misses + 1 };
      return [boxKey(box), skipped.has(index) ? before : now];
    });
    this.#searches = new Map(searches);
  }
}
