/** The rules that raise a student's flags, each with its evidence: `fer_desktop/engagement/flags.py`. */
import { ABSENT, type StudentHistory } from './history';
import { findDrowsy } from './drowsy';
import { findNegative } from './negative';
import type { Flag, FlagKind, Presence } from './types';

/** Who counts as a student that left. Chosen with `bench-flags` on simulated classes (docs/adr/0008). */
const ABSENCE = { minStayShare: 0.5, beginningS: 10 } as const;

/** Thresholds of the flags. Seconds are watched seconds: a pause does not count as absence. */
export interface FlagRules {
  readonly awayAfterS: number;
  readonly cameraOffAfterS: number;
  readonly negativeAfterS: number;
  /** Mean share of angry, disgust, fear and sad together. */
  readonly negativeFloor: number;
  /** Above the student's own baseline. */
  readonly negativeRise: number;
  /** Mean share of angry and disgust: fear and sadness alone are misread too often to raise a flag. */
  readonly angerDisgustFloor: number;
  /** Readings before the window that are needed for a baseline. */
  readonly baselineS: number;
  readonly drowsyAfterS: number;
  /** How far the class's mood, -1 to 1, must fall suddenly. */
  readonly classDrop: number;
  /** A flag that clears and recurs is not raised again sooner. */
  readonly repeatAfterS: number;
}

export type Held = ReadonlyMap<FlagKind, Flag>;

/** The flags with evidence now. `held`: those that had evidence in the previous second; they end less easily. */
export function findFlags(history: StudentHistory, rules: FlagRules, held: Held): Flag[] {
  const flags = [
    findAbsence(history, rules, held.get('away') ?? null),
    findCameraOff(history, rules, held.get('camera_off') ?? null),
    findDrowsy(history, rules, held.get('drowsy') ?? null),
    findNegative(history, rules, held.get('negative') ?? null),
  ];
  return flags.filter((flag) => flag !== null);
}

function findAbsence(history: StudentHistory, rules: FlagRules, held: Flag | null): Flag | null {
  const { student, presence, unseen } = history;
  const isAbsent = ABSENT.includes(presence) || held !== null;
  if (!isAbsent || unseen.lastedS < rules.awayAfterS) return null;
  if (presence === 'away' && !belongsToClass(history, rules)) return null;
  const evidence = { key: chooseAbsence(presence, held), lasted_s: unseen.lastedS };
  return { kind: 'away', student, sinceSecond: unseen.sinceSecond, evidence };
}

/** A student who is glimpsed, which does not end an absence yet, keeps the evidence of before. */
function chooseAbsence(presence: Presence, held: Flag | null): string {
  if (held !== null && !ABSENT.includes(presence)) return held.evidence.key;
  return presence === 'away' ? 'flag.not_in_call' : 'flag.nobody_in_view';
}

/** False for a visitor, who joined in mid-lesson and left soon after. */
function belongsToClass(history: StudentHistory, rules: FlagRules): boolean {
  if (history.inCallS >= ABSENCE.minStayShare * rules.awayAfterS) return true;
  return history.firstSecond <= ABSENCE.beginningS && ABSENCE.beginningS <= history.inCallS;
}

function findCameraOff(history: StudentHistory, rules: FlagRules, held: Flag | null): Flag | null {
  const { student, presence, cameraOff } = history;
  const isOff = presence === 'camera_off' || held !== null;
  if (!isOff || cameraOff.lastedS < rules.cameraOffAfterS) return null;
  const evidence = { key: 'flag.camera_off', lasted_s: cameraOff.lastedS };
  return { kind: 'camera_off', student, sinceSecond: cameraOff.sinceSecond, evidence };
}
