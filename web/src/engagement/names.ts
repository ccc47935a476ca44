/** The names that the teacher gives: a port of `fer_desktop/engagement/names.py`, without those that labels show. */
import type { Merge } from '../engine/types';

export class StudentNames {
  readonly #given: Map<number, string>;

  /** `names`: those of before. */
  constructor(names: ReadonlyMap<number, string> = new Map()) {
    this.#given = new Map(names);
  }

  /** Names a student; null takes the name away. */
  give(student: number, name: string | null): void {
    if (name === null) this.#given.delete(student);
    else this.#given.set(student, name);
  }

  /** The merged number's name passes to the other, where it has none. */
  merge({ student, into }: Merge): void {
    const name = this.#given.get(student);
    this.#given.delete(student);
    if (name !== undefined && !this.#given.has(into)) this.#given.set(into, name);
  }

  /** A copy of the names, by number. */
  all(): Map<number, string> {
    return new Map(this.#given);
  }
}
