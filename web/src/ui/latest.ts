/** Things that take a while to come, as a camera that the browser first asks the teacher about. */

/** Only what was asked for last is wanted; what comes after it was given up is handed to `discard`. */
export class Latest<Thing> {
  #turn = 0;

  constructor(private readonly discard: (thing: Thing) => void) {}

  /** Null of what is not wanted any more, also where it did not come. */
  async ask(coming: Promise<Thing>): Promise<Thing | null> {
    const turn = (this.#turn += 1);
    try {
      const thing = await coming;
      if (turn === this.#turn) return thing;
      this.discard(thing);
    } catch (error) {
      if (turn === this.#turn) throw error;
    }
    return null;
  }

  /** Nothing is wanted of what was asked for. */
  giveUp(): void {
    this.#turn += 1;
  }
}
