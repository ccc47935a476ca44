/** How long frames may fail one after the other, as while a GPU restarts or a camera changes its size. */
const PATIENCE_S = 5;

/** Of one source. */
export class Patience {
  #sinceS: number | null = null;

  /** A frame was read. */
  renew(): void {
    this.#sinceS = null;
  }

  /** The frame of `nowS` could not be read. Throws `error` where none could be for a while. */
  spend(error: unknown, nowS: number): void {
    this.#sinceS ??= nowS;
    if (nowS - this.#sinceS >= PATIENCE_S) throw error;
  }
}
