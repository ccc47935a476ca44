/** The clock on the wall at a second of a session. */
import type { ClockReading } from './schema';

/** ISO 8601 with the UTC offset of the time zone in which the browser is, as "2026-11-02T09:30:00+05:30". */
export function isoWithOffset(moment: Date): string {
  const offset = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** "2026-11-02 09:30:00" at a second: counted from the last reading of the clock before it, with its offset. */
export function localTime(clock: readonly ClockReading[], second: number): string {
  const reading = readingBefore(clock, second);
  if (!reading) return '';
  const wall = Date.parse(`${reading.at.slice(0, 19)}Z`) + (second - reading.second) * 1000;
  return new Date(wall).toISOString().slice(0, 19).replace('T', ' ');
}

/** The moment of a second, by the same reading; null where there is none. */
export function momentOf(clock: readonly ClockReading[], second: number): Date | null {
  const reading = readingBefore(clock, second);
  return reading ? new Date(Date.parse(reading.at) + (second - reading.second) * 1000) : null;
}

function readingBefore(clock: readonly ClockReading[], second: number): ClockReading | undefined {
  return clock.filter((each) => each.second <= second).at(-1) ?? clock[0];
}
