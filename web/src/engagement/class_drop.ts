/**
 * Whether the mood of the class as a whole has fallen, at once or over half a minute:
 * `fer_desktop/engagement/class_drop.py`.
 */
import { EXPRESSIONS } from '../engine/types';
import policy from '../generated/policy.json';
import { moodOf } from './expressions';
import type { FlagRules } from './flags';
import type { Reading, StudentHistory } from './history';
import { mean, sampleDeviation } from './statistics';
import type { Flag } from './types';

/** What makes a sudden drop; `_DropTuning` of the desktop has the reasons. */
const DROP = {
  nowS: 15,
  beforeS: 120,
  minReadingsNow: 5,
  minReadingsBefore: 30,
  maxEarlierShare: 0.5,
  minStudentShare: 0.6,
  maxMood: -0.3,
  minStandardErrors: 4,
} as const;

/** What makes a turn; `_TurnTuning` of the desktop has the reasons. */
const TURN = {
  nowS: 30,
  beforeS: 60,
  usualS: 300,
  minReadingsNow: 10,
  minReadingsBefore: 20,
  minReadingsUsual: 20,
  calmHappy: 0.4,
  dropFactor: 1.6,
  minShare: 0.25,
  minRise: 0.1,
  minStudentShare: 0.6,
  minStandardErrors: 4,
} as const;
const HAPPY = EXPRESSIONS.indexOf('happy');

/** Mean moods of one student, -1 to 1: of the last seconds, of as many before them, and of all minutes before. */
interface Moods {
  readonly now: number;
  readonly justBefore: number;
  readonly before: number;
}

/** How one student's mood has changed, and how far the negative share is above the usual one. */
interface Turn {
  readonly change: number;
  readonly rise: number;
}

/** The flag of the class, for a mood that has fallen at once or has turned. `held`: as in `findSudden`. */
export function findClassDrop(histories: readonly StudentHistory[], rules: FlagRules, held: boolean): Flag | null {
  return findSudden(histories, rules, held) ?? findTurn(histories, rules);
}

/**
 * The flag of the class. Each student is compared with their own last minutes: joining or leaving has no effect.
 * `held`: there was evidence in the previous second, so that the fall need not be sudden any more.
 */
function findSudden(histories: readonly StudentHistory[], rules: FlagRules, held: boolean): Flag | null {
  const moods = histories.map(measureMoods).filter((each) => each !== null);
  if (moods.length < policy.min_group_size) return null;
  const fell = moods.filter((each) => hasFallen(each, rules, held)).length;
  const meanNow = mean(moods.map((each) => each.now));
  if (fell < Math.max(policy.min_group_size, DROP.minStudentShare * moods.length) || meanNow > DROP.maxMood)
    return null;
  const changes = moods.map((each) => each.now - each.before);
  const error = sampleDeviation(changes) / Math.sqrt(moods.length);
  if (mean(changes) > -Math.max(rules.classDrop, DROP.minStandardErrors * error)) return null;
  return makeFlag(histories, DROP.nowS, fell, moods.length);
}

function makeFlag(histories: readonly StudentHistory[], nowS: number, fell: number, students: number): Flag {
  const sinceSecond = Math.max(0, Math.max(...histories.map((each) => each.lastSecond)) - nowS + 1);
  const evidence = { key: 'flag.class_mood_fell', fell, students };
  return { kind: 'class_drop', student: null, sinceSecond, evidence };
}

/** The flag of a class that has turned from a good mood to a bad one without most being negative at any time. */
function findTurn(histories: readonly StudentHistory[], rules: FlagRules): Flag | null {
  const shares = histories.map(measureShare).filter((each) => each !== null);
  if (shares.length < policy.min_group_size || mean(shares) < TURN.minShare) return null;
  const turns = histories.map(measureTurn).filter((each) => each !== null);
  if (turns.length < policy.min_group_size) return null;
  const fell = turns.filter((each) => each.change <= -rules.classDrop && each.rise >= TURN.minRise).length;
  if (fell < Math.max(policy.min_group_size, TURN.minStudentShare * turns.length)) return null;
  const changes = turns.map((each) => each.change);
  const rises = turns.map((each) => each.rise);
  if (mean(changes) > -Math.max(TURN.dropFactor * rules.classDrop, leastCertain(changes))) return null;
  if (mean(rises) < Math.max(TURN.minRise, leastCertain(rises))) return null;
  return makeFlag(histories, TURN.nowS, fell, turns.length);
}

/** The least mean of a sample that chance does not explain. */
function leastCertain(values: readonly number[]): number {
  return (TURN.minStandardErrors * sampleDeviation(values)) / Math.sqrt(values.length);
}

/** The negative share of a visible student now; null where readings are too few. */
function measureShare(history: StudentHistory): number | null {
  if (history.presence !== 'visible') return null;
  const readings = history.readingsOfLast(TURN.nowS);
  return readings.length < TURN.minReadingsNow ? null : mean(readings.map((reading) => reading.negative));
}

/** How a visible student has turned; null where readings are too few for one of the times. */
function measureTurn(history: StudentHistory): Turn | null {
  if (history.presence !== 'visible') return null;
  const readings = history.readingsOfLast(TURN.nowS + TURN.usualS);
  const age = (reading: Reading) => history.lastSecond - reading.second;
  const now = readings.filter((reading) => age(reading) < TURN.nowS);
  const earlier = readings.filter((reading) => age(reading) >= TURN.nowS);
  const before = earlier.filter((reading) => age(reading) < TURN.nowS + TURN.beforeS);
  const calm = earlier.filter((reading) => (reading.probabilities[HAPPY] ?? 0) < TURN.calmHappy);
  if (now.length < TURN.minReadingsNow || before.length < TURN.minReadingsBefore) return null;
  if (calm.length < TURN.minReadingsUsual) return null;
  const meanMood = (part: readonly Reading[]) => mean(part.map((reading) => moodOf(reading.probabilities)));
  const meanShare = (part: readonly Reading[]) => mean(part.map((reading) => reading.negative));
  return { change: meanMood(now) - meanMood(before), rise: meanShare(now) - meanShare(calm) };
}

function hasFallen({ now, justBefore, before }: Moods, rules: FlagRules, held: boolean): boolean {
  const change = now - before;
  if (change > -rules.classDrop || now > DROP.maxMood) return false;
  return held || justBefore - before > DROP.maxEarlierShare * change;
}

/** The moods of a visible student; null where readings are too few for one of them. */
function measureMoods(history: StudentHistory): Moods | null {
  if (history.presence !== 'visible') return null;
  const readings = history.readingsOfLast(DROP.nowS + DROP.beforeS);
  const nowFrom = history.lastSecond - DROP.nowS;
  const isNow = (reading: Reading) => reading.second > nowFrom;
  const now = readings.filter(isNow);
  const before = readings.filter((reading) => !isNow(reading));
  const justBefore = before.filter((reading) => reading.second > nowFrom - DROP.nowS);
  if (Math.min(now.length, justBefore.length) < DROP.minReadingsNow) return null;
  if (before.length < DROP.minReadingsBefore) return null;
  const meanMood = (part: readonly Reading[]) => mean(part.map((reading) => moodOf(reading.probabilities)));
  return { now: meanMood(now), justBefore: meanMood(justBefore), before: meanMood(before) };
}
