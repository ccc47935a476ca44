/**
 * Verifies detections by the landmark model, whose verdict holds for a while where the detection stays. As
 * `faces/verification.py`.
 */
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { FaceDetection } from '../types';
import type { WorkerPool } from '../workers/pool';
import type { FaceCheck } from '../workers/jobs';
import type { RawFace } from './blazeface';
import { isMetBy, mayMeet, type KnownFace } from './pairs';
import { isCoarse, MIN_PRESENCE } from './presence';
import { findUnreadable } from './readability';

/** When a detection is a face. Scores are the detector's, 0 to 1. */
const CONFIG = {
  /** A face that stays where it was is not checked again for this many frames. Cues are read when it is checked. */
  trustFrames: 10,
  /** Of a live call, in which a face is checked with the next look at it that is due after that. */
  liveTrustFrames: 6,
  /** What was no face, as the back of a head, is not checked again for so many, while it stays where it was... */
  rejectFrames: 5,
  /** ...and the detector's score rises by less than this. */
  clearerScore: 0.1,
  /** The landmark model fails on small faces that a call has compressed hard, which the detector still finds. */
  minCoarseScore: 0.78,
  tinyFacePx: 30,
  /** Of the best detection in a tile without a verified face. Lower, the backs of heads are faces... */
  minOnlyScore: 0.73,
  /** ...but for tiny ones. */
  minOnlyTinyScore: 0.6,
} as const;

/** A detection and the index of its tile. */
export interface Detection {
  readonly face: RawFace;
  readonly tile: number | null;
}

/**
 * A detection that was checked. `framesLeft`: until it is checked again. Where a face is looked for is known still after
 * that.
 */
interface CheckedFace {
  face: KnownFace;
  readonly check: FaceCheck;
  framesLeft: number;
}

const isDue = ({ framesLeft }: CheckedFace): boolean => framesLeft <= 0;

/** Decides which detections are faces. Frames come in order; `endFrame` closes each. */
export class Verifier {
  readonly #pool: WorkerPool;
  readonly #trustFrames: number;
  #trusted: CheckedFace[] = [];
  #rejected: CheckedFace[] = [];
  #trustedSoFar = 0;

  constructor(pool: WorkerPool, isLive: boolean) {
    this.#pool = pool;
    this.#trustFrames = isLive ? CONFIG.liveTrustFrames : CONFIG.trustFrames;
  }

  /** The faces that are trusted at the moment, and those that are due to be checked again. */
  get knownFaces(): KnownFace[] {
    return this.#trusted.map((trusted) => trusted.face);
  }

  /** The detections that were no faces when they were checked lately. */
  get rejected(): KnownFace[] {
    return this.#rejected.map((rejected) => rejected.face);
  }

  /** Those detections that are faces, in their order. */
  async verify(image: Picture, detections: readonly Detection[]): Promise<FaceDetection[]> {
    const checks = await this.#checkAll(image, detections);
    const found = detections.map(({ face, tile }, index): FaceDetection => {
      const { presence, cues, isCovered } = at(checks, index);
      return { ...face, presence, tile, cues, unreadable: findUnreadable(face, presence, isCovered), ageS: 0 };
    });
    const sure = new Set(found.filter((face) => passes(face, face.presence)));
    const only = findOnlyFaces(found, new Set([...sure].map((face) => face.tile)));
    return found.filter((face) => sure.has(face) || only.has(face));
  }

  /** Lets each verdict hold for a frame less, and forgets the faces that were due for long. */
  endFrame(): void {
    for (const checked of [...this.#trusted, ...this.#rejected]) checked.framesLeft -= 1;
    this.#rejected = this.#rejected.filter((rejected) => !isDue(rejected));
    this.#trusted = this.#trusted.filter((trusted) => trusted.framesLeft > -this.#trustFrames);
  }

  /** Checks the detections on which no verdict holds, and remembers the new ones. */
  async #checkAll(image: Picture, detections: readonly Detection[]): Promise<FaceCheck[]> {
    const faces = detections.map((each) => each.face);
    const recalled = faces.map((face) => this.#recall(face) ?? this.#recallRejected(face));
    const unknown = faces.filter((_, index) => recalled[index] === null);
    const measured = await this.#pool.map('check', image, unknown);
    unknown.forEach((face, index) => {
      const check = at(measured, index);
      if (passes(face, check.presence)) this.#trust(face, check);
      else this.#rejected.push({ face: knownAs(face), check, framesLeft: CONFIG.rejectFrames });
    });
    const rest = measured.values();
    return recalled.map((check) => check ?? (rest.next().value as FaceCheck));
  }

  /** The earlier check of a trusted face, which is followed to where it is now. */
  #recall(face: RawFace): FaceCheck | null {
    const trusted = this.#trusted.find((each) => !isDue(each) && isMetBy(each.face, face));
    if (!trusted) return null;
    trusted.face = { ...trusted.face, box: face.box };
    return { ...trusted.check, cues: null };
  }

  /** The earlier check of what was no face, where this is still that. */
  #recallRejected(face: RawFace): FaceCheck | null {
    const rejected = this.#rejected.find(
      (each) => isMetBy(each.face, face) && face.score < each.face.score + CONFIG.clearerScore,
    );
    return rejected ? { ...rejected.check, cues: null } : null;
  }

  /** Staggered, so that the checks of a whole class do not fall into one frame again and again. */
  #trust(face: RawFace, check: FaceCheck): void {
    this.#trusted = this.#trusted.filter((each) => !(isDue(each) && mayMeet(each.face, face)));
    this.#trustedSoFar += 1;
    const framesLeft = this.#trustFrames + (this.#trustedSoFar % this.#trustFrames);
    this.#trusted.push({ face: knownAs(face), check, framesLeft });
  }
}

function knownAs({ box, score }: RawFace): KnownFace {
  return { box, score };
}

function passes(face: RawFace, presence: number): boolean {
  return (isCoarse(face.box) && face.score >= CONFIG.minCoarseScore) || presence >= MIN_PRESENCE;
}

/** In tiles without a verified face: the best coarse detection, which the landmark model cannot judge. */
function findOnlyFaces(
  found: readonly FaceDetection[],
  filled: ReadonlySet<number | null>,
): ReadonlySet<FaceDetection> {
  const best = new Map<number, FaceDetection>();
  for (const face of found) {
    if (face.tile === null || filled.has(face.tile) || !isCoarse(face.box)) continue;
    const isTiny = Math.max(face.box.width, face.box.height) < CONFIG.tinyFacePx;
    if (face.score < (isTiny ? CONFIG.minOnlyTinyScore : CONFIG.minOnlyScore)) continue;
    if (face.score > (best.get(face.tile)?.score ?? 0)) best.set(face.tile, face);
  }
  return new Set(best.values());
}
