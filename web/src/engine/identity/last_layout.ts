/**
 * The newest tiles, as far as a face that is seen outside of any tile may be of one of them. As
 * `identity/last_layout.py`.
 */
import { median } from '../numbers';
import type { FaceDetection } from '../types';
import { TRACKER } from './config';
import type { Student } from './student';

/** Whose the newest tiles were: of this frame, or of the last one that had any. */
export class LastLayout {
  readonly #lastTiles: ReadonlyMap<number, number>;
  readonly #firstFrame: number;
  readonly #lostFrames: number;
  readonly #students: readonly Student[];
  readonly #isClass: boolean;

  /** `tiled`: the students who have had tiles. `frame`: the present one. */
  constructor(tiled: readonly Student[], frame: number) {
    this.#lastTiles = new Map(tiled.map((student) => [student.number, student.lastFrame]));
    const newest = Math.max(0, ...this.#lastTiles.values());
    this.#firstFrame = newest - TRACKER.recallFrames;
    this.#lostFrames = frame - newest;
    this.#isClass = tiled.length >= TRACKER.speakerStudents;
    this.#students = tiled.filter((student) => student.lastFrame >= this.#firstFrame);
  }

  /** Whether the face was seen since, or shortly before. */
  isSince(track: Student): boolean {
    return track.lastFrame >= this.#firstFrame;
  }

  /** Whether the student of a recalled track has had a tile since: the face is no longer to be expected there. */
  hasReplaced(track: Student): boolean {
    return track.isRecalled && (this.#lastTiles.get(track.number) ?? -1) > track.lastFrame;
  }

  /**
   * The students who may be seen where their tile was: not shown, and not `followed` by their face since.
   *
   * `alone`: a single face is seen. It is whoever speaks, unless it soon is where the only face was before.
   */
  listMissing(followed: ReadonlySet<number>, alone: boolean): Student[] {
    const missing = this.#students.filter((student) => !student.isShown && !followed.has(student.number));
    return missing.filter((student) => this.#hasPresentSize(student) && this.#isRecallable(student, alone));
  }

  /** Whether an untiled face that is none of those expected is shown large, as who speaks or a film is. */
  mayBeAnybodys(face: FaceDetection, alone: boolean): boolean {
    if (face.tile !== null || !this.#isClass) return false;
    const known = this.#students.flatMap((student) => student.expectedFace?.width ?? []);
    const isLarge = known.length > 0 && face.box.width > TRACKER.maxFaceGrowth * median(known);
    return isLarge || this.#maySpeak(alone);
  }

  #isRecallable(student: Student, alone: boolean): boolean {
    if (!this.#maySpeak(alone)) return true;
    const hadFaces = this.#students.filter((each) => each.expectedFace !== null);
    return this.#lostFrames <= TRACKER.recallFrames && hadFaces.length === 1 && hadFaces[0] === student;
  }

  /** Whether a face alone may be anybody who speaks: not where one or two students had tiles. */
  #maySpeak(alone: boolean): boolean {
    return alone && this.#lostFrames > 0 && this.#isClass;
  }

  /** Whether the student's tile was of the size of those that are shown now, if there are any. */
  #hasPresentSize(student: Student): boolean {
    const shown = this.#students.filter((each) => each.isShown).map((each) => each.box.width);
    const ratio = shown.length ? student.box.width / median(shown) : 1;
    return 1 / TRACKER.sameTileSize < ratio && ratio < TRACKER.sameTileSize;
  }
}
