/**
 * Keeps one number for each student: tiles by appearance and position, faces without tiles by position. As
 * `identity/tracker.py` for tiles whose names are not read.
 */
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { FaceDetection, Merge, Settlement, Tile } from '../types';
import { TRACKER } from './config';
import { FaceTracks } from './face_tracks';
import { looksLikeAny, matchMissing, matchStudents } from './matching';
import { Newcomers } from './newcomers';
import { settleStudents } from './settling';
import { observeTiles, type Sighting } from './sighting';
import { CoPresence, mergeTracks, Student } from './student';
import { Visibility } from './visibility';

/** Frames come in order. */
export class StudentTracker {
  #students: Student[] = []; // whoever has had a tile
  readonly #newcomers = new Newcomers();
  readonly #faceTracks: FaceTracks;
  readonly #visibility = new Visibility();
  #lastNumber = 0;
  #frame = 0;

  constructor() {
    this.#faceTracks = new FaceTracks(this.#newcomers, () => this.#takeNumber());
  }

  /** One student a tile; null until a newcomer is confirmed. */
  identifyTiles(image: Picture, tiles: readonly Tile[]): (number | null)[] {
    this.#frame += 1;
    this.#newcomers.startFrame();
    const sightings = observeTiles(image, tiles);
    const known = this.#matchMissing(sightings, matchStudents(sightings, this.#students));
    const matches = this.#updateTracks(sightings, known);
    this.#updateCoPresence(tiles.length);
    this.#visibility.detectTurnedPage(this.#students, this.#frame);
    const boxes = tiles.map((tile) => tile.box);
    this.#visibility.detectLeftOut(this.#students, boxes, this.#frame);
    return matches.map((student) => student?.number ?? null);
  }

  /** One student a face: its tile's for a tile's best-scored face, else by position. Comes after the tiles. */
  identifyFaces(faces: readonly FaceDetection[], tileStudents: readonly (number | null)[]): (number | null)[] {
    const main = findMainFaces(faces);
    this.#noteFaces(main, tileStudents);
    const others = faces.filter((face) => !main.has(face));
    const followed = this.#faceTracks.identify(others, this.#students, this.#frame);
    const byFace = new Map(others.map((face, index) => [face, followed[index] ?? null]));
    this.#newcomers.endFrame(faces.length > 0 || tileStudents.length > 0);
    this.#visibility.detectLostFaces(this.#students, this.#faceTracks.students, this.#frame);
    return faces.map((face) => {
      const isMain = main.has(face) && face.tile !== null;
      return isMain ? (tileStudents[face.tile] ?? null) : (byFace.get(face) ?? null);
    });
  }

  /** Where the students' faces are in their tiles. */
  #noteFaces(main: ReadonlySet<FaceDetection>, tileStudents: readonly (number | null)[]): void {
    const students = new Map(this.#students.map((student) => [student.number, student]));
    for (const face of main) {
      const number = face.tile === null ? null : tileStudents[face.tile];
      students.get(number ?? 0)?.noteFace(face.box);
    }
  }

  /** Applies a merge, given in current numbers. A number without a track is ignored. */
  merge(merge: Merge): void {
    this.#students = mergeTracks(this.#students, merge);
    this.#faceTracks.merge(merge);
    this.#visibility.merge(merge);
  }

  /** At the end of the session: what becomes of the numbers that were in view only briefly, in order. */
  settle(framesASecond: number): Settlement[] {
    return settleStudents([...this.#students, ...this.#faceTracks.students], this.#frame, framesASecond);
  }

  /** Students whose absence is inconclusive; see `Visibility`. */
  get outOfView(): ReadonlySet<number> {
    return this.#visibility.outOfView;
  }

  #takeNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /**
   * The matches, completed with students who are missing from a co-presence that is otherwise complete: a student who
   * turns off the camera is not recognised by appearance.
   */
  #matchMissing(sightings: readonly Sighting[], matches: readonly (Student | null)[]): (Student | null)[] {
    const shown = new Set(matches.flatMap((match) => (match ? [match.number] : [])));
    const missing = this.#students.filter(
      (student) => !shown.has(student.number) && student.coPresence?.isComplete(shown, sightings.length),
    );
    const unmatched = sightings.filter((_, row) => !matches[row]);
    const found = new Map(matchMissing(unmatched, missing).map((student, row) => [at(unmatched, row), student]));
    return matches.map((match, row) => match ?? found.get(at(sightings, row)) ?? null);
  }

  /**
   * The matches, completed with the newcomers; every sighting is added to its student's track. One pass in the order of
   * the tiles: a newcomer is compared with the tracks of the tiles before it.
   */
  #updateTracks(sightings: readonly Sighting[], matches: readonly (Student | null)[]): (Student | null)[] {
    for (const student of this.#students) student.isShown = false;
    const present = matches.filter((match) => match !== null);
    return sightings.map((sighting, row) => {
      const match = matches[row] ?? null;
      const student = match ?? this.#addNewcomer(sighting, present);
      student?.remember(sighting, this.#frame);
      if (student && !match) present.push(student);
      return student;
    });
  }

  #addNewcomer(sighting: Sighting, present: readonly Student[]): Student | null {
    const { box } = sighting.tile;
    if (isSecondView(sighting, present) || !this.#newcomers.isConfirmed(box, TRACKER.confirmFrames)) return null;
    const student = new Student(this.#takeNumber(), box, this.#frame);
    this.#students.push(student);
    return student;
  }

  /** Sets it for those shown; whoever is missing while the others are shown in fewer tiles has left it. */
  #updateCoPresence(tiles: number): void {
    const shown = new Set(this.#students.filter((student) => student.isShown).map((student) => student.number));
    const coPresence = new CoPresence(shown, tiles);
    for (const student of this.#students) {
      if (student.isShown) student.coPresence = coPresence;
      else if (student.coPresence?.hasShrunk(shown, tiles)) student.coPresence = null;
    }
  }
}

/** Whether the tile shows, large or small, a student who has another tile in this frame. */
function isSecondView(sighting: Sighting, present: readonly Student[]): boolean {
  const { relativeWidth, tile } = sighting;
  if (1 / TRACKER.enlargedSize < relativeWidth && relativeWidth < TRACKER.enlargedSize) return false;
  return tile.cameraOn && looksLikeAny(sighting, present);
}

/** The best-scored face of each tile. */
function findMainFaces(faces: readonly FaceDetection[]): ReadonlySet<FaceDetection> {
  const best = new Map<number, FaceDetection>();
  for (const face of faces) {
    if (face.tile !== null && face.score > (best.get(face.tile)?.score ?? -1)) best.set(face.tile, face);
  }
  return new Set(best.values());
}
