/** Searches one head for its face, in a window around it that is turned upright. As `faces/second_look.py`. */
import { centre, clipped, contains, makeBox, rounded } from '../geometry';
import { crop, shorterSide, type Picture } from '../image/picture';
import { applyTo, inverted, moved, rotationAround, warp, type Affine } from '../image/warp';
import { at, roundHalfEven } from '../numbers';
import type { Box, FaceDetection } from '../types';
import type { FaceCheck } from '../workers/jobs';
import type { BlazeFace, RawFace } from './blazeface';
import { MIN_PRESENCE } from './presence';
import { findUnreadable } from './readability';

/** The angle of an upright head. */
export const UPRIGHT_DEG = 0;

/** How a head is searched, and what counts as a face there. Scores and presences are 0 to 1. */
const CONFIG = {
  /** Side of the window over that of the head. */
  growth: 2,
  leastWindowPx: 24,
  /** Heads lean to a side; the next angle is tried where the one before shows no face. */
  anglesDeg: [UPRIGHT_DEG, -30, 30],
  minScore: 0.6,
  /** Of a face whose presence is unsure. Hands, chairs and cups at a person's head scored .66 at most. */
  minLoneScore: 0.75,
  leastFacePx: 9,
  /** Smallest and largest width of a face over that of its head. */
  faceOfHead: [0.25, 1.4],
} as const;

/** `likelyDeg`: the angle that is tried first. */
export interface HeadSearch {
  readonly tile: Box;
  readonly head: Box;
  readonly likelyDeg: number;
}

/** The face of one head, in pixels of the image and of no tile yet, and the angle at which it was found. */
export interface HeadFound {
  readonly face: FaceDetection | null;
  readonly angleDeg: number;
}

export async function searchHead(
  image: Picture,
  search: HeadSearch,
  detector: BlazeFace,
  check: (face: RawFace) => Promise<FaceCheck>,
): Promise<HeadFound> {
  const side = Math.max(CONFIG.leastWindowPx, CONFIG.growth * search.head.width);
  const place = rounded(clipped(search.tile, image.width, image.height));
  const patch = crop(image, place.x, place.y, place.width, place.height);
  const { likelyDeg } = search;
  if (shorterSide(patch) < CONFIG.leastFacePx) return { face: null, angleDeg: likelyDeg };
  const [headX, headY] = centre(search.head);
  const [x, y, pixels] = [headX - place.x, headY - place.y, roundHalfEven(side)];
  const angles = [...CONFIG.anglesDeg].sort((one, other) => Number(one !== likelyDeg) - Number(other !== likelyDeg));
  for (const angleDeg of angles) {
    const turn = moved(rotationAround(x, y, angleDeg, 1), side / 2 - x, side / 2 - y);
    for (const raw of await detector.find(warp(patch, turn, pixels, pixels, 'edge'))) {
      const face = moveBack(raw, moved(inverted(turn), place.x, place.y));
      if (!mayBeOf(search.head, face)) continue;
      const verified = judge(face, await check(face));
      if (verified) return { face: verified, angleDeg };
    }
  }
  return { face: null, angleDeg: likelyDeg };
}

/** A face of the upright window in pixels of the image. */
function moveBack(face: RawFace, toImage: Affine): RawFace {
  const keypointsPx = new Float32Array(face.keypointsPx.length);
  for (let index = 0; index < keypointsPx.length; index += 2) {
    keypointsPx.set(applyTo(toImage, at(face.keypointsPx, index), at(face.keypointsPx, index + 1)), index);
  }
  const [x, y] = applyTo(toImage, ...centre(face.box));
  const { width, height } = face.box;
  return { box: makeBox(x - width / 2, y - height / 2, width, height), score: face.score, keypointsPx };
}

function mayBeOf(head: Box, face: RawFace): boolean {
  const [low, high] = CONFIG.faceOfHead;
  const { width } = face.box;
  const isOfHead = contains(head, centre(face.box)) && low * head.width <= width && width <= high * head.width;
  return isOfHead && width >= CONFIG.leastFacePx && face.score >= CONFIG.minScore;
}

function judge(face: RawFace, check: FaceCheck): FaceDetection | null {
  if (check.presence < MIN_PRESENCE && face.score < CONFIG.minLoneScore) return null;
  const unreadable = findUnreadable(face, check.presence, check.isCovered);
  return { ...face, presence: check.presence, tile: null, cues: check.cues, unreadable, ageS: 0 };
}
