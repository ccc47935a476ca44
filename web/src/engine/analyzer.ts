/** Analyses one frame: tiles, students, faces, expressions. As `fer_desktop/vision/analyzer.py`. */
import type { FrameBudget, LookPlan } from './budget/live_budget';
import type { FaceDetector } from './faces/detector';
import { RestingTiles } from './faces/resting';
import type { TileFinder } from './gallery/tile_finder';
import type { StudentTracker } from './identity/tracker';
import { viewFrame, type Picture } from './image/picture';
import { at } from './numbers';
import type { PeopleFinder, PersonSeen } from './people/people_finder';
import { readPresences } from './people/presence';
import type { FaceDetection, FaceReading, Frame, FrameResult, Merge, Settlement, StageTimes, Tile } from './types';
import type { WorkerPool } from './workers/pool';

/** A longer time between two frames is a gap: a pause, a lost window. */
const LONGEST_INTERVAL_S = 5;
/** Of a face; one with a lower score may be a curtain or a chair, and needs a person in its tile. */
const SURE_SCORE = 0.7;

export interface Parts {
  readonly tiles: TileFinder;
  readonly faces: FaceDetector;
  readonly people: PeopleFinder;
  readonly tracker: StudentTracker;
  readonly pool: WorkerPool;
  readonly budget: FrameBudget;
  /** Whether expressions are read. */
  readonly expressions: boolean;
}

/** `found`: by the detector; `faces`: of these those that are sure, or have a person, and those found at heads. */
interface Found {
  readonly faces: FaceDetection[];
  readonly found: readonly FaceDetection[];
  readonly people: ReadonlyMap<number, PersonSeen>;
  readonly looks: LookPlan;
}

/** Frames come in order, one at a time. */
export class Analyzer {
  readonly #parts: Parts;
  readonly #rate = new FrameRate();
  readonly #resting = new RestingTiles();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `excluded`: students whose tiles and faces are not read. */
  async process(frame: Frame, excluded: ReadonlySet<number>): Promise<FrameResult> {
    const { tracker, budget } = this.#parts;
    const beganMs = performance.now();
    this.#rate.add(frame.capturedAtS);
    const timer = new StageTimer();
    const image = viewFrame(frame.data, frame.width, frame.height);
    const tiles = await timer.measure('tilesMs', () => this.#parts.tiles.find(image, frame.capturedAtS));
    const students = await timer.measure('identityMs', () => tracker.identifyTiles(image, tiles));
    const unread = new Set([...tiles.keys()].filter((index) => isIn(excluded, students[index])));
    const { faces, found, people, looks } = await timer.measure('facesMs', () =>
      this.#findFaces(image, tiles, unread, frame.capturedAtS),
    );
    const faceStudents = await timer.measure('identityMs', () => tracker.identifyFaces(faces, students));
    const readings = await timer.measure('expressionsMs', () =>
      this.#readExpressions(image, faces, faceStudents, excluded, looks),
    );
    const tookS = (performance.now() - beganMs) / 1000;
    budget.remember(tiles, found, readings, { capturedAtS: frame.capturedAtS, tookS });
    const presences = readPresences(tiles, faces, people, unread);
    const { outOfView } = tracker;
    return {
      capturedAtS: frame.capturedAtS,
      width: frame.width,
      height: frame.height,
      tiles: tiles.map((tile, index) => {
        const student = students[index] ?? null;
        return { tile, student: isIn(outOfView, student) ? null : student, presence: at(presences, index) };
      }),
      faces: readings,
      stages: timer.times,
      merges: [],
      outOfView: [...outOfView],
    };
  }

  merge(merge: Merge): void {
    this.#parts.tracker.merge(merge);
  }

  settle(): Settlement[] {
    return this.#parts.tracker.settle(this.#rate.framesASecond);
  }

  async #findFaces(
    image: Picture,
    tiles: readonly Tile[],
    unread: ReadonlySet<number>,
    capturedAtS: number,
  ): Promise<Found> {
    const skip = new Set([...unread, ...[...tiles.keys()].filter((index) => !at(tiles, index).cameraOn)]);
    const looks = this.#parts.budget.plan(image, capturedAtS, tiles, skip);
    const unsearched = new Set([...skip, ...this.#resting.choose(tiles, capturedAtS)]);
    const detected = await this.#parts.faces.detect(image, tiles, unsearched, looks.carried);
    this.#resting.note(tiles, unsearched, detected, capturedAtS);
    const sure = detected.filter((face) => face.score >= SURE_SCORE);
    const people = await this.#parts.people.find(image, tiles, sure, skip, capturedAtS);
    const faces = detected.filter((face) => face.score >= SURE_SCORE || isSupported(face, people));
    const filled = new Set(faces.map((face) => face.tile));
    const heads = new Map(
      [...people].flatMap(([index, { isThere, head }]) =>
        isThere && head && !filled.has(index) ? [[index, head] as const] : [],
      ),
    );
    const foundAgain = await this.#parts.faces.lookAgain(image, tiles, heads, capturedAtS);
    return { faces: [...faces, ...foundAgain], found: detected, people, looks };
  }

  /** One reading a face, without excluded students; a newcomer, not yet identified, might be one of them. */
  async #readExpressions(
    image: Picture,
    faces: readonly FaceDetection[],
    students: readonly (number | null)[],
    excluded: ReadonlySet<number>,
    looks: LookPlan,
  ): Promise<FaceReading[]> {
    const kept = faces
      .map((face, index) => ({ face, student: students[index] ?? null }))
      .filter(({ student }) => (student === null ? !excluded.size : !excluded.has(student)));
    const readable = this.#parts.expressions ? kept.filter(({ face }) => face.unreadable === null && !face.ageS) : [];
    const keypoints = readable.map(({ face }) => face.keypointsPx);
    const rows = await this.#parts.pool.map('read', image, keypoints);
    const byFace = new Map(readable.map(({ face }, index) => [face, at(rows, index)]));
    return kept.map(({ face, student }) => ({
      face,
      student,
      probabilities: byFace.get(face) ?? looks.readings.get(face) ?? null,
    }));
  }
}

function isIn(students: ReadonlySet<number>, student: number | null | undefined): boolean {
  return student != null && students.has(student);
}

/** False where the face's tile was examined and shows nobody. */
function isSupported(face: FaceDetection, people: ReadonlyMap<number, PersonSeen>): boolean {
  const person = face.tile === null ? undefined : people.get(face.tile);
  return !person?.isChecked || person.isThere || person.isMoving;
}

/** The rate of the frames, without the gaps between them. */
class FrameRate {
  #newestS: number | null = null;
  #frames = 0;
  #spentS = 0;

  /** 1 before the second frame. */
  get framesASecond(): number {
    return this.#spentS ? this.#frames / this.#spentS : 1;
  }

  add(capturedAtS: number): void {
    const sinceS = this.#newestS === null ? Infinity : capturedAtS - this.#newestS;
    if (sinceS > 0 && sinceS < LONGEST_INTERVAL_S) {
      this.#frames += 1;
      this.#spentS += sinceS;
    }
    this.#newestS = capturedAtS;
  }
}

/** Adds up the time that each stage of one frame takes. */
class StageTimer {
  readonly #spentMs = { tilesMs: 0, facesMs: 0, identityMs: 0, expressionsMs: 0 };

  get times(): StageTimes {
    return { ...this.#spentMs };
  }

  async measure<Result>(stage: keyof StageTimes, work: () => Result | Promise<Result>): Promise<Result> {
    const startedMs = performance.now();
    const result = await work();
    this.#spentMs[stage] += performance.now() - startedMs;
    return result;
  }
}
