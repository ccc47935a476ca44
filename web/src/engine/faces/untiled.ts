/**
 * Selects untiled faces among what the search windows show: most of it is letters, patterns and known faces. As
 * `faces/untiled.py`.
 */
import { area, centre, contains, intersectionArea } from '../geometry';
import type { Picture } from '../image/picture';
import { at, median } from '../numbers';
import type { Box, FaceDetection, Tile } from '../types';
import type { RawFace } from './blazeface';
import { isStillPicture } from './still_picture';
import type { Detection } from './verification';

/** What counts as an untiled face, or as a second one in a tile. Scores and presences are 0 to 1. */
const CONFIG = {
  /** Share of the smaller box inside the larger from which two boxes are one face. */
  samePlace: 0.4,
  /** Windows overlap, so a face is found several times: so many of its detections are checked. */
  maxCandidates: 3,
  minScore: 0.6,
  minPresence: 0.7,
  minSecondScore: 0.8,
  minSecondPresence: 0.95,
  minSizePx: 18,
  /** Of the median face in tiles: much smaller faces beside the tiles are profile pictures. */
  minRelativeSize: 0.45,
} as const;

/** Detections that may be faces besides the `known` ones, with the index of their tile; none in skipped tiles. */
export function selectCandidates(
  detections: readonly RawFace[],
  tiles: readonly Tile[],
  skip: ReadonlySet<number>,
  known: readonly Box[],
): Detection[] {
  return keepBestCandidates(detections.filter((each) => each.score >= CONFIG.minScore))
    .filter((face) => !known.some((box) => overlap(face.box, box) >= CONFIG.samePlace))
    .map((face) => ({ face, tile: findTile(face.box, tiles) }))
    .filter(({ face, tile }) => (tile === null ? isLargeEnough(face.box, known) : !skip.has(tile)));
}

/** Of verified faces the certain ones, each once. `filled`: tiles, or null, that show a face already. */
export function selectFaces(
  image: Picture,
  verified: readonly FaceDetection[],
  filled: ReadonlySet<number | null>,
): FaceDetection[] {
  return keepBest(verified).filter(
    (face) => isCertain(face, filled.has(face.tile)) && !isStillPicture(image, face.box),
  );
}

/** Of detections that share a place the best few. */
function keepBestCandidates(faces: readonly RawFace[]): RawFace[] {
  const kept: RawFace[] = [];
  for (const face of byScore(faces)) {
    const same = kept.filter((other) => overlap(face.box, other.box) >= CONFIG.samePlace);
    if (same.length < CONFIG.maxCandidates) kept.push(face);
  }
  return kept;
}

/** Of faces that share a place the best scored; from top to bottom. */
function keepBest(faces: readonly FaceDetection[]): FaceDetection[] {
  const kept: FaceDetection[] = [];
  for (const face of byScore(faces)) {
    if (kept.every((other) => overlap(face.box, other.box) < CONFIG.samePlace)) kept.push(face);
  }
  return kept.sort((one, other) => one.box.y - other.box.y || one.box.x - other.box.x);
}

function byScore<Face extends { readonly score: number }>(faces: readonly Face[]): Face[] {
  return [...faces].sort((one, other) => other.score - one.score);
}

/** The smallest tile that holds the centre of the box. */
function findTile(box: Box, tiles: readonly Tile[]): number | null {
  let smallest: number | null = null;
  tiles.forEach((tile, index) => {
    if (!contains(tile.box, centre(box))) return;
    if (smallest === null || area(tile.box) < area(at(tiles, smallest).box)) smallest = index;
  });
  return smallest;
}

function isLargeEnough(box: Box, known: readonly Box[]): boolean {
  const middle = known.length ? median(known.map((other) => other.height)) : 0;
  return box.height >= Math.max(CONFIG.minSizePx, CONFIG.minRelativeSize * middle);
}

function isCertain(face: FaceDetection, isSecond: boolean): boolean {
  return isSecond
    ? face.score >= CONFIG.minSecondScore && face.presence >= CONFIG.minSecondPresence
    : face.score >= CONFIG.minScore && face.presence >= CONFIG.minPresence;
}

/** The share of the smaller box that lies in the other. */
function overlap(one: Box, other: Box): number {
  return intersectionArea(one, other) / Math.max(Math.min(area(one), area(other)), 1);
}
