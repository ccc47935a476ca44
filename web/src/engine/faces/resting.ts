/**
 * Tiles that have shown no face for a while are searched for one about twice a second, a third of them in each frame.
 * As `faces/resting.py`: known faces are looked at as often, and who is there is found out by other means. A face that
 * comes back is found in the first frame that comes half a second or later after the last search.
 */
import { boxKey } from '../geometry';
import type { FaceDetection, Tile } from '../types';

/** After so long without a search no tile rests: at two frames a second or less none ever does. */
const REST_S = 0.5;
/** Of the tiles that have shown no face for a while, the share that may rest in a frame. */
const RESTING = 2 / 3;
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
    const newest = missed.slice(0, Math.floor(RESTING * missed.length));
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
