/**
 * Follows faces that no tile identifies, by their position: untiled faces, and second faces in a tile. As
 * `identity/face_tracks.py`.
 */
import { centre, contains } from '../geometry';
import { at } from '../numbers';
import type { FaceDetection, Merge } from '../types';
import { assign } from './assignment';
import { TRACKER } from './config';
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

  /** One student number a face; null until a newcomer is confirmed. `tiled`: the students who have had tiles. */
  identify(faces: readonly FaceDetection[], tiled: readonly Student[], frame: number): (number | null)[] {
    const matches = this.#matchByPosition(faces);
    return faces.map((face, index) => {
      const student = matches[index] ?? this.#recallTiled(face, tiled) ?? this.#addNewcomer(face, frame);
      student?.see(face.box, frame);
      return student?.number ?? null;
    });
  }

  /** Applies a merge, given in current numbers. */
  merge(merge: Merge): void {
    this.#students = mergeTracks(this.#students, merge);
  }

  #matchByPosition(faces: readonly FaceDetection[]): (Student | null)[] {
    const students = [...this.#students];
    const costs = faces.map((face) => {
      const [x, y] = centre(face.box);
      return students.map((student) => {
        const [studentX, studentY] = centre(student.box);
        return Math.hypot(studentX - x, studentY - y) / Math.max(student.box.width, 1);
      });
    });
    const chosen = assign(costs, TRACKER.maxFaceShift);
    return chosen.map((column) => (column === null ? null : at(students, column)));
  }

  /** The student whose tile was here until the layout was lost: they keep their number. */
  #recallTiled(face: FaceDetection, tiled: readonly Student[]): Student | null {
    const followed = new Set(this.#students.map((student) => student.number));
    const known = tiled.find(
      (student) => !student.isShown && !followed.has(student.number) && contains(student.box, centre(face.box)),
    );
    return known ? this.#add(new Student(known.number, face.box)) : null;
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
