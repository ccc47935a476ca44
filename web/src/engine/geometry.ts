/** Rectangles in a frame: what `fer_desktop/types/geometry.py` does with them. */
import { clamp, roundHalfEven } from './numbers';
import type { Box } from './types';

export type Point = readonly [x: number, y: number];

export function makeBox(x: number, y: number, width: number, height: number): Box {
  return { x, y, width, height };
}

export const right = (box: Box): number => box.x + box.width;
export const bottom = (box: Box): number => box.y + box.height;
export const area = (box: Box): number => box.width * box.height;
export const centre = (box: Box): Point => [box.x + box.width / 2, box.y + box.height / 2];

/** Whether a point lies inside; the right and the bottom edge do not. */
export function contains(box: Box, [x, y]: Point): boolean {
  return box.x <= x && x < right(box) && box.y <= y && y < bottom(box);
}

export function shifted(box: Box, dx: number, dy: number): Box {
  return makeBox(box.x + dx, box.y + dy, box.width, box.height);
}

/** The area that both boxes cover; 0 where they do not overlap. */
export function intersectionArea(one: Box, other: Box): number {
  const width = Math.min(right(one), right(other)) - Math.max(one.x, other.x);
  const height = Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Intersection over union, 0 to 1. */
export function iou(one: Box, other: Box): number {
  const shared = intersectionArea(one, other);
  const union = area(one) + area(other) - shared;
  return union > 0 ? shared / union : 0;
}

/** The part inside a frame of that size; of no size where there is none. */
export function clipped(box: Box, width: number, height: number): Box {
  const [x0, y0] = [clamp(box.x, 0, width), clamp(box.y, 0, height)];
  return makeBox(x0, y0, clamp(right(box), 0, width) - x0, clamp(bottom(box), 0, height) - y0);
}

/** In whole pixels; left, top, width and height are rounded one by one, as on the desktop. */
export function rounded(box: Box): Box {
  return makeBox(roundHalfEven(box.x), roundHalfEven(box.y), roundHalfEven(box.width), roundHalfEven(box.height));
}

export function sameBox(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}

/** A text that is equal for equal boxes, as a key of maps. */
export function boxKey(box: Box): string {
  return `${String(box.x)} ${String(box.y)} ${String(box.width)} ${String(box.height)}`;
}
