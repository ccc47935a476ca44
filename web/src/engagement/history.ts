/** One student's presence, readings and attention while a session runs: `fer_desktop/engagement/history.py`. */
import { EXPRESSIONS, type Expression, type FaceCues, type PresenceReading } from '../engine/types';
import { AttentionTrace, MIN_CONFIDENCE } from './attention';
import { meanReading, NEGATIVE_INDICES, sumOf } from './expressions';
import { percentile } from './statistics';
import { Streak } from './streak';
import type { Presence, Probabilities, StudentSecond } from './types';

/** A 10-second label is close to the mean of its frames (Whitehill 2014). */
const SMOOTHING_S = 10;
const MAX_READINGS = 15 * 60;
/** Frames may be a few seconds apart; a longer gap was a pause or a lost window, which does not count as absence. */
const LONGEST_STEP_S = 5;
const MAX_GAPS = 100;
/** Somebody seen for so long does not end an absence: the back of a chair may be taken for a person for a moment. */
const LONGEST_GLIMPSE_S = 2;
/** A tile lost for so long does not end a streak. */
const LONGEST_LOSS_S = 15;
/** Probability of the negative expressions together, below which none of them is shown (docs/adr/0035). */
const MIN_NEGATIVE = 0.6;
/** Nobody is there. A student whose face is not seen is there. */
export const ABSENT: readonly Presence[] = ['away', 'empty'];

/** Seconds that were not watched, and the first that was watched again. */
interface Gap {
  readonly untilSecond: number;
  readonly lastedS: number;
}

/** The reading of one second. `negative`: the share of the negative expressions together. */
export interface Reading {
  readonly second: number;
  readonly probabilities: Probabilities;
  readonly negative: number;
}

/** What one watched second showed. `outOfView`: no tile was to be expected, as the call shows another page. */
export interface SecondSeen {
  readonly sample: StudentSecond | null;
  readonly cues?: FaceCues | null;
  readonly reading?: PresenceReading | null;
  readonly outOfView?: boolean;
}

/** Counts watched seconds, not the clock: a pause or a lost window is not an absence. */
export class StudentHistory {
  sinceSecond: number;
  lastSecond: number;
  reading: PresenceReading | null = null;
  inCallS = 0;
  unseen = new Streak();
  cameraOff = new Streak();
  readonly attention = new AttentionTrace();
  #readings: Reading[] = [];
  #gaps: Gap[] = [];

  constructor(
    public student: number,
    public presence: Presence,
    public firstSecond: number,
  ) {
    this.sinceSecond = this.lastSecond = firstSecond;
  }

  /** Adds one watched second. */
  add(second: number, { sample, cues = null, reading = null, outOfView = false }: SecondSeen): void {
    this.reading = reading;
    this.#setPresence(classifyPresence(sample, outOfView), second);
    const stepS = this.#step(second);
    this.inCallS += sample?.tileSeen ? stepS : 0;
    this.lastSecond = second;
    this.#updateStreaks(second, stepS, reading?.heldS ?? 0);
    if (sample?.probabilities) {
      const { probabilities } = sample;
      this.#keep([...this.#readings, { second, probabilities, negative: sumOf(probabilities, NEGATIVE_INDICES) }]);
      if (cues !== null) this.attention.add(second, cues, probabilities);
    }
    this.attention.update(second, this.#meanOfLastSeconds());
  }

  /** Takes in the history of the same student under another number. */
  absorb(other: StudentHistory): void {
    this.#keep([...this.#readings, ...other.#readings].sort((one, two) => one.second - two.second));
    this.attention.absorb(other.attention);
    this.#absorbGaps(other);
    this.firstSecond = Math.min(this.firstSecond, other.firstSecond);
    this.inCallS += other.inCallS;
    if (other.unseen.lastedS <= this.unseen.lastedS) {
      [this.presence, this.sinceSecond] = [other.presence, other.sinceSecond];
      [this.unseen, this.cameraOff] = [other.unseen, other.cameraOff];
    }
  }

  /** The expression of the last ten seconds and its mean probability; null where unread or too unsure. */
  smoothed(): { expression: Expression | null; confidence: number } {
    const average = this.#meanOfLastSeconds();
    if (average === null) return { expression: null, confidence: 0 };
    const confidence = Math.max(...average);
    const best = average.indexOf(confidence);
    const isSure = !NEGATIVE_INDICES.includes(best) || sumOf(average, NEGATIVE_INDICES) >= MIN_NEGATIVE;
    const expression = EXPRESSIONS[best] ?? null;
    return { expression: isSure && confidence >= MIN_CONFIDENCE ? expression : null, confidence };
  }

  /** The readings of the last `seconds`, oldest first. */
  readingsOfLast(seconds: number): Reading[] {
    const first = this.lastSecond - seconds + 1;
    return this.#readings.slice(this.#countBefore(first));
  }

  /** How many seconds of the range, both ends included, were watched. */
  watchedS(sinceSecond: number, untilSecond: number): number {
    return untilSecond - sinceSecond + 1 - this.missedS(sinceSecond, untilSecond);
  }

  /** How many seconds of the range, both ends included, were not watched. */
  missedS(sinceSecond: number, untilSecond: number): number {
    const gaps = this.#gaps.filter(({ untilSecond: until }) => sinceSecond < until && until <= untilSecond);
    return gaps.reduce((missed, gap) => missed + gap.lastedS, 0);
  }

  /**
   * The upper quartile of the negative shares before a second; null with fewer than `minReadings`. Higher than the
   * median, so that a face that rests only between smiles is compared with itself at rest.
   */
  negativeBaseline(beforeSecond: number, minReadings: number): number | null {
    const count = this.#countBefore(beforeSecond);
    if (count < minReadings) return null;
    return percentile(
      this.#readings.slice(0, count).map((reading) => reading.negative),
      75,
    );
  }

  /** The number of readings before a second, by binary search. */
  #countBefore(second: number): number {
    let [low, high] = [0, this.#readings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#readings[middle]?.second ?? Infinity) < second) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #keep(readings: Reading[]): void {
    this.#readings = readings.slice(-MAX_READINGS);
  }

  #setPresence(presence: Presence, second: number): void {
    if (presence === this.presence) return;
    [this.presence, this.sinceSecond] = [presence, second];
  }

  /** The watched seconds since the one before; a longer gap is remembered. */
  #step(second: number): number {
    const passedS = second - this.lastSecond;
    if (passedS > LONGEST_STEP_S) {
      this.#gaps = [...this.#gaps, { untilSecond: second, lastedS: passedS - 1 }].slice(-MAX_GAPS);
    }
    return passedS >= 1 && passedS <= LONGEST_STEP_S ? passedS : 1;
  }

  #updateStreaks(second: number, stepS: number, heldS: number): void {
    if (ABSENT.includes(this.presence)) {
      this.unseen.extend(second, stepS);
      this.unseen.extendBack(second, Math.min(heldS, this.inCallS));
    } else if (this.presence === 'visible' || this.presence === 'unreadable')
      this.unseen.interrupt(stepS, LONGEST_GLIMPSE_S);
    else if (this.presence === 'out_of_view') this.unseen.interrupt(stepS, LONGEST_LOSS_S);
    else this.unseen.end();
    if (this.presence === 'camera_off') this.cameraOff.extend(second, stepS);
    else if (this.presence === 'away' || this.presence === 'out_of_view')
      this.cameraOff.interrupt(stepS, LONGEST_LOSS_S);
    else this.cameraOff.end();
  }

  #absorbGaps(other: StudentHistory): void {
    const mine = this.#gaps.filter((gap) => !other.#wasWatchedIn(gap));
    const others = other.#gaps.filter((gap) => !this.#wasWatchedIn(gap) && !mine.some((each) => isSame(each, gap)));
    const gaps = [...mine, ...others].sort((one, two) => one.untilSecond - two.untilSecond);
    this.#gaps = gaps.slice(-MAX_GAPS);
  }

  /** Whether this student was watched in another history's gap, as where the other number was excluded. */
  #wasWatchedIn(gap: Gap): boolean {
    const isKnown = this.firstSecond < gap.untilSecond && gap.untilSecond - gap.lastedS <= this.lastSecond;
    return isKnown && !this.#gaps.some((each) => isSame(each, gap));
  }

  #meanOfLastSeconds(): Probabilities | null {
    if (this.presence !== 'visible') return null;
    return meanReading(this.readingsOfLast(SMOOTHING_S).map((reading) => reading.probabilities));
  }
}

function isSame(one: Gap, other: Gap): boolean {
  return one.untilSecond === other.untilSecond && one.lastedS === other.lastedS;
}

/** The presence that one second shows. */
export function classifyPresence(sample: StudentSecond | null, outOfView = false): Presence {
  if (!sample?.tileSeen) return outOfView ? 'out_of_view' : 'away';
  if (sample.faceFound) return 'visible';
  if (sample.personSeen) return 'unreadable';
  return sample.cameraOn ? 'empty' : 'camera_off';
}
