/** The order of the students on the live page: those who may need attention first, then by number. */
import type { StudentState } from '../engagement/types';

/** A pointer that rests for this long does not count as in use. As the desktop's. */
const AT_REST_AFTER_MS = 4000;

/** While the list is in use the students keep their places and new ones come last: nobody clicks on the wrong one. */
export class StudentOrder {
  #places: ReadonlyMap<number, number> = new Map();
  #touchedMs = -Infinity;

  /** The pointer, or a finger, moves over the list. */
  touch(): void {
    this.#touchedMs = performance.now();
  }

  /** `isFocused`: whether the keyboard is in the list; no time ends that. */
  sort(students: readonly StudentState[], isFocused: boolean): StudentState[] {
    const isUsed = isFocused || performance.now() - this.#touchedMs < AT_REST_AFTER_MS;
    const places = this.#places;
    const rank = ({ student, flags }: StudentState) =>
      isUsed ? (places.get(student) ?? places.size) : Number(flags.length === 0);
    const sorted = [...students].sort((one, other) => rank(one) - rank(other) || one.student - other.student);
    this.#places = new Map(sorted.map(({ student }, place) => [student, place]));
    return sorted;
  }
}
