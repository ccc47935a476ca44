/**
 * How much is looked at: less while the computer is too busy to keep up. As `fer_desktop/vision/budget/pace.py`; a page
 * is not told whether the computer runs on its battery.
 */
import { median } from '../numbers';

/** When the pace changes, in seconds. A lag is from a frame's arrival to its result. */
const TUNING = {
  /** More than the time between two frames: frames are dropped, and the picture is behind. */
  lateS: 0.25,
  inTimeS: 0.12,
  /** The pace follows the median lag of so many frames: a single slow one is none. */
  judgedFrames: 25,
  /** So long after the pace has fallen, with frames in time, it rises again... */
  retryAfterS: 30,
  /** ...and twice as long each time that it has to fall soon after, up to this. */
  longestRetryS: 480,
} as const;

/** Slows down while frames are late, and returns to the full pace, more and more hesitantly. */
export class PaceKeeper {
  #lagsS: number[] = [];
  #isBusy = false;
  #changedAtS = -Infinity;
  #retryS: number = TUNING.retryAfterS;

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** The result of a frame is ready, at `nowS`. */
  finishFrame(nowS: number, lagS: number): void {
    this.#lagsS = [...this.#lagsS.slice(1 - TUNING.judgedFrames), lagS];
    if (this.#lagsS.length < TUNING.judgedFrames) return;
    const usualS = median(this.#lagsS);
    const sinceS = nowS - this.#changedAtS;
    if (!this.#isBusy && usualS > TUNING.lateS) {
      const hasFailed = sinceS < TUNING.retryAfterS;
      this.#retryS = hasFailed ? Math.min(2 * this.#retryS, TUNING.longestRetryS) : TUNING.retryAfterS;
      this.#change(nowS, true);
    } else if (this.#isBusy && usualS < TUNING.inTimeS && sinceS >= this.#retryS) this.#change(nowS, false);
  }

  #change(nowS: number, isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#changedAtS = nowS;
    this.#lagsS = [];
  }
}
