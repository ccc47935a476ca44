/** Whether a face carries an expression that can be read, and if not, why. As `faces/readability.py`. */
import type { Picture } from '../image/picture';
import { pixelAt } from '../image/picture';
import { chromaOf } from '../image/colour';
import { at, roundHalfEven } from '../numbers';
import type { PresenceReading, UnreadableReason } from '../types';
import type { RawFace } from './blazeface';
import { isCoarse, MIN_PRESENCE } from './presence';

/** Beyond these no expression is read. */
const LIMITS = {
  leastPx: 18,
  /** Distance of the nose from the middle between the eyes, in distances of the eyes: a turn of some 50 degrees. */
  noseOffset: 0.5,
  /** Distance in a and b of CIELAB. */
  coverChroma: 12.5,
} as const;

type Point = readonly [x: number, y: number];

/**
 * Why no expression is read from that face, as the presence of its tile; null where it can be read.
 *
 * `presence`: the landmark model's. A face of which it is unsure is not read, unless it is too coarse for it.
 */
export function findUnreadable(face: RawFace, presence: number, isCovered: boolean): PresenceReading | null {
  const reason = findReason(face, isCovered);
  if (reason === null && (presence >= MIN_PRESENCE || isCoarse(face.box))) return null;
  return { presence: 'unreadable', evidence: { key: 'presence.face_unreadable' }, reason };
}

/**
 * Whether mouth and cheeks have another colour than the bridge of the nose: a mask. Its brightness says nothing, as
 * beards and shadows are dark too.
 */
export function isFaceCovered(image: Picture, face: RawFace): boolean {
  const [left, right, nose, mouth] = keypointsOf(face);
  const middle = mix(left, 0.5, right, 0.5);
  const across = mix(right, 1, left, -1);
  const cheeks = mix(middle, 0.25, mouth, 0.75);
  const lower = [mouth, mix(cheeks, 1, across, -0.45), mix(cheeks, 1, across, 0.45)];
  const radius = face.box.width / 12;
  const skin = readChroma(image, mix(middle, 0.7, nose, 0.3), radius);
  const distances = lower.map((point) => {
    const [a, b] = readChroma(image, point, radius);
    return Math.hypot(a - skin[0], b - skin[1]);
  });
  return Math.min(...distances) > LIMITS.coverChroma;
}

function findReason(face: RawFace, isCovered: boolean): UnreadableReason | null {
  if (Math.min(face.box.width, face.box.height) < LIMITS.leastPx) return 'too_small';
  if (measureNoseOffset(face) > LIMITS.noseOffset) return 'turned';
  return isCovered ? 'masked' : null;
}

/** Of the nose from the middle between the eyes, along their line, in distances of the eyes. */
function measureNoseOffset(face: RawFace): number {
  const [left, right, nose] = keypointsOf(face);
  const eyes = mix(right, 1, left, -1);
  const offset = mix(nose, 1, mix(left, 0.5, right, 0.5), -1);
  return Math.abs(offset[0] * eyes[0] + offset[1] * eyes[1]) / Math.max(eyes[0] ** 2 + eyes[1] ** 2, 1e-6);
}

/** Mean a and b of CIELAB around a point of the image; grey outside it. */
function readChroma(image: Picture, [pointX, pointY]: Point, radius: number): Point {
  const [x, y, reach] = [roundHalfEven(pointX), roundHalfEven(pointY), Math.max(1, roundHalfEven(radius))];
  let [a, b, count] = [0, 0, 0];
  for (let row = Math.max(0, y - reach); row < Math.min(image.height, y + reach + 1); row += 1) {
    for (let column = Math.max(0, x - reach); column < Math.min(image.width, x + reach + 1); column += 1) {
      const place = pixelAt(image, column, row);
      const chroma = chromaOf(
        image.data[place] as number,
        image.data[place + 1] as number,
        image.data[place + 2] as number,
      );
      [a, b, count] = [a + chroma[0], b + chroma[1], count + 1];
    }
  }
  return count ? [a / count, b / count] : [128, 128];
}

function keypointsOf({ keypointsPx }: RawFace): [Point, Point, Point, Point] {
  const point = (index: number): Point => [at(keypointsPx, 2 * index), at(keypointsPx, 2 * index + 1)];
  return [point(0), point(1), point(2), point(3)];
}

function mix(one: Point, share: number, other: Point, otherShare: number): Point {
  return [one[0] * share + other[0] * otherShare, one[1] * share + other[1] * otherShare];
}
