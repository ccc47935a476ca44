/**
 * The track of a student while the session runs. It holds nothing biometric, and nothing of it is stored. As
 * `identity/student.py`, without names.
 */
import { makeBox } from '../geometry';
import { argmin, at } from '../numbers';
import type { Box, Merge } from '../types';
import { compareAppearances, type Appearance } from './appearance';
import type { Sighting } from './sighting';
import { Spans } from './spans';

const APPEARANCE_MEMORY = 0.9;
const SAME_APPEARANCE = 0.5;
/** Of each camera state: students move to another room, turn on the light, are merged with another number. */
const MAX_APPEARANCES = 3;

/** The numbers of the students who were shown together, and the number of tiles then. */
export class CoPresence {
  readonly #students: ReadonlySet<number>;
  readonly #tiles: number;

  constructor(students: ReadonlySet<number>, tiles: number) {
    [this.#students, this.#tiles] = [students, tiles];
  }

  /** Whether these students are shown again, in as many tiles as then. */
  isComplete(students: ReadonlySet<number>, tiles: number): boolean {
    return tiles === this.#tiles && this.#isRecognised(students);
  }

  /** Whether these students are shown in fewer tiles than then: a student has left. */
  hasShrunk(students: ReadonlySet<number>, tiles: number): boolean {
    return tiles < this.#tiles && this.#isRecognised(students);
  }

  /** Half of them suffice to recognise the same page of the same call. */
  #isRecognised(students: ReadonlySet<number>): boolean {
    const again = [...this.#students].filter((student) => students.has(student)).length;
    return 2 * again >= this.#students.size;
  }
}

/**
 * One student's observations across frames. `isShown`: in the newest frame. `coPresence`: with whom they were shown
 * last; null once they were missing from it, so that they have left. `isRecalled`: the track is of a face that was seen
 * where the student's tile had been.
 */
export class Student {
  number: number;
  box: Box;
  position: readonly [x: number, y: number] = [0, 0];
  isShown = true;
  firstFrame: number;
  lastFrame = 0;
  coPresence: CoPresence | null = null;
  isRecalled = false;
  readonly spans = new Spans();
  /** In the tile, in shares of its size; null until one was found. */
  #face: Box | null = null;
  readonly #on: Appearance[] = [];
  readonly #off: Appearance[] = [];

  constructor(number: number, box: Box, firstFrame = 0) {
    [this.number, this.box, this.firstFrame] = [number, box, firstFrame];
  }

  /** With the camera on, or off; the newest last. */
  appearances(cameraOn: boolean): readonly Appearance[] {
    return cameraOn ? this.#on : this.#off;
  }

  /** Adds the newest frame's sighting to the track. */
  remember(sighting: Sighting, frame: number): void {
    this.#rememberAppearance(sighting.appearance, sighting.tile.cameraOn);
    [this.position, this.isShown] = [sighting.position, true];
    this.see(sighting.tile.box, frame);
  }

  /** The student is in view there. */
  see(box: Box, frame: number): void {
    [this.box, this.lastFrame] = [box, frame];
    this.spans.add(frame, box);
  }

  /** The student's face was found in their tile. */
  noteFace(face: Box): void {
    const { x, y, width, height } = this.box;
    this.#face = makeBox((face.x - x) / width, (face.y - y) / height, face.width / width, face.height / height);
  }

  /** Where the face would be if it had not moved in the tile; null where none was found. */
  get expectedFace(): Box | null {
    if (!this.#face) return null;
    const { x, y, width, height } = this.box;
    const face = this.#face;
    return makeBox(x + face.x * width, y + face.y * height, face.width * width, face.height * height);
  }

  /** Adds the observations of a track that turned out to be this student's. */
  absorb(other: Student): void {
    this.spans.absorb(other.spans);
    this.#on.splice(0, Infinity, ...[...other.#on, ...this.#on].slice(-MAX_APPEARANCES));
    this.#off.splice(0, Infinity, ...[...other.#off, ...this.#off].slice(-MAX_APPEARANCES));
    this.firstFrame = Math.min(this.firstFrame, other.firstFrame);
    this.isRecalled &&= other.isRecalled;
    if (other.lastFrame <= this.lastFrame) return;
    [this.box, this.position, this.isShown] = [other.box, other.position, other.isShown];
    [this.coPresence, this.#face, this.lastFrame] = [other.coPresence, other.#face, other.lastFrame];
  }

  /** Blends it into the nearest known appearance, or adds it where none is near. */
  #rememberAppearance(appearance: Appearance, cameraOn: boolean): void {
    if (!appearance.length) return;
    const known = cameraOn ? this.#on : this.#off;
    const distances = known.map((each) => compareAppearances(appearance, each, cameraOn));
    const nearest = argmin(distances);
    let blended = appearance;
    if (nearest >= 0 && at(distances, nearest) < SAME_APPEARANCE) {
      const [before] = known.splice(nearest, 1) as [Appearance];
      blended = before.map(
        (value, index) => APPEARANCE_MEMORY * value + (1 - APPEARANCE_MEMORY) * at(appearance, index),
      );
    }
    known.push(blended);
    known.splice(0, known.length - MAX_APPEARANCES);
  }
}

/** The students after a merge, given in current numbers. A number without a track is ignored. */
export function mergeTracks(students: readonly Student[], merge: Merge): Student[] {
  const merged = students.find((student) => student.number === merge.student);
  const into = students.find((student) => student.number === merge.into);
  if (!merged) return [...students];
  if (!into) {
    merged.number = merge.into;
    return [...students];
  }
  into.absorb(merged);
  return students.filter((student) => student !== merged);
}
