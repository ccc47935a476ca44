/** Sums the frames of one second up, by student and for the class: `fer_desktop/engagement/seconds.py`. */
import { EXPRESSIONS, type FaceCues, type FrameResult, type Merge, type PresenceReading } from '../engine/types';
import { meanReading } from './expressions';
import { mergeRecords } from './merging';
import { mean } from './statistics';
import type { ClassMood, StudentSecond } from './types';

/** From a face that is read to a tile that is not shown. */
const MOST_SHOWN = ['face', 'unreadable', 'empty', 'camera_off', 'not_shown'] as const;

/** A student in one second; the sample has no attention yet. `cues`: the newest; null where none were read. */
export interface GatheredSecond {
  readonly sample: StudentSecond;
  readonly cues: FaceCues | null;
  readonly presence: PresenceReading | null;
}

class Gathered {
  cameraOn = false;
  personSeen = false;
  tileSeen = false;
  faces = 0;
  readings = 0;
  cues: FaceCues | null = null;
  presence: PresenceReading | null = null;
  readonly sums = new Float64Array(EXPRESSIONS.length);

  /** Adds what the frames of this second showed of the same student under another number. */
  absorb(other: Gathered): void {
    this.cameraOn ||= other.cameraOn;
    this.personSeen ||= other.personSeen;
    this.tileSeen ||= other.tileSeen;
    this.faces += other.faces;
    this.readings += other.readings;
    this.cues ??= other.cues;
    this.presence = choose(this.presence, other.presence);
    this.#add(other.sums);
  }

  addReading(probabilities: ArrayLike<number>): void {
    this.#add(probabilities);
    this.readings += 1;
  }

  #add(values: ArrayLike<number>): void {
    for (let index = 0; index < this.sums.length; index++)
      this.sums[index] = (this.sums[index] ?? 0) + (values[index] ?? 0);
  }
}

/** Takes the frames of one second; `finish` returns its samples. */
export class SecondGatherer {
  readonly #students = new Map<number, Gathered>();

  /** Adds a frame of the current second. */
  add(result: FrameResult): void {
    for (const { student, tile, presence } of result.tiles) {
      if (student === null) continue;
      const gathered = this.#of(student);
      gathered.tileSeen = true;
      gathered.cameraOn ||= tile.cameraOn;
      gathered.personSeen ||= presence.presence === 'face' || presence.presence === 'unreadable';
      gathered.presence = choose(gathered.presence, presence);
    }
    for (const { student, face, probabilities } of result.faces) {
      if (student === null) continue;
      const gathered = this.#of(student);
      gathered.faces += face.unreadable === null ? 1 : 0;
      // A face proves that the camera is on, also where the tile looked like a plain card.
      gathered.personSeen = gathered.cameraOn = gathered.tileSeen = true;
      if (probabilities !== null) gathered.addReading(probabilities);
      gathered.cues = face.cues ?? gathered.cues;
    }
  }

  /** Joins what this second has of two numbers. */
  merge(merge: Merge): void {
    mergeRecords(this.#students, merge);
  }

  /** The students of the second, sorted by number. The next frame begins another second. */
  finish(): GatheredSecond[] {
    const sorted = [...this.#students].sort(([one], [other]) => one - other);
    this.#students.clear();
    return sorted.map(([student, gathered]) => ({
      sample: sumUp(student, gathered),
      cues: gathered.cues,
      presence: gathered.presence,
    }));
  }

  #of(student: number): Gathered {
    const known = this.#students.get(student) ?? new Gathered();
    this.#students.set(student, known);
    return known;
  }
}

/** The reading that shows more of the student; of two alike the newer one. */
function choose(one: PresenceReading | null, other: PresenceReading | null): PresenceReading | null {
  if (one === null || other === null) return one ?? other;
  return MOST_SHOWN.indexOf(other.presence) <= MOST_SHOWN.indexOf(one.presence) ? other : one;
}

function sumUp(student: number, gathered: Gathered): StudentSecond {
  const isRead = gathered.faces > 0;
  const { readings, sums } = gathered;
  return {
    student,
    faceFound: isRead,
    personSeen: gathered.personSeen,
    cameraOn: gathered.cameraOn,
    tileSeen: gathered.tileSeen,
    probabilities: readings > 0 ? Float32Array.from(sums, (sum) => sum / readings) : null,
    attention: null,
    unreadable: isRead ? null : (gathered.presence?.reason ?? null),
  };
}

/**
 * The class in one second: every student counts the same, however often their face was read. Of fewer students than
 * `minGroupSize` who were read the class has no probabilities, and no attention of fewer who have one.
 */
export function sumUpClass(second: number, students: readonly StudentSecond[], minGroupSize: number): ClassMood {
  const least = Math.max(1, minGroupSize);
  const read = students.map((student) => student.probabilities).filter((each) => each !== null);
  const attention = students.map((student) => student.attention).filter((index) => index !== null);
  const count = (test: (student: StudentSecond) => boolean) => students.filter(test).length;
  return {
    second,
    probabilities: read.length >= least ? meanReading(read) : null,
    faces: count((student) => student.faceFound),
    people: count((student) => student.personSeen),
    camerasOn: count((student) => student.cameraOn),
    students: students.length,
    attention: attention.length >= least ? mean(attention) : null,
  };
}
