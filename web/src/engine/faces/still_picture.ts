/** Whether a face belongs to a small picture on a flat card: a profile picture. As `faces/still_picture.py`. */
import { centre } from '../geometry';
import { pixelAt, type Picture } from '../image/picture';
import { at, median, roundHalfEven } from '../numbers';
import type { Box } from '../types';

/** Radii of rings around the face, in halves of its longer side. A live person's shoulders cross all of them. */
const RADII = [1.3, 1.7, 2.2, 2.8] as const;
const POINTS = 72;
const FLAT_LEVELS = 3;
const FLAT_SHARE = 0.82;
/** Share of a ring that must lie in the picture, or the ring is not judged. */
const MIN_RING_INSIDE = 0.9;

/** True where one of the rings around the face has one flat colour: below a live head there is always a body. */
export function isStillPicture(image: Picture, face: Box): boolean {
  return RADII.some((radius) => isFlatRing(image, face, (radius * Math.max(face.width, face.height)) / 2));
}

function isFlatRing(image: Picture, face: Box, reach: number): boolean {
  const [x, y] = centre(face);
  const places: number[] = [];
  for (let point = 0; point < POINTS; point += 1) {
    const angle = (2 * Math.PI * point) / POINTS;
    const [column, row] = [roundHalfEven(x + reach * Math.cos(angle)), roundHalfEven(y + reach * Math.sin(angle))];
    if (column >= 0 && column < image.width && row >= 0 && row < image.height) places.push(pixelAt(image, column, row));
  }
  if (places.length / POINTS < MIN_RING_INSIDE) return false;
  const middle = [0, 1, 2].map((channel) => median(places.map((place) => at(image.data, place + channel))));
  const isFlat = (place: number): boolean =>
    middle.every((level, channel) => Math.abs(at(image.data, place + channel) - level) <= FLAT_LEVELS);
  return places.filter(isFlat).length / places.length >= FLAT_SHARE;
}
