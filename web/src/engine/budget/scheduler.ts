/**
 * Chooses the tiles that are looked at in a frame: each about twice a second, spread evenly over the frames. As
 * `fer_desktop/vision/budget/scheduler.py`.
 */
import { clamp } from '../numbers';

/**
 * What a tile shows, compared with its last look: `same`, nothing that is more than noise; `slight`, as of anybody who
 * sits; `moved`, the face is not as it was; `unknown`, there is nothing to compare with, or another picture is shown.
 */
export type Change = 'same' | 'slight' | 'moved' | 'unknown';

/**
 * How often faces are looked at, in seconds of the call. `everyS`: from one look at a face to the next. `movedS`: of
 * one that moved, at the expense of the others. `sameS`: of one that did not change, whose last result holds.
 */
export interface LookRate {
  readonly everyS: number;
  readonly movedS: number;
  readonly sameS: number;
}

export const FULL_RATE: LookRate = { everyS: 0.5, movedS: 0.15, sameS: 1 };
export const LOW_RATE: LookRate = { everyS: 1, movedS: 0.5, sameS: 1 };
const ROUNDING = 1e-6;
/** Of the time from one look to the next: so soon a face may be looked at again where the rate allows for more. */
const EARLIEST = 0.4 - ROUNDING;
/** A longer time between two frames is a gap. */
const LONGEST_STEP_S = 1;

/** A tile whose face is followed. `lookedAtS`: when it was looked at last. */
export interface FollowedTile {
  readonly change: Change;
  readonly lookedAtS: number;
}

/** Takes the frames of one source in order. Deterministic, and has no clock. */
export class LookScheduler {
  #newestS: number | null = null;
  #turn = 0;

  /**
   * The tiles to look at in the frame of `nowS`, by their index. An unknown one is looked at whatever it costs, and one
   * that has not changed when its time has come; of the others those that are most overdue, as many as the rate allows.
   */
  choose(nowS: number, tiles: ReadonlyMap<number, FollowedTile>, rate: LookRate): Set<number> {
    const stepS = this.#step(nowS);
    const chosen = new Set<number>();
    const changing: { readonly index: number; readonly overdue: number }[] = [];
    for (const [index, tile] of tiles) {
      const overdue = measureOverdue(tile, nowS, rate);
      if (tile.change === 'unknown' || (tile.change === 'same' && overdue >= 1)) chosen.add(index);
      if (tile.change === 'slight' || tile.change === 'moved') changing.push({ index, overdue });
    }
    const places = Math.max(0, ...tiles.keys()) + 1;
    // Of those that are equally overdue the next ones in turn, or the first would always be preferred.
    const place = (index: number): number => (((index - this.#turn) % places) + places) % places;
    const rank = (overdue: number): number => Math.round(overdue * 1000);
    changing.sort((one, other) => rank(other.overdue) - rank(one.overdue) || place(one.index) - place(other.index));
    const allowed = Math.ceil((changing.length * stepS) / rate.everyS - ROUNDING);
    this.#turn = (this.#turn + allowed) % places;
    const due = changing.filter(({ overdue }) => overdue >= EARLIEST).slice(0, Math.max(0, allowed));
    for (const { index } of due) chosen.add(index);
    return chosen;
  }

  #step(nowS: number): number {
    const beforeS = this.#newestS;
    this.#newestS = nowS;
    return beforeS === null ? LONGEST_STEP_S : clamp(nowS - beforeS, 0, LONGEST_STEP_S);
  }
}

/** The time since the last look over that until the next one: 1 where it is due now. */
function measureOverdue({ change, lookedAtS }: FollowedTile, nowS: number, rate: LookRate): number {
  const waitS = { same: rate.sameS, slight: rate.everyS, moved: rate.movedS, unknown: rate.everyS }[change];
  return (nowS - lookedAtS) / waitS;
}
