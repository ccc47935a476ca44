/** When and where a student was in view: the spans of frames without a longer break. As `identity/spans.py`. */
import { at, sum } from '../numbers';
import type { Box } from '../types';

/** Frames that may be missed within a span, about a second: a layout that is found again, a dropped frame. */
const LONGEST_BREAK = 5;

/** The frames from `first` to `last`, and the student's box in either. */
export interface Span {
  first: number;
  last: number;
  readonly firstBox: Box;
  lastBox: Box;
}

/** The spans of one student, in order. */
export class Spans {
  #spans: Span[] = [];

  get all(): readonly Span[] {
    return this.#spans;
  }

  /** In how many frames the student was in view. */
  get frames(): number {
    return sum(this.#spans.map((span) => span.last - span.first + 1));
  }

  /** The first frame; there must be one. */
  get first(): number {
    return at(this.#spans, 0).first;
  }

  /** The newest frame; there must be one. */
  get last(): number {
    return at(this.#spans, this.#spans.length - 1).last;
  }

  /** The student is in view in the frame, which is not before the newest. */
  add(frame: number, box: Box): void {
    const newest = this.#spans.at(-1);
    if (newest && frame - newest.last <= LONGEST_BREAK) [newest.last, newest.lastBox] = [frame, box];
    else this.#spans.push({ first: frame, last: frame, firstBox: box, lastBox: box });
  }

  /** Adds the spans of a track that turned out to be this student's. */
  absorb(other: Spans): void {
    const spans = [...this.#spans, ...other.#spans].sort((one, another) => one.first - another.first);
    this.#spans = [];
    for (const span of spans) {
      const newest = this.#spans.at(-1);
      if (!newest || span.first - newest.last > LONGEST_BREAK) this.#spans.push({ ...span });
      else if (span.last > newest.last) [newest.last, newest.lastBox] = [span.last, span.lastBox];
    }
  }

  /** In how many frames both were in view. */
  countShared(other: Spans): number {
    const shared = (one: Span, another: Span): number =>
      Math.max(0, Math.min(one.last, another.last) - Math.max(one.first, another.first) + 1);
    return sum(this.#spans.flatMap((one) => other.#spans.map((another) => shared(one, another))));
  }
}
