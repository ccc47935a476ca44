/** A session as CSV for spreadsheets, in the desktop's format: `fer_desktop/report/csv_export.py`. */
import { EXPRESSIONS } from '../engine/types';
import { Language } from '../texts/language';
import { readingCells } from './export_json';
import { localTime } from './local_time';
import type { EventRow, MoodRow, SampleRow } from './schema';
import type { SessionContent } from './store';
import { labelInFiles } from './summary';

const ENGLISH = new Language('en');
const CLASS = 'Class';
const COLUMNS = [
  ...['second', 'local_time', 'who', 'tiles', 'cameras_on', 'people', 'faces', 'mood'],
  ...EXPRESSIONS,
  ...['attention', 'events'],
];
const NUMBERS = COLUMNS.length - 4; // all but the second, the time, who and the events
const FORMULA_START = /^[=+\-@＝＋－＠\t\r\n\0]/;
/** Where the system's list separator is a semicolon, it splits a text into two cells. */
const LATER_FORMULA = /(;\s*)(?=[=+\-@＝＋－＠])/g;

type Cell = string | number | null;

/** The class, then each student, a row for each second. */
export function exportCsv({ session, moods, samples, events }: SessionContent): string {
  const time = (second: number) => localTime(session.clock, second);
  const classEvents = events.filter((event) => event.student === null);
  const lines = [COLUMNS, ...makeRows(CLASS, new Map(moods.map(moodCells)), classEvents, time)];
  const students = [...new Set(samples.map((row) => row.student))].sort((one, other) => one - other);
  for (const student of students) {
    const own = samples.filter((row) => row.student === student);
    const ownEvents = events.filter((event) => event.student === student);
    lines.push(...makeRows(labelInFiles(session, student), new Map(own.map(sampleCells)), ownEvents, time));
  }
  return lines.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

function makeRows(
  who: string,
  numbers: ReadonlyMap<number, Cell[]>,
  events: readonly EventRow[],
  time: (second: number) => string,
): Cell[][] {
  const seconds = new Set([...numbers.keys(), ...events.map((event) => event.second)]);
  return [...seconds]
    .sort((one, other) => one - other)
    .map((second) => {
      const texts = events.filter((event) => event.second === second).map(describeEvent);
      const known = numbers.get(second) ?? Array.from({ length: NUMBERS }, () => null);
      return [second, time(second), guardCell(who), ...known, guardCell(texts.join('; '))];
    });
}

function moodCells(row: MoodRow): [number, Cell[]] {
  return [row.second, [row.students, row.camerasOn, row.people, row.faces, ...readingCells(row)]];
}

function sampleCells(row: SampleRow): [number, Cell[]] {
  const marks = [row.tileSeen, row.cameraOn, row.personSeen, row.faceFound].map(Number);
  return [row.second, [...marks, ...readingCells(row)]];
}

function describeEvent(event: EventRow): string {
  const what = event.flag === null ? event.kind : `${event.kind} ${event.flag}`;
  const words = event.message === null ? event.text : ENGLISH.render(event.message);
  return words === '' ? what : `${what}: ${words}`;
}

/** Prefixes a text that a spreadsheet would run as a formula with an apostrophe, as OWASP advises. */
export function guardCell(text: string): string {
  const guarded = text.replace(LATER_FORMULA, "$1'");
  return FORMULA_START.test(guarded) ? `'${guarded}` : guarded;
}

function quote(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
