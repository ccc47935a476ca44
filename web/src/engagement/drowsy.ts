/** The flag of eyes that are closed most of the time, against the student's own baseline and an absolute opening. */
import type { FlagRules } from './flags';
import type { StudentHistory } from './history';
import type { Flag } from './types';

/** When closed eyes mean drowsiness; `_DrowsyTuning` of the desktop has the reasons. */
const DROWSY = {
  raiseShare: 0.75,
  keepShare: 0.5,
  lookBack: 1.75,
  minSamples: 4,
  minUnsqueezed: 3,
  minUnsqueezedShare: 0.2,
  minBaselineSamples: 8,
} as const;

/** Whether eyes were closed. `isSqueezed`: laughter or disgust may have closed them. */
interface EyeSample {
  readonly second: number;
  readonly isClosed: boolean;
  readonly isSqueezed: boolean;
}

/** Eyes closed most of the time; null where they are not, or too few samples say so. */
export function findDrowsy(history: StudentHistory, rules: FlagRules, held: Flag | null): Flag | null {
  const share = held === null ? DROWSY.raiseShare : DROWSY.keepShare;
  const samples = sinceClosed(judgeEyes(history, rules, held), share);
  const since = samples[0]?.second;
  if (since === undefined) return null;
  const closed = samples.filter((sample) => sample.isClosed);
  // Up to the last sample with closed eyes: what came after it is unknown.
  const until = Math.max(...closed.map((sample) => sample.second));
  const lastedS = history.watchedS(since, until);
  if (held === null && lastedS < rules.drowsyAfterS) return null;
  const evidence = { key: 'flag.eyes_closed', closed: closed.length, samples: samples.length, lasted_s: lastedS };
  return { kind: 'drowsy', student: history.student, sinceSecond: since, evidence };
}

/**
 * The recent samples of a visible student, oldest first; none where they are few or the baseline is unknown. Samples
 * with the head bent down are left out: lids follow the gaze, and a student who writes is not asleep.
 */
function judgeEyes(history: StudentHistory, rules: FlagRules, held: Flag | null): EyeSample[] {
  const first = history.lastSecond - Math.round(DROWSY.lookBack * rules.drowsyAfterS) + 1;
  const recent = history.attention.since(first);
  if (history.presence !== 'visible' || recent.length < DROWSY.minSamples) return [];
  const baseline = history.attention.baselineBefore(held?.sinceSecond ?? first);
  if (held === null && baseline.samples < DROWSY.minBaselineSamples) return []; // a held flag may outlast its baseline
  return recent
    .filter((sample) => !baseline.looksDown(sample.cues))
    .map(({ second, cues, squeezed }) => ({
      second,
      isClosed: baseline.hasClosedEyes(cues),
      isSqueezed: squeezed,
    }));
}

/**
 * The samples, oldest first, from the first one on since which `share` found the eyes closed; none if too few did. They
 * begin with two such samples in a row, as a single one may be a blink.
 */
function sinceClosed(samples: readonly EyeSample[], share: number): EyeSample[] {
  for (let index = 0; index + 1 < samples.length; index++) {
    const later = samples.slice(index);
    const closed = later.filter((sample) => sample.isClosed);
    const unsqueezed = closed.filter((sample) => !sample.isSqueezed).length;
    if (unsqueezed < DROWSY.minUnsqueezed || later.length < DROWSY.minSamples) break;
    const beginsHere = later[0]?.isClosed === true && later[1]?.isClosed === true;
    const isOften = closed.length >= share * later.length;
    if (beginsHere && isOften && unsqueezed >= DROWSY.minUnsqueezedShare * closed.length) return later;
  }
  return [];
}
