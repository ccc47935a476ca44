/**
 * MediaPipe's short-range face detector (BlazeFace) on one picture: letterbox, run, decode, suppress. As
 * `fer_desktop/vision/faces/blazeface.py`, whose constants are those of MediaPipe's own graph.
 */
import { area, intersectionArea, makeBox, shifted } from '../geometry';
import { halveTowards } from '../image/halving';
import { shorterSide, type Picture } from '../image/picture';
import { resizeLinear } from '../image/resize';
import type { Network } from '../models/network';
import { argsort, at, roundHalfEven, sigmoid, sum } from '../numbers';
import type { Box } from '../types';

const INPUT_PX = 128;
const ANCHORS_PER_GRID = [
  [16, 2],
  [8, 6],
] as const; // cells a side, anchors a cell (three layers of stride 16 run together)
const MIN_OVERLAP = 0.3;
const MIN_LOGIT = 0; // a score of .5
/** Numbers of a candidate: centre, size, then six keypoints, each x and y. */
const VALUES = 16;
/** Of the model's six: the eye at the picture's left, the eye at its right, nose tip, mouth centre; not the ears. */
export const KEYPOINTS = 4;

/** A detection that is not verified, in pixels of the picture that was searched. `keypointsPx`: x and y of each. */
export interface RawFace {
  readonly box: Box;
  readonly score: number;
  readonly keypointsPx: Float32Array;
}

/** Scale and offset of a picture in the network's input. */
export interface Letterbox {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** `values`: the sixteen numbers of an anchor, in pixels. */
interface Candidate {
  readonly values: Float64Array;
  readonly score: number;
}

const LEVELS = Float32Array.from({ length: 256 }, (_, level) => Math.fround(level * Math.fround(1 / 127.5)) - 1);
const ANCHORS = makeAnchors();

export class BlazeFace {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Faces of a picture, best first. */
  async find(image: Picture): Promise<RawFace[]> {
    if (shorterSide(image) < 2) return [];
    const canvas = makeCanvas();
    const letterbox = drawInto(canvas, image, makeBox(0, 0, INPUT_PX, INPUT_PX));
    return toFaces(await this.#run(canvas), letterbox);
  }

  /**
   * Faces of two pictures in one run of the network, each in one half of its input: above each other, or beside each
   * other where the first is higher than wide.
   */
  async findPair(first: Picture, second: Picture): Promise<[RawFace[], RawFace[]]> {
    const isWide = first.width >= first.height;
    const [half, whole] = [INPUT_PX / 2, INPUT_PX];
    const canvas = makeCanvas();
    const one = drawInto(canvas, first, isWide ? makeBox(0, 0, whole, half) : makeBox(0, 0, half, whole));
    const other = drawInto(canvas, second, isWide ? makeBox(0, half, whole, half) : makeBox(half, 0, half, whole));
    const candidates = await this.#run(canvas);
    const isInSecond = ({ values }: Candidate): boolean => (values[isWide ? 1 : 0] as number) >= half;
    return [
      toFaces(
        candidates.filter((each) => !isInSecond(each)),
        one,
      ),
      toFaces(candidates.filter(isInSecond), other),
    ];
  }

  async #run(canvas: Float32Array): Promise<Candidate[]> {
    const [logits, coordinates] = (await this.#network.run(canvas)) as [Float32Array, Float32Array];
    const candidates: Candidate[] = [];
    for (let index = 0; index < logits.length; index += 1) {
      if ((logits[index] as number) < MIN_LOGIT) continue;
      const values = Float64Array.from(coordinates.subarray(index * VALUES, (index + 1) * VALUES));
      for (let value = 0; value < VALUES; value += 1) {
        // All but the size are offsets from the anchor.
        if (value !== 2 && value !== 3)
          values[value] = (values[value] as number) + (ANCHORS[2 * index + (value % 2)] as number) * INPUT_PX;
      }
      candidates.push({ values, score: sigmoid(logits[index] as number) });
    }
    return candidates;
  }
}

/** The network's input in black. */
export function makeCanvas(): Float32Array {
  return new Float32Array(INPUT_PX * INPUT_PX * 3).fill(-1);
}

/** Puts the picture, scaled and centred, into that part of the input. */
export function drawInto(canvas: Float32Array, image: Picture, place: Box): Letterbox {
  const { picture, times } = halveTowards(image, place.width, place.height);
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  const width = Math.max(1, roundHalfEven(picture.width * scale));
  const height = Math.max(1, roundHalfEven(picture.height * scale));
  const left = place.x + Math.floor((place.width - width) / 2);
  const top = place.y + Math.floor((place.height - height) / 2);
  const inner = resizeLinear(picture, width, height);
  for (let y = 0, from = 0; y < height; y += 1) {
    let to = ((top + y) * INPUT_PX + left) * 3;
    for (let index = 0; index < width * 3; index += 1, from += 1, to += 1)
      canvas[to] = LEVELS[inner.data[from] as number] as number;
  }
  return { scale: scale / 2 ** times, left, top };
}

/** The faces in pixels of the picture that was drawn with that letterbox, best first. */
function toFaces(candidates: readonly Candidate[], letterbox: Letterbox): RawFace[] {
  const offsets = [letterbox.left, letterbox.top] as const;
  const inPicture = candidates.map(({ values, score }) => ({
    score,
    values: values.map((value, index) => {
      const offset = index === 2 || index === 3 ? 0 : offsets[(index % 2) as 0 | 1];
      return (value - offset) / letterbox.scale;
    }),
  }));
  return suppress(inPicture).map(toFace);
}

/** Merges overlapping candidates into one, weighted by their scores (MediaPipe's weighted suppression). */
function suppress(candidates: readonly Candidate[]): Candidate[] {
  let remaining = argsort(candidates.map((each) => -each.score)).map((index) => at(candidates, index));
  const merged: Candidate[] = [];
  for (let best = remaining[0]; best; best = remaining[0]) {
    const place = boxOf(best);
    const overlaps = new Map(remaining.map((each) => [each, overlapOf(place, boxOf(each))]));
    const group = remaining.filter((each) => (overlaps.get(each) ?? 0) > MIN_OVERLAP);
    if (!group.length) break; // a box without a size does not even meet itself
    merged.push({ values: blend(group), score: best.score });
    remaining = remaining.filter((each) => (overlaps.get(each) ?? 0) <= MIN_OVERLAP);
  }
  return merged;
}

function blend(group: readonly Candidate[]): Float64Array {
  const total = sum(group.map((each) => each.score));
  const values = new Float64Array(VALUES);
  for (const each of group) {
    for (let index = 0; index < VALUES; index += 1) {
      values[index] = (values[index] as number) + (at(each.values, index) * each.score) / total;
    }
  }
  return values;
}

function overlapOf(one: Box, other: Box): number {
  const shared = intersectionArea(one, other);
  return shared / Math.max(area(one) + area(other) - shared, 1e-6);
}

function boxOf({ values }: Candidate): Box {
  const [width, height] = [values[2] as number, values[3] as number];
  return makeBox((values[0] as number) - width / 2, (values[1] as number) - height / 2, width, height);
}

function toFace({ values, score }: Candidate): RawFace {
  const [width, height] = [Math.max(0, values[2] as number), Math.max(0, values[3] as number)];
  const box = makeBox((values[0] as number) - width / 2, (values[1] as number) - height / 2, width, height);
  return { box, score, keypointsPx: Float32Array.from(values.subarray(4, 4 + 2 * KEYPOINTS)) };
}

/** Each anchor's centre as fractions of the input: x and y of 896. */
function makeAnchors(): Float32Array {
  const centres: number[] = [];
  for (const [cells, anchors] of ANCHORS_PER_GRID) {
    for (let row = 0; row < cells; row += 1) {
      for (let column = 0; column < cells; column += 1) {
        for (let anchor = 0; anchor < anchors; anchor += 1) centres.push((column + 0.5) / cells, (row + 0.5) / cells);
      }
    }
  }
  return Float32Array.from(centres);
}

/** The face of a patch in pixels of the image that the patch was cut from. */
export function placeFace(face: RawFace, left: number, top: number): RawFace {
  const keypointsPx = face.keypointsPx.map((value, index) => value + (index % 2 === 0 ? left : top));
  return { box: shifted(face.box, left, top), score: face.score, keypointsPx };
}
