/**
 * Two tiles in one run of the detector, where a known face is only to be found again, or none was for a while. As
 * `faces/pairs.py`, which has the measurements.
 */
import { boxKey, centre, contains, iou } from '../geometry';
import { at } from '../numbers';
import type { Box } from '../types';
import type { RawFace } from './blazeface';

const MIN_ASPECT = 1.5;
const MIN_FACE_SHARE = 0.3;
const SAME_FACE_IOU = 0.4;
/** Searches in a row without anything found before a tile shares a run with another. */
const MIN_VAIN = 3;
const MAX_SCORE_DROP = 0.1;

/** A detection of an earlier frame that was checked: a face, or none. */
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

/** Pairs of those indices, of the tiles to search together: wide ones, and tall ones. */
export function planPairs(tiles: readonly Box[], indices: readonly number[]): [number, number][] {
  const wide = indices.filter((index) => at(tiles, index).width >= MIN_ASPECT * at(tiles, index).height);
  const tall = indices.filter((index) => at(tiles, index).height >= MIN_ASPECT * at(tiles, index).width);
  return [...pairUp(wide), ...pairUp(tall)];
}

/** Whether a tile still shows its only face, and nothing else; without one, whether it still shows nothing. */
export function isAsExpected(known: KnownFace | undefined, faces: readonly RawFace[]): boolean {
  const [face, ...others] = faces;
  if (!known || !face) return !known && !face;
  return !others.length && isMetBy(known, face);
}

/**
 * How often in a row each tile was searched without anything found, faces or what resembles one. Frames come in order:
 * `startFrame`, `find`, `note`.
 */
export class VainSearches {
  #vain = new Map<string, number>();

  /** `tiles`: all of the frame; the others are forgotten. */
  startFrame(tiles: readonly Box[]): void {
    this.#vain = new Map(tiles.map((tile) => [boxKey(tile), this.#count(tile)]));
  }

  /** The indices of those that were last searched in vain several times. */
  find(tiles: readonly Box[]): number[] {
    return tiles.flatMap((tile, index) => (this.#count(tile) >= MIN_VAIN ? [index] : []));
  }

  /** Takes what was found in each of the tiles that were searched. */
  note(tiles: readonly Box[], found: readonly (readonly RawFace[])[]): void {
    tiles.forEach((tile, index) => this.#vain.set(boxKey(tile), at(found, index).length ? 0 : this.#count(tile) + 1));
  }

  #count(tile: Box): number {
    return this.#vain.get(boxKey(tile)) ?? 0;
  }
}

function pairUp(indices: readonly number[]): [number, number][] {
  return Array.from({ length: indices.length >> 1 }, (_, pair) => [at(indices, 2 * pair), at(indices, 2 * pair + 1)]);
}
