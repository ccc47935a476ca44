/** The flag of expressions that stay negative, against the student's own baseline and an absolute floor. */
import { indicesOf, sumOf } from './expressions';
import type { FlagRules } from './flags';
import type { StudentHistory } from './history';
import { averageParts, mean } from './statistics';
import type { Flag } from './types';

const ANGER_AND_DISGUST = indicesOf(['angry', 'disgust']);

/** What a negative window must look like; `_NegativeTuning` of the desktop has the reasons. */
const WINDOW = { minCoverage: 0.8, minReadings: 10, minTwelfthShare: 0.6, keepShare: 0.8 } as const;

/** Negative expressions all through a window. */
export function findNegative(history: StudentHistory, rules: FlagRules, held: Flag | null): Flag | null {
  const windowS = rules.negativeAfterS;
  const window = readWindow(history, windowS, held === null);
  if (window === null || window.angerDisgust < rules.angerDisgustFloor) return null;
  // Far below every floor: spares most students the baseline, which takes long to compute.
  if (mean(window.shares) < WINDOW.keepShare * rules.negativeFloor) return null;
  const first = history.lastSecond - windowS + 1;
  const baseline = history.negativeBaseline(held?.sinceSecond ?? first, rules.baselineS);
  if (baseline === null && held === null) return null; // a held flag may outlast its baseline
  const floor = Math.max(rules.negativeFloor, (baseline ?? 0) + rules.negativeRise);
  const isNegative = held === null ? isLasting(window.shares, floor) : mean(window.shares) >= WINDOW.keepShare * floor;
  if (!isNegative) return null;
  const evidence = { key: 'flag.negative', lasted_s: windowS };
  return { kind: 'negative', student: history.student, sinceSecond: Math.max(0, first), evidence };
}

/** `shares`: of the negative expressions together, oldest first. `angerDisgust`: the mean share of these two. */
interface NegativeWindow {
  readonly shares: readonly number[];
  readonly angerDisgust: number;
}

/** The last `windowS` seconds of a visible student; null where too few were read or, if required, watched. */
function readWindow(history: StudentHistory, windowS: number, requireWatched: boolean): NegativeWindow | null {
  if (history.presence !== 'visible') return null;
  const readings = history.readingsOfLast(windowS);
  const earliest = readings[0]?.second;
  if (earliest === undefined || readings.length < Math.min(WINDOW.minReadings, windowS)) return null;
  const first = history.lastSecond - windowS + 1;
  if (earliest > first + (1 - WINDOW.minCoverage) * windowS) return null;
  if (requireWatched && history.watchedS(earliest, history.lastSecond) < WINDOW.minCoverage * windowS) return null;
  return {
    shares: readings.map((reading) => reading.negative),
    angerDisgust: mean(readings.map((reading) => sumOf(reading.probabilities, ANGER_AND_DISGUST))),
  };
}

/** Whether shares, oldest first, were at the floor throughout and not just at the end. */
function isLasting(shares: readonly number[], floor: number): boolean {
  const first = averageParts(shares, 6)[0] ?? 0;
  return (
    averageParts(shares, 3).every((third) => third >= floor) &&
    first >= floor &&
    averageParts(shares, 12).every((twelfth) => twelfth >= WINDOW.minTwelfthShare * floor)
  );
}
