/**
 * The appearance of a tile: room and clothing around the face, which differ between homes and are not biometric. As
 * `identity/appearance.py`.
 */
import { toGrey } from '../image/colour';
import { averageAreas } from '../image/halving';
import { cut, everyNth, shorterSide, type Picture } from '../image/picture';
import { sum } from '../numbers';
import type { Box } from '../types';

const ON_SIZE = [12, 8] as const;
const OFF_SIZE = [48, 27] as const;
const SAMPLED_ROWS = 90;
/** Mean difference of the vectors (0 to 1) that counts as distance 1. */
const MAX_DIFFERENCE = { on: 0.16, off: 0.06 } as const;
const SURROUNDINGS_WEIGHTS = weighSurroundings();

/** Values of 0 to 1, none outside the frame. Vectors of cameras and of cards have different lengths. */
export type Appearance = Float32Array;

export function describeTile(image: Picture, box: Box, cameraOn: boolean): Appearance {
  const { patch } = cut(image, box);
  // Every few pixels suffice for the average, and this runs for every tile of every frame.
  const sampled = everyNth(patch, Math.max(1, Math.floor(patch.height / SAMPLED_ROWS)));
  if (shorterSide(sampled) === 0) return new Float32Array(0);
  if (!cameraOn) return Float32Array.from(toGrey(averageAreas(sampled, ...OFF_SIZE)).data, (level) => level / 255);
  const small = averageAreas(sampled, ...ON_SIZE);
  return Float32Array.from(
    small.data,
    (level, index) => Math.fround(level / 255) * (SURROUNDINGS_WEIGHTS[Math.floor(index / 3)] as number),
  );
}

/** Distance of two appearances, 0 (the same) to 1. */
export function compareAppearances(one: Appearance, other: Appearance, cameraOn: boolean): number {
  let total = 0;
  for (let index = 0; index < one.length; index += 1)
    total += Math.abs((one[index] as number) - (other[index] as number));
  const distance = total / one.length / (cameraOn ? MAX_DIFFERENCE.on : MAX_DIFFERENCE.off);
  return Math.fround(Math.min(distance, 1));
}

/** Weights of the cells: the middle, where the head moves, counts a third. Mean 1. */
function weighSurroundings(): Float32Array {
  const [columns, rows] = ON_SIZE;
  const weights = new Float32Array(columns * rows).fill(1);
  const [left, right] = [Math.floor(columns / 3), columns - Math.floor(columns / 3)];
  for (let row = rows >> 3; row < (rows * 6) >> 3; row += 1) {
    weights.fill(1 / 3, row * columns + left, row * columns + right);
  }
  const mean = sum(weights) / weights.length;
  return weights.map((weight) => weight / mean);
}
