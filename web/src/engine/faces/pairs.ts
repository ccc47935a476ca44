/**
 * Two tiles in one run of the detector, where a known face is only to be found again. As `faces/pairs.py`, which has
 * the measurements.
 */
import { centre, contains, iou } from '../geometry';
import { at } from '../numbers';
import type { Box } from '../types';
import type { RawFace } from './blazeface';

const MIN_ASPECT = 1.5;
const MIN_FACE_SHARE = 0.3;
const SAME_FACE_IOU = 0.4;
const MAX_SCORE_DROP = 0.1;

/** A face that was verified in an earlier frame. */
export interface KnownFace {
  readonly box: Box;
  readonly score: number;
}

/** False where the two do not even touch. */
export function mayMeet({ box }: KnownFace, face: RawFace): boolean {
  const [wide, high] = [box.width + face.box.width, box.height + face.box.height];
  return Math.abs(box.x - face.box.x) < wide && Math.abs(box.y - face.box.y) < high;
}

/** Whether `face` is where the known one was, with nearly its score. */
export function isMetBy(known: KnownFace, face: RawFace): boolean {
  return iou(known.box, face.box) > SAME_FACE_IOU && face.score > known.score - MAX_SCORE_DROP;
}

/** By the index of their tile: faces near the camera, where no other is known in the tile. */
export function findLoneFaces(tiles: readonly Box[], known: readonly KnownFace[]): Map<number, KnownFace> {
  const lone = new Map<number, KnownFace>();
  tiles.forEach((tile, index) => {
    const [face, ...others] = known.filter((each) => contains(tile, centre(each.box)));
    if (face && !others.length && face.box.height >= MIN_FACE_SHARE * tile.height) lone.set(index, face);
  });
  return lone;
}

/** Pairs of indices of the tiles to search together, of those with a lone face: wide ones, and tall ones. */
export function planPairs(tiles: readonly Box[], lone: Iterable<number>): [number, number][] {
  const indices = [...lone];
  const wide = indices.filter((index) => at(tiles, index).width >= MIN_ASPECT * at(tiles, index).height);
  const tall = indices.filter((index) => at(tiles, index).height >= MIN_ASPECT * at(tiles, index).width);
  return [...pairUp(wide), ...pairUp(tall)];
}

/** Whether a tile still shows its only face, and nothing else. */
export function isFoundAgain(known: KnownFace, faces: readonly RawFace[]): boolean {
  const [face, ...others] = faces;
  return face !== undefined && !others.length && isMetBy(known, face);
}

function pairUp(indices: readonly number[]): [number, number][] {
  return Array.from({ length: indices.length >> 1 }, (_, pair) => [at(indices, 2 * pair), at(indices, 2 * pair + 1)]);
}
