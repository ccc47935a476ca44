/** Merging of student numbers: which number has become which, and records that are kept by number. */
import type { Merge } from '../engine/types';

/** Translates student numbers: a number that was merged stands for the student whom it became. */
export class Renumbering {
  readonly #became = new Map<number, number>();

  /** The number that the student goes by now. */
  translate(student: number): number {
    let current = student;
    for (let next = this.#became.get(current); next !== undefined; next = this.#became.get(current)) current = next;
    return current;
  }

  /** Remembers a merge and returns it in current numbers; null where both are one student already. */
  add(merge: Merge): Merge | null {
    const current = { student: this.translate(merge.student), into: this.translate(merge.into) };
    if (current.student === current.into) return null;
    this.#became.set(current.student, current.into);
    return current;
  }
}

/** Applies a merge to records by student number: the merged student's is absorbed by the other's, or renumbered. */
export function mergeRecords<Record extends { absorb(other: Record): void }>(
  records: Map<number, Record>,
  merge: Merge,
): void {
  const record = records.get(merge.student);
  if (record === undefined) return;
  records.delete(merge.student);
  const into = records.get(merge.into);
  if (into === undefined) records.set(merge.into, record);
  else into.absorb(record);
}
