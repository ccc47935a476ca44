/**
 * Consecutive watched seconds in one state, across short interruptions. `lastedS` is 0 outside a streak. Frequent
 * interruptions end it too: a student who is seen half of the time is not away.
 */
export class Streak {
  sinceSecond = 0;
  lastedS = 0;
  #interruptedS = 0;
  #totalInterruptedS = 0;

  /** Adds a second in the state. */
  extend(second: number, stepS: number): void {
    if (this.lastedS === 0) this.sinceSecond = second;
    this.lastedS += stepS;
    this.#interruptedS = 0;
  }

  /** The state had held for so long before `second`, which was not known then. */
  extendBack(second: number, heldS: number): void {
    if (heldS <= this.lastedS) return;
    [this.sinceSecond, this.lastedS] = [second - heldS, heldS];
  }

  /** Adds a second in another state; ends the streak after `longestS` of these, or after many in total. */
  interrupt(stepS: number, longestS: number): void {
    this.#interruptedS += stepS;
    this.#totalInterruptedS += stepS;
    if (this.#interruptedS > longestS || this.#totalInterruptedS > longestS + this.lastedS / 2) this.end();
  }

  /** Ends the streak; the next `extend` starts a new one. */
  end(): void {
    this.lastedS = this.#interruptedS = this.#totalInterruptedS = 0;
  }
}
