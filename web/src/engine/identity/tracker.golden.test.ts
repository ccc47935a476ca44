/** The tracker sees the students whom the Python one sees, view by view. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeBox } from '../geometry';
import { viewFrame } from '../image/picture';
import { at } from '../numbers';
import type { FaceDetection } from '../types';
import { StudentTracker } from './tracker';

type Rectangle = [x: number, y: number, width: number, height: number];

interface View {
  readonly tiles: [student: number, box: Rectangle][];
  readonly faces: [box: Rectangle, tile: number, score: number][];
  readonly frames: number;
  readonly tileStudents: (number | null)[];
  readonly faceStudents: (number | null)[];
  readonly outOfView: number[];
}

interface Golden {
  readonly width: number;
  readonly height: number;
  /** The grey levels of the four quarters of each student's tile. */
  readonly rooms: number[][];
  readonly calls: View[][];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../tests/golden/identity.json', import.meta.url), 'utf8'),
) as Golden;
const { width, height } = golden;

test.each([...golden.calls.keys()])('the same students are seen in call %i', (index) => {
  const tracker = new StudentTracker();
  const seen = at(golden.calls, index).map((view) => {
    const picture = viewFrame(paint(view), width, height);
    const tiles = view.tiles.map(([, box]) => ({ box: makeBox(...box), cameraOn: true, name: null }));
    const faces = view.faces.map(makeFace);
    let [tileStudents, faceStudents]: (number | null)[][] = [[], []];
    for (let frame = 0; frame < view.frames; frame += 1) {
      tileStudents = tracker.identifyTiles(picture, tiles);
      faceStudents = tracker.identifyFaces(faces, tileStudents);
    }
    const outOfView = [...tracker.outOfView].sort((one, other) => one - other);
    return { ...view, tileStudents, faceStudents, outOfView };
  });
  expect(seen).toEqual(golden.calls[index]);
});

function paint({ tiles }: View): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  for (const [student, [left, top, wide, high]] of tiles) {
    at(golden.rooms, student).forEach((level, quarter) => {
      const x = left + ((quarter % 2) * wide) / 2;
      const y = top + (Math.floor(quarter / 2) * high) / 2;
      for (let row = y; row < y + high / 2; row += 1)
        data.fill(level, (row * width + x) * 4, (row * width + x + wide / 2) * 4);
    });
  }
  return data;
}

function makeFace([box, tile, score]: View['faces'][number]): FaceDetection {
  return {
    box: makeBox(...box),
    score,
    presence: 1,
    keypointsPx: new Float32Array(8),
    tile: tile < 0 ? null : tile,
    cues: null,
    unreadable: null,
    ageS: 0,
  };
}
