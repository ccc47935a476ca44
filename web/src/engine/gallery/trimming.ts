/** Takes from tiles found by their sides what does not belong to them: gaps, and a strip's blank margin. */
import { clipped, makeBox, rounded } from '../geometry';
import { crop, pixelAt, type Picture } from '../image/picture';
import { at, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';
import type { EdgeMap, Sides } from './edges';

/** As those of `gallery/lines.py`. */
const CONFIG = {
  maxGapPx: 14,
  /** So far inside a tile its own edge may be: at most this, and this share of its shorter side... */
  trimmedShare: 0.1,
  /** ...where so much of the side is edge. */
  minTrimmedSide: 0.8,
  /** Of a tile's width, how wide a blank margin may be... */
  maxBlankShare: 0.3,
  /** ...with this share of edge, in this share of the tiles. */
  minBesideBlank: 0.6,
  blankLevels: 4,
} as const;

/** The boxes without what is blank at the same side of most of them: a strip's margin beside a shared window. */
export function trimBlank(boxes: readonly Box[], image: Picture, edges: EdgeMap): Box[] {
  const widest = boxes.length ? roundHalfEven(CONFIG.maxBlankShare * Math.min(...boxes.map((box) => box.width))) : 0;
  let trimmed = [...boxes];
  for (const side of [0, 1, 2, 3] as const) {
    for (let by = CONFIG.maxGapPx; by < widest; by += 1) {
      const amounts = [0, 1, 2, 3].map((index) => (index === side ? by : 0)) as unknown as Sides;
      const inner = boxes.map((box) => shrink(box, amounts));
      if (mean(inner.map((box) => edges.measureSides(box)[side])) < CONFIG.minBesideBlank) continue;
      const blank = boxes.map((box, index) => (isBlankBetween(box, at(inner, index), image) ? 1 : 0));
      if (mean(blank) < CONFIG.minBesideBlank) continue;
      trimmed = trimmed.map((box) => shrink(box, amounts));
      break;
    }
  }
  return trimmed;
}

/** The box without the gaps beside its tile: a gap has two edges, and the inner one is the tile's. */
export function trimGaps(box: Box, edges: EdgeMap): Box {
  const reach = roundHalfEven(Math.min(CONFIG.maxGapPx, CONFIG.trimmedShare * Math.min(box.width, box.height)));
  const shares = Array.from({ length: reach + 1 }, (_, by) => edges.measureSides(shrink(box, [by, by, by, by])));
  // An edge is marked from two pixels before its place to one behind it.
  const before = [1, 1, 2, 2] as const;
  const amounts = before.map((marked, side) => {
    const least = Math.max(CONFIG.minTrimmedSide, at(at(shares, 0), side) - 0.1);
    const innermost = shares.findLastIndex((each) => at(each, side) >= least);
    return Math.max(0, innermost - marked);
  });
  return shrink(box, amounts as unknown as Sides);
}

function shrink(box: Box, [left, top, right, bottom]: Sides): Box {
  return makeBox(box.x + left, box.y + top, box.width - left - right, box.height - top - bottom);
}

/** Whether the part of the box at the one side where `within` is smaller has one colour. */
function isBlankBetween(box: Box, within: Box, image: Picture): boolean {
  const outer = rounded(clipped(box, image.width, image.height));
  const inner = rounded(within);
  let patch = crop(image, outer.x, outer.y, outer.width, outer.height);
  if (inner.x > outer.x) patch = crop(patch, 0, 0, inner.x - outer.x - 2, patch.height);
  else if (inner.width < outer.width) patch = crop(patch, inner.width + 2, 0, patch.width, patch.height);
  else if (inner.y > outer.y) patch = crop(patch, 0, 0, patch.width, inner.y - outer.y - 2);
  else patch = crop(patch, 0, inner.height + 2, patch.width, patch.height);
  return hasOneLevel(crop(patch, 2, 2, patch.width - 4, patch.height - 4));
}

/** Whether all pixels are nearly the same, in green; false without any. */
function hasOneLevel(patch: Picture): boolean {
  let [low, high] = [255, 0];
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const level = patch.data[pixelAt(patch, x, y) + 1] as number;
      [low, high] = [Math.min(low, level), Math.max(high, level)];
    }
    if (high - low > 2 * CONFIG.blankLevels) return false;
  }
  return low <= high;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
