/**
 * The budget of a live call: plans what is looked at in a frame, and carries what was seen in the others. As
 * `fer_desktop/vision/budget/live_budget.py`.
 */
import { boxKey } from '../geometry';
import type { Picture } from '../image/picture';
import type { Box, FaceDetection, FaceReading, Tile } from '../types';
import { TileChanges } from './changes';
import type { PaceKeeper } from './pace';
import { FULL_RATE, LookScheduler, LOW_RATE } from './scheduler';

/** A face with a lower score is looked at in every frame: whether it is one depends on the person in its tile. */
const SURE_SCORE = 0.7;

/**
 * What is looked at in one frame. `carried`: faces of the tiles that are not, as they were seen last. `readings`: the
 * probabilities of those of them whose picture has not changed since: they hold for this frame too.
 */
export interface LookPlan {
  readonly carried: readonly FaceDetection[];
  readonly readings: ReadonlyMap<FaceDetection, Float32Array>;
}

/** Decides for each frame, in order, what is looked at. */
export interface FrameBudget {
  /** `skip`: indices of tiles that are not analysed at all; their faces are forgotten. */
  plan(image: Picture, capturedAtS: number, tiles: readonly Tile[], skip: ReadonlySet<number>): LookPlan;
  /** At the end of a frame. `found`: by the detector; `readings`: what was read of the faces. */
  remember(tiles: readonly Tile[], found: readonly FaceDetection[], readings: readonly FaceReading[], end: End): void;
}

/** Of a frame: when it was captured, and how long it took. */
export interface End {
  readonly capturedAtS: number;
  readonly tookS: number;
}

/** Without limits, for recordings and pictures. */
export const lookEverywhere: FrameBudget = {
  plan: () => ({ carried: [], readings: new Map() }),
  remember: () => undefined,
};

/** A tile whose only face was found by its last look, at `seenAtS`, with the reading where there was one. */
interface Followed {
  readonly face: FaceDetection;
  readonly probabilities: Float32Array | null;
  readonly seenAtS: number;
}

/**
 * Follows faces from look to look: only tiles with one sure face. All others are looked at in every frame: those in
 * which nobody was found yet, faces that the second look found, people who share a camera.
 */
export class LiveBudget implements FrameBudget {
  readonly #pace: PaceKeeper;
  readonly #scheduler = new LookScheduler();
  readonly #changes = new TileChanges();
  #followed = new Map<string, Followed>();

  constructor(pace: PaceKeeper) {
    this.#pace = pace;
  }

  plan(image: Picture, capturedAtS: number, tiles: readonly Tile[], skip: ReadonlySet<number>): LookPlan {
    this.#changes.startFrame(image);
    const known = tiles.flatMap(({ box }, index) => {
      const followed = skip.has(index) ? undefined : this.#followed.get(boxKey(box));
      return followed ? [{ index, followed, change: this.#changes.measure(box, followed.face.box) }] : [];
    });
    const chosen = this.#scheduler.choose(
      capturedAtS,
      new Map(known.map(({ index, followed, change }) => [index, { change, lookedAtS: followed.seenAtS }])),
      this.#pace.isBusy ? LOW_RATE : FULL_RATE,
    );
    const readings = new Map<FaceDetection, Float32Array>();
    const carried = known.flatMap(({ index, followed, change }) => {
      if (chosen.has(index)) return [];
      const face = carry(followed, index, capturedAtS);
      if (change === 'same' && followed.probabilities) readings.set(face, followed.probabilities);
      return [face];
    });
    return { carried, readings };
  }

  remember(
    tiles: readonly Tile[],
    found: readonly FaceDetection[],
    readings: readonly FaceReading[],
    { capturedAtS, tookS }: End,
  ): void {
    const read = new Map(readings.map(({ face, probabilities }) => [face, probabilities]));
    const byTile = groupByTile(found);
    const followed = new Map<string, Followed>();
    tiles.forEach(({ box }, index) => {
      const [face, ...others] = byTile.get(index) ?? [];
      if (!face || others.length > 0 || face.score < SURE_SCORE || !read.has(face)) return;
      followed.set(boxKey(box), this.#follow(box, face, read.get(face) ?? null, capturedAtS));
    });
    this.#followed = followed;
    this.#pace.finishFrame(capturedAtS + tookS, tookS);
  }

  #follow(box: Box, face: FaceDetection, probabilities: Float32Array | null, seenAtS: number): Followed {
    const known = this.#followed.get(boxKey(box));
    if (face.ageS > 0 && known) return known;
    this.#changes.keep(box);
    return { face, probabilities, seenAtS };
  }
}

function groupByTile(faces: readonly FaceDetection[]): Map<number | null, FaceDetection[]> {
  const groups = new Map<number | null, FaceDetection[]>();
  for (const face of faces) groups.set(face.tile, [...(groups.get(face.tile) ?? []), face]);
  return groups;
}

/** The face in a frame in which its tile is not looked at. Cues are those of one frame, and are not carried. */
function carry({ face, seenAtS }: Followed, tile: number, nowS: number): FaceDetection {
  return { ...face, tile, cues: null, ageS: Math.max(nowS - seenAtS, 1e-6) };
}
