/**
 * Which students are out of view: not shown at the moment, without evidence that they have left. As
 * `identity/visibility.py`, but for windows that cover the call, of which a page knows nothing.
 */
import type { Merge } from '../types';
import { TRACKER } from './config';
import type { Student } from './student';

/** By two reasons: the call shows another page, or they have no tile and their face is lost. */
export class Visibility {
  #onAnotherPage = new Set<number>();
  #facesLost = new Set<number>();

  /** The numbers of the students who are out of view, and have not been seen since. */
  get outOfView(): ReadonlySet<number> {
    return new Set([...this.#onAnotherPage, ...this.#facesLost]);
  }

  /** Students who vanished along with many others are on another page until they are shown again. */
  detectTurnedPage(students: readonly Student[], frame: number): void {
    const shown = students.filter((student) => student.isShown).map((student) => student.number);
    const vanished = students
      .filter((student) => !student.isShown && frame - student.lastFrame <= TRACKER.turnedPageFrames)
      .map((student) => student.number);
    const known = new Set([...vanished, ...shown]).size;
    if (vanished.length >= Math.max(TRACKER.turnedPageStudents, TRACKER.turnedPageShare * known)) {
      for (const student of vanished) this.#onAnotherPage.add(student);
    }
    for (const student of shown) this.#onAnotherPage.delete(student);
  }

  /**
   * Students last seen by their face alone, without a tile of their own: none could show that they left.
   *
   * `tiled`: those who have had tiles. `followed`: those who were followed by the position of their face.
   */
  detectLostFaces(tiled: readonly Student[], followed: readonly Student[], frame: number): void {
    const lastTiles = new Map(tiled.map((student) => [student.number, student.lastFrame]));
    const lost = followed.filter(
      (student) => (lastTiles.get(student.number) ?? -1) < student.lastFrame && student.lastFrame < frame,
    );
    this.#facesLost = new Set(lost.map((student) => student.number));
  }

  /** Applies a merge, given in current numbers. */
  merge({ student, into }: Merge): void {
    for (const students of [this.#onAnotherPage, this.#facesLost]) if (students.delete(student)) students.add(into);
  }
}
