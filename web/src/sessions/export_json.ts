/** A session as one JSON document in the desktop's format: docs/export.md. */
import { EXPRESSIONS } from '../engine/types';
import { moodOf } from '../engagement/expressions';
import { Language } from '../texts/language';
import { momentOf } from './local_time';
import { loadShare, type EventRow, type MoodRow, type SampleRow } from './schema';
import { meanMood, type SessionContent } from './store';
import { summariseStudents, type StudentSummary } from './summary';

const ENGLISH = new Language('en');
const READINGS = ['mood', ...EXPRESSIONS, 'attention'];
const MOOD_COLUMNS = ['second', 'students', 'cameras_on', 'people', 'faces', ...READINGS];
const SAMPLE_COLUMNS = ['student', 'second', 'tile_seen', 'camera_on', 'person_seen', 'face_found', ...READINGS];

/** The text of the document. */
export function exportJson(content: SessionContent): string {
  const students = summariseStudents(content);
  const document = {
    format: 'fer-desktop session',
    version: 1,
    session: describeSession(content, students),
    students: students.filter((each) => each.firstSecond !== null).map(describeStudent),
    attendance: students.map(describeAttendance),
    events: content.events.map(describeEvent),
    mood: { columns: MOOD_COLUMNS, rows: content.moods.map(moodCells) },
    samples: { columns: SAMPLE_COLUMNS, rows: content.samples.map(sampleCells) },
  };
  return `${JSON.stringify(document)}\n`;
}

function describeSession({ session, moods, events }: SessionContent, students: readonly StudentSummary[]): object {
  const mean = meanMood(moods);
  const ended = session.ended ? momentOf(session.clock, session.seconds) : null;
  const most = moods.reduce((largest, row) => Math.max(largest, row.students), 0);
  return {
    id: session.id,
    started_at: session.startedAt.replace('Z', '+00:00'),
    ended_at: ended && ended.toISOString().replace('Z', '+00:00'),
    seconds: session.seconds,
    watched_seconds: moods.length,
    source: session.source,
    course: session.course,
    simulated: false,
    expressions_on: session.expressionsOn,
    aggregate_only: session.aggregateOnly,
    interrupted: session.interrupted,
    place: session.place,
    model: session.model,
    students: students.filter((each) => each.firstSecond !== null).length || most,
    mean_mood: mean,
    bookmarks: events.filter((event) => event.kind === 'bookmark').length,
    flags: events.filter((event) => event.kind === 'flag_raised').length,
    clock: session.clock,
  };
}

function describeStudent(each: StudentSummary): object {
  const means = each.meanProbabilities;
  return {
    student: each.student,
    name: each.name,
    label: each.label,
    first_second: each.firstSecond,
    last_second: each.lastSecond,
    tile_seconds: each.tileSeconds,
    camera_on_seconds: each.cameraOnSeconds,
    person_seconds: each.personSeconds,
    face_seconds: each.faceSeconds,
    flags: each.flags,
    attention: each.attention === null ? null : round(each.attention),
    mean_probabilities: means && Object.fromEntries(EXPRESSIONS.map((name, index) => [name, round(means[index] ?? 0)])),
  };
}

function describeAttendance(each: StudentSummary): object {
  const known = {
    first_second: each.firstSecond,
    last_second: each.lastSecond,
    view_seconds: each.tileSeconds,
    camera_on_seconds: each.cameraOnSeconds,
    person_seconds: each.personSeconds,
    watched_seconds: each.watchedSeconds,
    left_out_seconds: each.excludedSeconds,
  };
  const unknown = Object.fromEntries(Object.keys(known).map((name) => [name, null]));
  const seconds = each.excluded ? unknown : known;
  return { student: each.student, label: each.label, ...seconds, on_roster: null, left_out: each.excluded };
}

function describeEvent(event: EventRow): object {
  const text = event.message === null ? event.text : ENGLISH.render(event.message);
  return {
    kind: event.kind,
    second: event.second,
    text,
    student: event.student,
    flag: event.flag,
    message: event.message,
  };
}

function moodCells(row: MoodRow): (number | null)[] {
  return [row.second, row.students, row.camerasOn, row.people, row.faces, ...readingCells(row)];
}

function sampleCells(row: SampleRow): (number | boolean | null)[] {
  const marks = [row.tileSeen, row.cameraOn, row.personSeen, row.faceFound];
  return [row.student, row.second, ...marks, ...readingCells(row)];
}

/** Mood, the seven probabilities and attention, 0 to 1 with four decimals; null where nothing was read. */
export function readingCells(row: Pick<MoodRow, 'probabilities' | 'attention'>): (number | null)[] {
  const shares = row.probabilities?.map(loadShare) ?? EXPRESSIONS.map(() => null);
  const mood = row.probabilities && round(loadShare(moodOf(row.probabilities)));
  return [mood, ...shares, row.attention === null ? null : loadShare(row.attention)];
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
