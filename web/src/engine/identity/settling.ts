/**
 * At the end of a session: joins or drops the students who were in view only briefly. As `identity/settling.py` for
 * students without names: over the whole record it is known who was missing while a number was in view.
 */
import { iou } from '../geometry';
import type { Settlement } from '../types';
import { compareAppearances } from './appearance';
import { MATCHING, SETTLING, TRACKER } from './config';
import { Spans, type Span } from './spans';
import type { Student } from './student';

/** All that is known of one number: its tracks by tile and by face, and when it was in view. */
interface Record {
  readonly number: number;
  readonly tracks: Student[];
  readonly spans: Spans;
}

/** When the session ran, in frames. */
interface Session {
  readonly firstFrame: number;
  readonly newestFrame: number;
  readonly framesASecond: number;
}

/**
 * What becomes of each number that was in view for less than a minute, the briefest first. Nobody is settled who was
 * there at the start or to the end, or may be somebody whom the record does not explain.
 */
export function settleStudents(students: readonly Student[], newestFrame: number, framesASecond: number): Settlement[] {
  const records = gather(students);
  const firstFrame = Math.min(...[...records.values()].map((record) => record.spans.first));
  const session = { firstFrame, newestFrame, framesASecond };
  const brief = [...records.values()]
    .filter((record) => record.spans.frames / framesASecond < SETTLING.briefS)
    .sort((one, other) => one.spans.frames - other.spans.frames);
  const settlements: Settlement[] = [];
  for (const record of brief) {
    const others = [...records.values()].filter((other) => other !== record);
    const into = findSame(record, others, session);
    if (!into && mayBeSomebody(record, others, session)) continue;
    records.delete(record.number);
    // A number that was joined is part of its student for those that come after it.
    into?.spans.absorb(record.spans);
    into?.tracks.push(...record.tracks);
    settlements.push({ student: record.number, into: into?.number ?? null });
  }
  return settlements;
}

function gather(students: readonly Student[]): Map<number, Record> {
  const records = new Map<number, Record>();
  for (const student of students) {
    const record = records.get(student.number) ?? { number: student.number, tracks: [], spans: new Spans() };
    records.set(student.number, record);
    record.tracks.push(student);
    record.spans.absorb(student.spans);
  }
  return new Map([...records].filter(([, record]) => record.spans.frames > 0));
}

/** The student who was missing while this number was in view and whom most evidence names; null without any. */
function findSame(record: Record, others: readonly Record[], session: Session): Record | null {
  const successors = findSuccessors(record, others, session);
  let best: { evidence: number; apart: number; other: Record } | null = null;
  for (const other of others) {
    const shared = record.spans.countShared(other.spans) / session.framesASecond;
    if (other.spans.frames <= record.spans.frames) continue;
    const isSuccessor = successors.length === 1 && successors[0] === other;
    const evidence =
      Number(lookAlike(record, other)) + Number(takeTurns(record.spans, other.spans, session)) + Number(isSuccessor);
    const apart = framesBetween(record.spans, other.spans);
    if (evidence === 0 || shared > (evidence > 1 ? SETTLING.mostSharedWhereSureS : SETTLING.mostSharedS)) continue;
    if (!best || evidence > best.evidence || (evidence === best.evidence && apart < best.apart)) {
      best = { evidence, apart, other };
    }
  }
  return best?.other ?? null;
}

/**
 * Who was in view for the first time just as this number was for the last: one alone took its tile elsewhere, as where a
 * tile moves.
 */
function findSuccessors(record: Record, others: readonly Record[], session: Session): Record[] {
  const longest = SETTLING.longestTurnS * session.framesASecond;
  return others.filter((other) => Math.abs(other.spans.first - record.spans.last) <= longest);
}

/** Whether the two have an appearance in common, of a camera or of a card. */
function lookAlike(record: Record, other: Record): boolean {
  const isAlike = (one: Student, another: Student, cameraOn: boolean): boolean => {
    const limit = cameraOn ? MATCHING.sameAppearance : MATCHING.sameCard;
    const [ours, theirs] = [one.appearances(cameraOn), another.appearances(cameraOn)];
    return ours.some((each) => theirs.some((its) => compareAppearances(each, its, cameraOn) < limit));
  };
  return record.tracks.some((one) =>
    other.tracks.some((another) => isAlike(one, another, true) || isAlike(one, another, false)),
  );
}

/** Whether one appeared where and when the other vanished. */
function takeTurns(brief: Spans, other: Spans, session: Session): boolean {
  const longest = SETTLING.longestTurnS * session.framesASecond;
  return brief.all.some((first) =>
    other.all.some((second) => follows(first, second, longest) || follows(second, first, longest)),
  );
}

/** Whether the later span began about when and where the earlier one ended. */
function follows(later: Span, earlier: Span, longest: number): boolean {
  const since = later.first - earlier.last;
  return -longest <= since && since <= longest && iou(later.firstBox, earlier.lastBox) > TRACKER.sameBoxIou;
}

/** Whether it may be a visitor, whom the others do not explain. */
function mayBeSomebody(record: Record, others: readonly Record[], session: Session): boolean {
  const seconds = (frames: number): number => frames / session.framesASecond;
  if (seconds(record.spans.first - session.firstFrame) <= SETTLING.mostSharedS) return true;
  if (seconds(record.spans.frames) < SETTLING.shortestVisitS) return false;
  const isAtTheEnd = seconds(session.newestFrame - record.spans.last) <= SETTLING.mostSharedS;
  return isAtTheEnd || others.some((other) => 2 * record.spans.countShared(other.spans) < record.spans.frames);
}

/** Frames between the nearest ends of the two. */
function framesBetween(spans: Spans, others: Spans): number {
  const between = (one: Span, other: Span): number => Math.max(one.first - other.last, other.first - one.last, 0);
  return Math.min(...spans.all.flatMap((one) => others.all.map((other) => between(one, other))));
}
