/**
 * Which student a tile most likely shows, by appearance and position. As `identity/matching.py` and
 * `identity/distances.py` for tiles whose names are not read.
 */
import { at } from '../numbers';
import { compareAppearances } from './appearance';
import { assign } from './assignment';
import { MATCHING } from './config';
import type { Sighting } from './sighting';
import type { Student } from './student';

/** Distance to a student who was never seen in this camera state: neither alike nor different. */
const UNKNOWN_APPEARANCE = 0.5;

/** One student a sighting, null for a newcomer; no student twice. */
export function matchStudents(sightings: readonly Sighting[], students: readonly Student[]): (Student | null)[] {
  const costs = sightings.map((sighting) =>
    students.map((student) => {
      const appearance = MATCHING.appearanceWeight * appearanceDistance(sighting, student);
      return appearance + MATCHING.positionWeight * positionDistance(sighting, student);
    }),
  );
  return choose(costs, students, MATCHING.maxCost);
}

/**
 * One student a sighting that matched no one, of the students who are `missing` from their co-presence: never seen in
 * this camera state, or of much the same appearance, and at their last position or the only one missing.
 */
export function matchMissing(sightings: readonly Sighting[], missing: readonly Student[]): (Student | null)[] {
  const isOnlyOne = sightings.length === 1 && missing.length === 1;
  const costs = sightings.map((sighting) =>
    missing.map((student) => {
      const hasMoved = distanceBetween(sighting, student) >= MATCHING.samePosition && !isOnlyOne;
      return hasMoved ? Infinity : appearanceDistance(sighting, student);
    }),
  );
  return choose(costs, missing, UNKNOWN_APPEARANCE);
}

/** Whether the sighting has the appearance of one of the students, wherever it is. */
export function looksLikeAny(sighting: Sighting, students: readonly Student[]): boolean {
  return students.some((student) => appearanceDistance(sighting, student) < MATCHING.sameAppearance);
}

function choose(
  costs: readonly (readonly number[])[],
  students: readonly Student[],
  maxCost: number,
): (Student | null)[] {
  return assign(costs, maxCost).map((column) => (column === null ? null : at(students, column)));
}

/** 0 (the same) to 1, to the nearest of the student's appearances. */
function appearanceDistance({ tile, appearance }: Sighting, student: Student): number {
  const known = student.appearances(tile.cameraOn);
  if (!appearance.length || !known.length) return UNKNOWN_APPEARANCE;
  return Math.min(...known.map((each) => compareAppearances(appearance, each, tile.cameraOn)));
}

/** 0 at the student's last position, 1 a tile away or for students who were not shown. */
function positionDistance(sighting: Sighting, student: Student): number {
  return student.isShown ? Math.min(distanceBetween(sighting, student), 1) : 1;
}

function distanceBetween(sighting: Sighting, student: Student): number {
  return Math.hypot(sighting.position[0] - student.position[0], sighting.position[1] - student.position[1]);
}
