/** The state of the students and of the class. The shapes follow `fer_desktop/types` field by field. */
import type { Expression, FrameResult, Merge, Message, UnreadableReason } from '../engine/types';

/** Probabilities in the order of `EXPRESSIONS`. */
export type Probabilities = Float32Array;

/** Why a student may need attention. Never from fear or sadness alone. */
export const FLAG_KINDS = ['away', 'camera_off', 'negative', 'drowsy', 'class_drop'] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];
/** What is read from expressions; the others are of presence. */
export const EXPRESSION_FLAGS: readonly (FlagKind | null)[] = ['negative', 'drowsy', 'class_drop'];

/** `student`: null where it is the class as a whole. `sinceSecond`: of the session. */
export interface Flag {
  readonly kind: FlagKind;
  readonly student: number | null;
  readonly sinceSecond: number;
  readonly evidence: Message;
}

export type AttentionLevel = 'high' | 'middle' | 'low';

/** How a student appears in the call now. `away`: no tile. */
export type Presence = 'visible' | 'unreadable' | 'empty' | 'camera_off' | 'out_of_view' | 'away';

/**
 * One student as the live page shows them; nulls where nothing is known or expressions are off. `sinceSecond`: of the
 * presence; `missedS`: how many seconds since then were not watched.
 */
export interface StudentState {
  readonly student: number;
  readonly presence: Presence;
  readonly sinceSecond: number;
  readonly missedS: number;
  readonly expression: Expression | null;
  readonly confidence: number;
  readonly flags: readonly Flag[];
  readonly excluded: boolean;
  readonly attention: AttentionLevel | null;
  readonly reason: UnreadableReason | null;
  readonly evidence: Message | null;
}

/** The class in one second. `probabilities`: mean over the students whose face was read; null without any. */
export interface ClassMood {
  readonly second: number;
  readonly probabilities: Probabilities | null;
  readonly faces: number;
  readonly people: number;
  readonly camerasOn: number;
  readonly students: number;
  readonly attention: number | null;
}

/** One student in one second, as it is stored. `attention`: concentration index, 0 to 1. */
export interface StudentSecond {
  readonly student: number;
  readonly faceFound: boolean;
  readonly personSeen: boolean;
  readonly cameraOn: boolean;
  readonly tileSeen: boolean;
  readonly probabilities: Probabilities | null;
  readonly attention: number | null;
  readonly unreadable: UnreadableReason | null;
}

/** What can happen in a session besides its samples; a part of the desktop's `EventKind`. */
export type EventKind =
  | 'bookmark'
  | 'flag_raised'
  | 'flag_cleared'
  | 'flag_dismissed'
  | 'capture_lost'
  | 'capture_back'
  | 'paused'
  | 'resumed'
  | 'stalled'
  | 'unstalled'
  | 'student_excluded'
  | 'student_included'
  | 'fault';

/** `text`: the teacher's own words. `message`: a flag's evidence, why capture was lost, a fault. */
export interface SessionEvent {
  readonly kind: EventKind;
  readonly second: number;
  readonly text: string;
  readonly student: number | null;
  readonly flag: FlagKind | null;
  readonly message: Message | null;
}

/** Nothing that was seen of the student from second `since` on may remain stored; from 0 on, nothing at all. */
export interface Erasure {
  readonly student: number;
  readonly since: number;
}

/** Everything that is stored of one finished second. `corrections`: of what was stored up to then, in order. */
export interface SecondRecord {
  readonly second: number;
  readonly mood: ClassMood;
  readonly students: readonly StudentSecond[];
  readonly events: readonly SessionEvent[];
  readonly corrections: readonly (Merge | Erasure)[];
}

/** The newest frame and the present state of the class. `mood`: of the last finished second. `names`: those given. */
export interface Observation {
  readonly result: FrameResult;
  readonly second: number;
  readonly mood: ClassMood;
  readonly students: readonly StudentState[];
  readonly classFlags: readonly Flag[];
  readonly names: ReadonlyMap<number, string>;
}

/** An event of a student or of the class, with what it has and nothing else. */
export function makeEvent(kind: EventKind, second: number, more: Partial<SessionEvent> = {}): SessionEvent {
  return { kind, second, text: '', student: null, flag: null, message: null, ...more };
}
