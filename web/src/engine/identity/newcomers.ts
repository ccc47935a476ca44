/**
 * Confirms newcomers: a box becomes a student only once it was seen for some frames. As `identity/newcomers.py`.
 */
import { iou } from '../geometry';
import type { Box } from '../types';
import { TRACKER } from './config';

/** `frames`: in which it was seen; `missed`: in a row since then. */
interface Candidate {
  box: Box;
  frames: number;
  missed: number;
}

/** Everything in the first frame that shows anything is confirmed at once. */
export class Newcomers {
  #candidates: Candidate[] = [];
  #hasStarted = false;

  /** To be called before the frame's boxes are asked for. */
  startFrame(): void {
    for (const candidate of this.#candidates) candidate.missed += 1;
  }

  /** Whether the box was seen in that many frames, this one included. Repeated calls count once a frame. */
  isConfirmed(box: Box, frames: number): boolean {
    if (!this.#hasStarted) return true;
    const candidate = this.#candidates.find((each) => iou(each.box, box) > TRACKER.sameBoxIou);
    if (!candidate) {
      this.#candidates.push({ box, frames: 1, missed: 0 });
      return false;
    }
    if (candidate.missed > 0) candidate.frames += 1;
    [candidate.box, candidate.missed] = [box, 0];
    return candidate.frames >= frames;
  }

  /** Forgets candidates that were missed for too long. */
  endFrame(showsAnything: boolean): void {
    this.#candidates = this.#candidates.filter((each) => each.missed <= TRACKER.maxMissedShare * each.frames);
    this.#hasStarted ||= showsAnything;
  }
}
