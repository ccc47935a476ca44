/**
 * Follows faces that no tile identifies, by their position: untiled faces, and second faces in a tile. As
 * `identity/face_tracks.py`.
 */
import { bottom, centre, right } from '../geometry';
import { at } from '../numbers';
import type { Box, FaceDetection, Merge } from '../types';
import { assign } from './assignment';
import { TRACKER } from './config';
import { LastLayout } from './last_layout';
import type { Newcomers } from './newcomers';
import { mergeTracks, Student } from './student';

/** The students who are known by the position of their face. */
export class FaceTracks {
  readonly #newcomers: Newcomers;
  readonly #nextNumber: () => number;
  #students: Student[] = [];

  /** `nextNumber`: shared with the students who have tiles. */
  constructor(newcomers: Newcomers, nextNumber: () => number) {
    [this.#newcomers, this.#nextNumber] = [newcomers, nextNumber];
  }

  /** Everyone followed by position so far. */
  get students(): readonly Student[] {
    return this.#students;
  }

  /**
   * One student number a face; null until a newcomer is confirmed, and for a face that may be anybody's. `tiled`: the
   * students who have had tiles.
   */
  identify(faces: readonly FaceDetection[], tiled: readonly Student[], frame: number): (number | null)[] {
    const layout = new LastLayout(tiled, frame);
    const anybodys = faces.map((face) => layout.mayBeAnybodys(face, faces.length === 1));
    const matches = this.#match(faces, layout, anybodys);
    return faces.map((face, index) => {
      const student = matches[index] ?? (anybodys[index] ? null : this.#addNewcomer(face, frame));
      student?.see(face.box, frame);
      return student?.number ?? null;
    });
  }

  /** Applies a merge, given in current numbers. */
  merge(merge: Merge): void {
    this.#students = mergeTracks(this.#students, merge);
  }

  /**
   * One track a face: of those seen since the newest tiles, or of a student who had one of these; else an older one.
   */
  #match(faces: readonly FaceDetection[], layout: LastLayout, anybodys: readonly boolean[]): (Student | null)[] {
    const tracks = this.#students.filter((track) => !layout.hasReplaced(track));
    const followed = new Set(tracks.filter((track) => track.isRecalled).map((track) => track.number));
    const missing = layout.listMissing(followed, faces.length === 1);
    const newest = [...tracks.filter((track) => layout.isSince(track)).map(placeOfTrack), ...missing.map(placeInTile)];
    const matches = assignPlaces(faces, newest);
    const older = tracks.filter((track) => !layout.isSince(track)).map(placeOfTrack);
    const rest = faces.flatMap((_, row) => (matches[row] || anybodys[row] ? [] : [row]));
    const later = assignPlaces(
      rest.map((row) => at(faces, row)),
      older,
    );
    rest.forEach((row, index) => (matches[row] = later[index] ?? null));
    return matches.map((place, row) => place && this.#findTrack(place, at(faces, row)));
  }

  /** The track that is continued at the place: a student who had a tile there keeps their number. */
  #findTrack(place: Place, face: FaceDetection): Student {
    const known = place.track ?? this.#students.find((track) => track.number === place.number);
    if (known) return known;
    const student = new Student(place.number, face.box);
    student.isRecalled = true;
    return this.#add(student);
  }

  #addNewcomer(face: FaceDetection, frame: number): Student | null {
    const frames = face.tile === null ? TRACKER.confirmFrames : TRACKER.confirmFramesBeside;
    if (!this.#newcomers.isConfirmed(face.box, frames)) return null;
    return this.#add(new Student(this.#nextNumber(), face.box, frame));
  }

  #add(student: Student): Student {
    this.#students.push(student);
    return student;
  }
}

/**
 * Where a student's face is expected. `track`: the one that ends here; null of a student whose tile was here. `box`: of
 * the face, or of the whole tile where no face was found in it.
 */
interface Place {
  readonly number: number;
  readonly box: Box;
  readonly track: Student | null;
  readonly isTile: boolean;
}

/** Where the track ends. */
function placeOfTrack(track: Student): Place {
  return { number: track.number, box: track.box, track, isTile: false };
}

/** Where the student's tile was. */
function placeInTile(student: Student): Place {
  const face = student.expectedFace;
  return { number: student.number, box: face ?? student.box, track: null, isTile: !face };
}

function assignPlaces(faces: readonly FaceDetection[], places: readonly Place[]): (Place | null)[] {
  const costs = faces.map((face) => places.map((place) => measureShift(place, face)));
  return assign(costs, TRACKER.maxFaceShift).map((column) => (column === null ? null : at(places, column)));
}

/** How far from the place the face is, in face widths; infinite for another face. */
function measureShift(place: Place, face: FaceDetection): number {
  const hadTile = place.track?.isRecalled ?? true;
  // A second face in a tile is not that of a student with a tile of their own.
  if (face.tile !== null && hadTile) return Infinity;
  if (place.isTile) return holds(place.box, face.box) ? TRACKER.maxFaceShift : Infinity;
  const width = Math.max(place.box.width, 1);
  const growth = face.box.width / width;
  if (growth <= 1 / TRACKER.maxFaceGrowth || growth >= TRACKER.maxFaceGrowth) return Infinity;
  const [[x, y], [faceX, faceY]] = [centre(place.box), centre(face.box)];
  return Math.hypot(faceX - x, faceY - y) / width;
}

function holds(tile: Box, face: Box): boolean {
  return tile.x <= face.x && tile.y <= face.y && right(face) <= right(tile) && bottom(face) <= bottom(tile);
}
