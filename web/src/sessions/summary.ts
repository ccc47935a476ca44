/** What a stored session comes to: its students, and what counts as watched. */
import { EXPRESSIONS } from '../engine/types';
import { distinguishNames } from '../policy/names';
import { pseudonym } from '../policy/pseudonyms';
import { loadShare, type EventRow, type SampleRow, type StoredSession } from './schema';
import type { SessionContent } from './store';

/**
 * A student of a session. `name`: null without one; `label`: what to call them in files. `excluded`: the teacher left
 * them out and did not include them again. `watchedSeconds`: the recorded ones in which they were not left out; never
 * fewer than those in view, as a student who was merged with one who was left out may have been seen meanwhile.
 */
export interface StudentSummary {
  readonly student: number;
  readonly name: string | null;
  readonly label: string;
  readonly firstSecond: number | null;
  readonly lastSecond: number | null;
  readonly tileSeconds: number;
  readonly cameraOnSeconds: number;
  readonly personSeconds: number;
  readonly faceSeconds: number;
  readonly flags: number;
  readonly attention: number | null;
  readonly meanProbabilities: readonly number[] | null;
  readonly excluded: boolean;
  readonly watchedSeconds: number;
  readonly excludedSeconds: number;
}

/** The students by number: those with samples, and those who were left out to the end before anything was stored. */
export function summariseStudents({ session, moods, samples, events }: SessionContent): StudentSummary[] {
  const ofStudent = groupByStudent(samples);
  const excluded = events.filter((event) => event.kind === 'student_excluded').map((event) => event.student);
  const numbers = new Set([...ofStudent.keys(), ...excluded.filter((student) => student !== null)]);
  const recorded = moods.map((row) => row.second);
  return [...numbers]
    .sort((one, other) => one - other)
    .map((student) => ({
      ...summarise(student, ofStudent.get(student) ?? [], events, recorded),
      name: session.names?.get(student) ?? null,
      label: labelInFiles(session, student),
    }))
    .filter(({ firstSecond, excluded }) => firstSecond !== null || excluded);
}

/** What to call a student in files: their name, with the number where several have it; else "Student 7". */
export function labelInFiles({ names = new Map() }: StoredSession, student: number): string {
  return distinguishNames(names).get(student) ?? pseudonym(student);
}

function groupByStudent(samples: readonly SampleRow[]): Map<number, SampleRow[]> {
  const groups = new Map<number, SampleRow[]>();
  for (const row of samples) {
    const group = groups.get(row.student);
    if (group) group.push(row);
    else groups.set(row.student, [row]);
  }
  return groups;
}

function summarise(
  student: number,
  rows: readonly SampleRow[],
  events: readonly EventRow[],
  recorded: readonly number[],
): Omit<StudentSummary, 'name' | 'label'> {
  const own = events.filter((event) => event.student === student);
  const toggles = own.filter((event) => event.kind === 'student_excluded' || event.kind === 'student_included');
  const count = (test: (row: SampleRow) => boolean) => rows.filter(test).length;
  const tileSeconds = count((row) => row.tileSeen);
  const watchedSeconds = Math.max(tileSeconds, recorded.length - countExcluded(toggles, recorded));
  return {
    student,
    firstSecond: rows[0]?.second ?? null,
    lastSecond: rows.at(-1)?.second ?? null,
    tileSeconds,
    cameraOnSeconds: count((row) => row.cameraOn),
    personSeconds: count((row) => row.personSeen),
    faceSeconds: count((row) => row.faceFound),
    flags: own.filter((event) => event.kind === 'flag_raised').length,
    attention: meanOf(rows.map((row) => row.attention)),
    meanProbabilities: meanShares(rows),
    excluded: toggles.at(-1)?.kind === 'student_excluded',
    watchedSeconds,
    excludedSeconds: recorded.length - watchedSeconds,
  };
}

function meanOf(stored: readonly (number | null)[]): number | null {
  const known = stored.filter((value) => value !== null);
  return known.length === 0 ? null : loadShare(known.reduce((sum, value) => sum + value, 0) / known.length);
}

function meanShares(rows: readonly SampleRow[]): number[] | null {
  const read = rows.map((row) => row.probabilities).filter((shares) => shares !== null);
  if (read.length === 0) return null;
  return EXPRESSIONS.map((_, index) => meanOf(read.map((shares) => shares[index] ?? 0)) ?? 0);
}

/** The recorded seconds while the student was excluded. */
function countExcluded(toggles: readonly EventRow[], recorded: readonly number[]): number {
  return recorded.filter((second) => {
    const before = toggles.filter((event) => event.second <= second).at(-1);
    return before?.kind === 'student_excluded';
  }).length;
}
