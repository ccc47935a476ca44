/** Whether the mood of the class as a whole has suddenly fallen: `fer_desktop/engagement/class_drop.py`. */
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

/** Mean moods of one student, -1 to 1: of the last seconds, of as many before them, and of all minutes before. */
interface Moods {
  readonly now: number;
  readonly justBefore: number;
  readonly before: number;
}

/**
 * The flag of the class. Each student is compared with their own last minutes: joining or leaving has no effect.
 * `held`: there was evidence in the previous second, so that the fall need not be sudden any more.
 */
export function findClassDrop(histories: readonly StudentHistory[], rules: FlagRules, held: boolean): Flag | null {
  const moods = histories.map(measureMoods).filter((each) => each !== null);
  if (moods.length < policy.min_group_size) return null;
  const fell = moods.filter((each) => hasFallen(each, rules, held)).length;
  const meanNow = mean(moods.map((each) => each.now));
  if (fell < Math.max(policy.min_group_size, DROP.minStudentShare * moods.length) || meanNow > DROP.maxMood)
    return null;
  const changes = moods.map((each) => each.now - each.before);
  const error = sampleDeviation(changes) / Math.sqrt(moods.length);
  if (mean(changes) > -Math.max(rules.classDrop, DROP.minStandardErrors * error)) return null;
  const sinceSecond = Math.max(0, Math.max(...histories.map((each) => each.lastSecond)) - DROP.nowS + 1);
  const evidence = { key: 'flag.class_mood_fell', fell, students: moods.length };
  return { kind: 'class_drop', student: null, sinceSecond, evidence };
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
