/** The budget chooses what the Python one chooses, frame by frame. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeBox } from '../geometry';
import { viewFrame } from '../image/picture';
import type { FaceDetection, Tile } from '../types';
import { LiveBudget } from './live_budget';
import { PaceKeeper } from './pace';

type Rectangle = [x: number, y: number, width: number, height: number];

interface GoldenFrame {
  readonly capturedAtS: number;
  readonly tookS: number;
  readonly skip: number[];
  /** What is painted over the frame before: a rectangle and its grey level. */
  readonly edits: [...Rectangle, number][];
  readonly carried: number[];
  /** By tile: the number of the frame whose reading holds. */
  readonly holding: Record<string, number>;
  readonly isBusy: boolean;
}

interface Golden {
  readonly width: number;
  readonly height: number;
  readonly tiles: Rectangle[];
  readonly faces: [tile: number, ...Rectangle, score: number][];
  readonly frames: GoldenFrame[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../tests/golden/budget.json', import.meta.url), 'utf8'),
) as Golden;
const { width, height } = golden;

test('the same tiles are looked at, and the same readings hold', () => {
  const pace = new PaceKeeper();
  const budget = new LiveBudget(pace);
  const data = new Uint8Array(width * height * 4);
  const tiles = golden.tiles.map((box): Tile => ({ box: makeBox(...box), cameraOn: true, name: null }));
  const chosen = golden.frames.map((frame, number) => {
    for (const edit of frame.edits) paint(data, edit);
    const { isBusy } = pace;
    const skip = new Set(frame.skip);
    const { carried, readings } = budget.plan(viewFrame(data, width, height), frame.capturedAtS, tiles, skip);
    const found = [...detect(new Set([...skip, ...carried.map((face) => face.tile)])), ...carried];
    const read = found.map((face) => {
      const fresh = face.ageS > 0 ? null : new Float32Array(7).fill(number);
      return { face, student: 1, probabilities: readings.get(face) ?? fresh };
    });
    budget.remember(tiles, found, read, frame);
    const holding = Object.fromEntries([...readings].map(([face, [first]]) => [String(face.tile), first]));
    return { carried: carried.map((face) => face.tile), holding, isBusy };
  });
  expect(chosen).toEqual(golden.frames.map(({ carried, holding, isBusy }) => ({ carried, holding, isBusy })));
});

function paint(data: Uint8Array, [left, top, wide, high, level]: [...Rectangle, number]): void {
  for (let y = top; y < top + high; y += 1) data.fill(level, (y * width + left) * 4, (y * width + left + wide) * 4);
}

function detect(without: ReadonlySet<number | null>): FaceDetection[] {
  const found = golden.faces.filter(([tile]) => !without.has(tile));
  return found.map((face): FaceDetection => {
    const [tile, x, y, wide, high, score] = face;
    const keypointsPx = new Float32Array(8);
    return {
      box: makeBox(x, y, wide, high),
      score,
      presence: 1,
      keypointsPx,
      tile,
      cues: null,
      unreadable: null,
      ageS: 0,
    };
  });
}
