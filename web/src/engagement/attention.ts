/**
 * How attentive a student looks: the concentration index, in three levels. A port of
 * `fer_desktop/engagement/attention.py`, which gives the sources; docs/adr/0008 has what was added and why.
 *
 *     index = weight of the expression x weight of the gaze / 4.5, at most 1
 */
import { EXPRESSIONS, type FaceCues } from '../engine/types';
import { indicesOf, sumOf } from './expressions';
import { mean, percentile } from './statistics';
import type { AttentionLevel, Probabilities } from './types';

const EXPRESSION_WEIGHTS = { neutral: 0.9, happy: 0.6, surprise: 0.6, sad: 0.3, fear: 0.3, angry: 0.25, disgust: 0.2 };
const WEIGHTS = EXPRESSIONS.map((name) => EXPRESSION_WEIGHTS[name]);
const SQUEEZING = indicesOf(['happy', 'disgust']);
/** Probability of these expressions from which they may have narrowed the eyes. */
const MIN_SQUEEZING = 0.5;
/** A level is left only where the index is this far beyond its edge, so that levels do not flicker. */
const LEVEL_MARGIN = 0.05;
const HIGH_ATTENTION = 0.65;
const LOW_ATTENTION = 0.25;
/** Below it the expression is too unsure to be shown: two classes are about as likely. */
export const MIN_CONFIDENCE = 0.4;

/** Weights of the gaze, of Sharma et al. */
const GAZE = { closed: 0, halfOpen: 1.5, offCentre: 2, centre: 5, divisor: 4.5 } as const;
/** Landmarks are read every two to four seconds. */
const WINDOW = { kept: 300, recentS: 15, minRecent: 2 } as const;
/** How a student's baseline is taken. */
const BASELINE = { minSamples: 5, populationOpening: 0.29, upperPercentile: 75 } as const;
/** Shares of the baseline's opening. */
const EYES = { closedShare: 0.68, halfOpenShare: 0.74, maxOpening: 0.25 } as const;
/** Degrees from the baseline. */
const HEAD = { asideDeg: 18, downDeg: 18, stillDeg: 16 } as const;

/** Head pose and eyes of one second. `squeezed`: laughter or disgust may have narrowed the eyes. */
export interface GazeSample {
  readonly second: number;
  readonly cues: FaceCues;
  readonly squeezed: boolean;
}

/** What is usual for one student. `samples`: how many it was taken from; 0 before there are enough. */
export class GazeBaseline {
  private constructor(
    private readonly opening: number,
    private readonly yawDeg: number,
    private readonly pitchDeg: number,
    readonly samples: number,
  ) {}

  /** Upper quartiles of opening and pitch, median of yaw; the population's opening where samples are too few. */
  static of(cues: readonly FaceCues[]): GazeBaseline {
    const pitches = cues.map((each) => each.pitchDeg);
    if (cues.length < BASELINE.minSamples) {
      return new GazeBaseline(BASELINE.populationOpening, 0, pitches.length > 0 ? percentile(pitches, 50) : 0, 0);
    }
    const yaws = cues.map((each) => each.yawDeg);
    const openings = cues.map((each) => each.eyeOpening);
    const [opening, pitch] = [openings, pitches].map((seen) => percentile(seen, BASELINE.upperPercentile)) as [
      number,
      number,
    ];
    return new GazeBaseline(opening, percentile(yaws, 50), pitch, cues.length);
  }

  /** Whether the opening is conclusive: not while the head is bent down, or the eyes are squeezed. */
  canJudgeEyes(sample: GazeSample): boolean {
    return !sample.squeezed && !this.looksDown(sample.cues);
  }

  /** Whether the head is bent down. */
  looksDown(cues: FaceCues): boolean {
    return cues.pitchDeg < this.pitchDeg - HEAD.downDeg;
  }

  /** Whether the eyes are closed, by the opening alone. */
  hasClosedEyes(cues: FaceCues): boolean {
    return cues.eyeOpening < Math.min(EYES.maxOpening, EYES.closedShare * this.opening);
  }

  /** Whether the eyes are half open or closed, by the opening alone. */
  hasHalfOpenEyes(cues: FaceCues): boolean {
    return cues.eyeOpening < Math.min(EYES.maxOpening, EYES.halfOpenShare * this.opening);
  }

  /** Whether the head is turned to either side. */
  isTurnedAside(cues: FaceCues): boolean {
    return Math.abs(cues.yawDeg - this.yawDeg) > HEAD.asideDeg;
  }
}

/** One student's gaze samples, oldest first, and the index and level that follow from them. */
export class AttentionTrace {
  index: number | null = null;
  level: AttentionLevel | null = null;
  #samples: GazeSample[] = [];
  #baseline: GazeBaseline | null = null;

  /** `probabilities`: of the same second. */
  add(second: number, cues: FaceCues, probabilities: Probabilities): void {
    this.#keep([...this.#samples, { second, cues, squeezed: sumOf(probabilities, SQUEEZING) >= MIN_SQUEEZING }]);
  }

  /** Measures anew. `smoothed`: mean probabilities of the last seconds; null where there are none. */
  update(second: number, smoothed: Probabilities | null): void {
    this.index = this.#measure(second, smoothed);
    this.level = stepLevel(this.level, this.index);
  }

  /** Takes in the samples of the same student under another number. */
  absorb(other: AttentionTrace): void {
    this.#keep([...this.#samples, ...other.#samples].sort((one, two) => one.second - two.second));
  }

  /** The samples of that second and later. */
  since(second: number): GazeSample[] {
    return this.#samples.filter((sample) => sample.second >= second);
  }

  /** The student's baseline, of the samples before that second. */
  baselineBefore(second: number): GazeBaseline {
    return GazeBaseline.of(this.#samples.filter((sample) => sample.second < second).map((sample) => sample.cues));
  }

  #keep(samples: GazeSample[]): void {
    this.#samples = samples.slice(-WINDOW.kept);
    this.#baseline = null;
  }

  /** The index, 0 to 1; null where the expression is too unsure or recent samples are too few. */
  #measure(second: number, smoothed: Probabilities | null): number | null {
    const recent = this.since(second - WINDOW.recentS + 1);
    if (smoothed === null || Math.max(...smoothed) < MIN_CONFIDENCE || recent.length < WINDOW.minRecent) return null;
    this.#baseline ??= GazeBaseline.of(this.#samples.map((sample) => sample.cues));
    const expression = WEIGHTS.reduce((sum, weight, index) => sum + weight * (smoothed[index] ?? 0), 0);
    return Math.min(1, (expression * weighGaze(recent, this.#baseline)) / GAZE.divisor);
  }
}

/**
 * The mean weight of the gaze, 0 to 5. A head that always turns aside to the same place has a second screen there: only
 * a gaze that wanders counts as off centre.
 */
export function weighGaze(samples: readonly GazeSample[], baseline: GazeBaseline): number {
  const aside = samples.filter((sample) => baseline.isTurnedAside(sample.cues)).map((sample) => sample.cues.yawDeg);
  const wanders = aside.length > 0 && Math.max(...aside) - Math.min(...aside) > HEAD.stillDeg;
  return mean(samples.map((sample) => weigh(sample, baseline, wanders)));
}

function weigh(sample: GazeSample, baseline: GazeBaseline, wanders: boolean): number {
  if (baseline.looksDown(sample.cues)) return GAZE.offCentre;
  if (baseline.canJudgeEyes(sample) && baseline.hasClosedEyes(sample.cues)) return GAZE.closed;
  if (wanders && baseline.isTurnedAside(sample.cues)) return GAZE.offCentre;
  return baseline.canJudgeEyes(sample) && baseline.hasHalfOpenEyes(sample.cues) ? GAZE.halfOpen : GAZE.centre;
}

/** The level of an index, 0 to 1; the level `before` is kept while the index stays near its edge. */
export function stepLevel(before: AttentionLevel | null, index: number | null): AttentionLevel | null {
  if (index === null) return null;
  if (index > (before === 'high' ? HIGH_ATTENTION - LEVEL_MARGIN : HIGH_ATTENTION)) return 'high';
  return index < (before === 'low' ? LOW_ATTENTION + LEVEL_MARGIN : LOW_ATTENTION) ? 'low' : 'middle';
}
