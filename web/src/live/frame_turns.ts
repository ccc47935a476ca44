/** What becomes of each frame of a live source: read in full, searched for the faces that are followed, or dropped. */
export type Turn = 'read' | 'follow' | 'drop';

/** Frames come in order. A frame is read once a step, counted from the first: one that is late delays none after it. */
export class FrameTurns {
  #nextMs = -Infinity;

  /** `stepMs`: least time between two frames that are read. */
  constructor(private readonly stepMs: number) {}

  /** Of the frame of `nowMs`. `canFollow`: whether there are faces to be followed, and somebody to see it. */
  next(nowMs: number, canFollow: boolean): Turn {
    if (nowMs < this.#nextMs) return canFollow ? 'follow' : 'drop';
    this.#nextMs = nowMs - this.#nextMs < this.stepMs ? this.#nextMs + this.stepMs : nowMs + this.stepMs;
    return 'read';
  }
}
