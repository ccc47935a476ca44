/**
 * What the segmentation of one camera picture shows: how much of a person, where the head must be, what hides it. As
 * `people/sighting.py`.
 */
import { centre, clipped, makeBox, right, rounded } from '../geometry';
import { findComponents, paintComponent } from '../image/components';
import { crop, everyNth, everyNthRow, greyPicture, makePlane, pixelAt, shorterSide } from '../image/picture';
import type { Picture, Plane } from '../image/picture';
import { resizeArea } from '../image/resize';
import { maxBy, quantile, roundHalfEven, sum } from '../numbers';
import type { Box, UnreadableReason } from '../types';

/** Where the head lies in the outline of a person, and what can be read from there. Shares of lengths, 0 to 1. */
const HEAD = {
  /** Of the picture: smaller patches are not a person. */
  minPart: 0.005,
  /** Height of a head over that of a person who sits at a camera. */
  headOfBody: 0.62,
  /** Width of a head over that of the person, shoulders included. */
  headOfWidth: 0.62,
  /** Of the person's width: so much of it at the upper edge is a head that is cut off. */
  cutTop: 0.45,
  /** Of the picture's width: a head so near to a side is cut by it. */
  sideReach: 0.04,
  /** Height of a face from which it can be found. */
  readablePx: 16,
  faceOfHead: 0.6,
  /** Of 0 to 255: the 90th percentile of a person who sits in the dark. */
  darkLevel: 45,
} as const;
/** Levels by which the pixels of a bar beside a tall camera picture differ at most. */
const BAR_LEVELS = 6;
/** Share of the height above the name, which is written across the bars. */
const ABOVE_NAME = 0.7;
/** Share of the width that is kept, whatever resembles bars. */
const MIN_KEPT = 0.25;

/** Columns and rows of `PersonSighting.body`. */
export const BODY_CELLS = [32, 18] as const;

/**
 * One measurement. `share`: of the picture that shows a person. `body`: 1 for the cells of the tile that show one.
 * `head`: in pixels of the frame; null without a person. `hiddenBy`: why no face can be read there.
 */
export interface PersonSighting {
  readonly share: number;
  readonly body: Plane;
  readonly head: Box | null;
  readonly hiddenBy: UnreadableReason | null;
}

export const NOBODY: PersonSighting = { share: 0, body: makePlane(...BODY_CELLS), head: null, hiddenBy: null };

/** The camera picture in the tile: without the flat bars on both sides of a tall picture, which hide people. */
export function findPicture(image: Picture, tile: Box): Box {
  const { x: left, y: top, width, height } = rounded(clipped(tile, image.width, image.height));
  const start = Math.floor(height / 20);
  const above = crop(image, left, top + start, width, Math.max(0, roundHalfEven(ABOVE_NAME * height) - start));
  const patch = everyNthRow(above, Math.max(1, Math.floor(height / 36)));
  if (shorterSide(patch) < 2) return makeBox(left, top, width, height);
  const isBusy = Array.from({ length: patch.width }, (_, column) => spreadOf(patch, column) > BAR_LEVELS);
  const [first, last] = [isBusy.indexOf(true), isBusy.lastIndexOf(true)];
  const bar = first < 0 ? 0 : Math.min(first, width - 1 - last);
  const kept = width - 2 * bar < MIN_KEPT * width ? 0 : bar;
  return makeBox(left + kept, top, width - 2 * kept, height);
}

/** `mask`: of the `picture` inside the `tile`, both in pixels of the frame. */
export function describePerson(image: Picture, tile: Box, picture: Box, mask: Plane): PersonSighting {
  const filled = sum(mask.data) / mask.data.length;
  const share = (filled * picture.width) / Math.max(1, tile.width);
  const body = placeBody(mask, tile, picture);
  const part = findLargest(mask);
  if (!part) return { share, body, head: null, hiddenBy: null };
  const [scaleX, scaleY] = [picture.width / mask.width, picture.height / mask.height];
  const inMask = findHead(part);
  const head = makeBox(
    picture.x + inMask.x * scaleX,
    picture.y + inMask.y * scaleY,
    inMask.width * scaleX,
    inMask.height * scaleY,
  );
  return { share, body, head, hiddenBy: findHiddenBy(image, part, picture, head) };
}

/** The greatest difference between pixels of a column, in any colour. */
function spreadOf(patch: Picture, column: number): number {
  let widest = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    let [low, high] = [255, 0];
    for (let row = 0; row < patch.height; row += 1) {
      const level = patch.data[pixelAt(patch, column, row) + channel] as number;
      [low, high] = [Math.min(low, level), Math.max(high, level)];
    }
    widest = Math.max(widest, high - low);
  }
  return widest;
}

/** The mask in cells of the tile. */
function placeBody(mask: Plane, tile: Box, picture: Box): Plane {
  const [columns, rows] = BODY_CELLS;
  const body = makePlane(columns, rows);
  const place = (x: number): number => roundHalfEven(((x - tile.x) / Math.max(1, tile.width)) * columns);
  const last = Math.min(columns, Math.max(place(picture.x) + 1, place(right(picture))));
  const first = Math.max(0, Math.min(place(picture.x), last - 1));
  const full = { ...mask, data: mask.data.map((value) => value * 255) };
  const small = resizeArea(greyPicture(full), last - first, rows);
  for (let y = 0; y < rows; y += 1) {
    for (let x = first; x < last; x += 1) {
      body.data[y * columns + x] = (small.data[pixelAt(small, x - first, y)] as number) > 127 ? 1 : 0;
    }
  }
  return body;
}

/** The largest connected part of the mask; null where it is too small for a person. */
function findLargest(mask: Plane): Plane | null {
  const largest = maxBy(findComponents(mask), (part) => part.area);
  if (!largest || largest.area < HEAD.minPart * mask.data.length) return null;
  return paintComponent(largest, mask.width, mask.height);
}

/** The square in which the head must be, in cells of the mask: the upper end of the person. */
function findHead(part: Plane): Box {
  const filled = Array.from({ length: part.height }, (_, y) => filledColumns(part, y, y + 1).length > 0);
  const top = filled.indexOf(true);
  const height = filled.lastIndexOf(true) - top + 1;
  const width = filledColumns(part, 0, part.height).length;
  const side = Math.max(4, Math.min(HEAD.headOfBody * height, HEAD.headOfWidth * width));
  const columns = filledColumns(part, top, top + Math.max(1, roundHalfEven(0.5 * side)));
  const middle = columns.length ? sum(columns) / columns.length : part.width / 2;
  return makeBox(middle - side / 2, top, side, side);
}

/** The columns in which a pixel between two rows is set. */
function filledColumns(part: Plane, top: number, end: number): number[] {
  const columns: number[] = [];
  for (let x = 0; x < part.width; x += 1) {
    for (let y = top; y < Math.min(end, part.height); y += 1) {
      if (!(part.data[y * part.width + x] as number)) continue;
      columns.push(x);
      break;
    }
  }
  return columns;
}

/** What makes the face of that person unreadable, as far as the outline and the light show it. */
function findHiddenBy(image: Picture, part: Plane, picture: Box, head: Box): UnreadableReason | null {
  if (isDark(image, part, picture)) return 'too_dark';
  const width = Math.max(1, filledColumns(part, 0, part.height).length);
  if (filledColumns(part, 0, 2).length >= HEAD.cutTop * width) return 'cut_off';
  const margin = HEAD.sideReach * picture.width;
  const [x] = centre(head);
  if (x < picture.x + margin || x > right(picture) - margin) return 'cut_off';
  return HEAD.faceOfHead * head.height < HEAD.readablePx ? 'too_small' : null;
}

/** Whether even the lightest parts of the person are dark. */
function isDark(image: Picture, part: Plane, picture: Box): boolean {
  const { x, y, width, height } = rounded(picture);
  const step = Math.max(1, Math.floor(height / 36));
  const patch = everyNth(crop(image, x, y, width, height), step);
  const levels: number[] = [];
  for (let row = 0; row < patch.height; row += 1) {
    const from = Math.min(part.height - 1, Math.floor((row * part.height) / patch.height)) * part.width;
    for (let column = 0; column < patch.width; column += 1) {
      const inPart = Math.min(part.width - 1, Math.floor((column * part.width) / patch.width));
      if (!(part.data[from + inPart] as number)) continue;
      const place = pixelAt(patch, column, row);
      levels.push(
        Math.max(patch.data[place] as number, patch.data[place + 1] as number, patch.data[place + 2] as number),
      );
    }
  }
  return levels.length > 0 && quantile(levels, 0.9) < HEAD.darkLevel;
}
