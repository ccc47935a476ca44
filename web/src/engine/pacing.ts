/**
 * Spreads work over the frames of a live source by the time between them, whatever the frame rate is. As
 * `fer_desktop/vision/pacing.py`.
 */

/** What the first frame of a live source stands for. */
const FIRST_S = 0.2;
/** What a frame stands for that comes long after the one before. */
const LONGEST_S = 1;

/** For how many seconds of the call each frame stands. */
class Pace {
  readonly #isLive: boolean;
  #newestS: number | null = null;

  constructor(isLive: boolean) {
    this.#isLive = isLive;
  }

  /** Of the next frame. The first one of a recording, and a picture, have no limit. */
  spanTo(capturedAtS: number): number {
    const before = this.#newestS;
    this.#newestS = capturedAtS;
    if (before === null) return this.#isLive ? FIRST_S : Infinity;
    const spanS = Math.max(0, capturedAtS - before);
    return this.#isLive ? Math.min(spanS, LONGEST_S) : spanS;
  }
}

/** Spreads a number of things a second evenly over frames; what a frame does not use lapses. */
export class Allowance {
  readonly #pace: Pace;
  #rest = 0;

  /** `isLive`: not even the first frame may do everything at once. */
  constructor(isLive: boolean) {
    this.#pace = new Pace(isLive);
  }

  /** How many the frame of `capturedAtS` may do. `rate`: of things a second. To be asked once in every frame. */
  share(rate: number, capturedAtS: number): number {
    const spanS = this.#pace.spanTo(capturedAtS);
    if (spanS === Infinity) return Infinity;
    const whole = Math.floor(this.#rest + rate * spanS);
    this.#rest += rate * spanS - whole;
    return whole;
  }
}
