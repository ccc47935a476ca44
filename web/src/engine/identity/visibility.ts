/**
 * Which students are out of view: not shown at the moment, without evidence that they have left. As
 * `identity/visibility.py`, but for windows that cover the call, of which a page knows nothing.
 */
import { median } from '../numbers';
import type { Box, Merge } from '../types';
import { TRACKER } from './config';
import type { Student } from './student';

/** What some frames showed, in the median: so many tiles, of such a width in pixels. */
interface View {
  readonly tiles: number;
  readonly width: number;
}

/** By three reasons: the call shows another page, or has no place for them, or they have no tile and their face is lost. */
export class Visibility {
  #newestViews: View[] = [];
  /** By student: when they were shown last. */
  readonly #lastViews = new Map<number, View>();
  #leftOut = new Set<number>();
  #onAnotherPage = new Set<number>();
  #facesLost = new Set<number>();

  /** The numbers of the students who are out of view, and have not been seen since. */
  get outOfView(): ReadonlySet<number> {
    return new Set([...this.#onAnotherPage, ...this.#leftOut, ...this.#facesLost]);
  }

  /** Students who vanished along with many others are on another page until they are shown again. */
  detectTurnedPage(students: readonly Student[], frame: number): void {
    const shown = students.filter((student) => student.isShown).map((student) => student.number);
    const vanished = students
      .filter((student) => !student.isShown && wasSeenLately(student, frame))
      .map((student) => student.number);
    const known = new Set([...vanished, ...shown]).size;
    if (vanished.length >= Math.max(TRACKER.turnedPageStudents, TRACKER.turnedPageShare * known)) {
      for (const student of vanished) this.#onAnotherPage.add(student);
    }
    for (const student of shown) this.#onAnotherPage.delete(student);
  }

  /**
   * Students who vanished while the call shows as many tiles, or smaller ones: it has no place for them. Judged by all
   * frames since, until a few seconds have passed. `tiles`: those of the frame.
   */
  detectLeftOut(students: readonly Student[], tiles: readonly Box[], frame: number): void {
    const width = tiles.length ? median(tiles.map((box) => box.width)) : 0;
    this.#newestViews = [...this.#newestViews, { tiles: tiles.length, width }].slice(-TRACKER.turnedPageFrames);
    const view = summarise(this.#newestViews);
    for (const student of students) {
      if (student.isShown) this.#lastViews.set(student.number, view);
      const isJudged = student.isShown || wasSeenLately(student, frame);
      if (isJudged) this.#leftOut.delete(student.number);
      if (isJudged && this.#isLeftOut(student, frame - student.lastFrame)) this.#leftOut.add(student.number);
    }
  }

  /** Whether the `frames` since the student was shown have no place for them. */
  #isLeftOut(student: Student, frames: number): boolean {
    const before = this.#lastViews.get(student.number);
    return frames > 0 && !!before && mayLeaveOut(summarise(this.#newestViews.slice(-frames)), before);
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
    for (const students of [this.#onAnotherPage, this.#leftOut, this.#facesLost])
      if (students.delete(student)) students.add(into);
    const view = this.#lastViews.get(student);
    if (view) this.#lastViews.set(into, view);
    this.#lastViews.delete(student);
  }
}

function wasSeenLately(student: Student, frame: number): boolean {
  return frame - student.lastFrame <= TRACKER.turnedPageFrames;
}

/** Of frames in a row; one that is read wrong does not count. */
function summarise(frames: readonly View[]): View {
  return { tiles: median(frames.map((each) => each.tiles)), width: median(frames.map((each) => each.width)) };
}

/**
 * Whether who was shown before may be missing without having left: somebody has their place, or the tiles have become
 * smaller, as in the strip beside a shared screen. Where somebody leaves, tiles become fewer, and no smaller.
 */
function mayLeaveOut(since: View, before: View): boolean {
  const isSmaller = since.width * TRACKER.sameTileSize <= before.width;
  return since.tiles >= before.tiles || (since.tiles > 0 && isSmaller);
}
