/**
 * Whether a tile shows a camera's picture, or the card of a camera that is off. As `gallery/camera.py`, whose thresholds
 * were tuned on rendered and real call windows.
 */
import { clipped, rounded } from '../geometry';
import { medianOfMask } from '../image/morphology';
import { crop, everyNth, makePlane, pixelAt, type Picture, type Plane } from '../image/picture';
import { argmax, at, clamp, quantile, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';
import { showsAvatar } from './avatar';
import { columnShares, isCentred, isDiscInTheMiddle, rowShares } from './card_shapes';

/** Levels are of 0 to 255, in the channel that differs most; shares are of the tile unless another is named. */
const CONFIG = {
  sampledRows: 48,
  /** Smaller tiles count as cards. */
  minSidePx: 16,
  /** Pixels this near to the card's colour have it, but for the coding of a video. */
  exactLevels: 1,
  /** Share of a card's left and right edge... */
  minExactRim: 0.85,
  /** ...or this near, where the whole window was compressed as one picture. */
  noisyLevels: 8,
  /** Pixels farther from the card's colour are content: more than the coding of the edge, within these bounds. */
  contentLevels: [8, 12],
  /** Share that has one colour, where the edge is no card's: a speaker's frame or a button may cover it. */
  minPlainWithoutRim: 0.8,
  /** Rows below what is in a card's middle, down to its label. */
  belowMiddle: [0.6, 0.97],
  /** Width, and upper end, of the lower left corner, where an icon stands higher than the label. */
  besideIcon: 0.25,
  aboveIcon: 0.6,
  /** Share of an empty row that is not card: a picture's round end, but no shoulders. */
  maxRowContent: 0.1,
  /** From the tile's middle to that of a name or a profile picture. */
  maxOffCentre: 0.03,
  /** Rows within which a long name stays... */
  lineOfName: [0.35, 0.65],
  /** ...that takes this share of a card's width or more. */
  minNameWidth: 0.5,
  middleThird: [0.3, 0.7],
  minContrastLevels: 40,
  /** Share of the middle third that a name fills... */
  minInMiddle: 0.03,
  /** ...and of that share, what noise fills at both sides. */
  maxBesideMiddle: 0.2,
  /** Share of a picture's column that differs from the card... */
  filledColumn: 0.75,
  /** ...and of the columns beside it. */
  emptyColumn: 0.15,
  /** Of width over height from 1, of a profile picture as high as the tile... */
  maxSquareDeviation: 0.08,
  /** ...and of a smaller one, whose height counts a tile that was found some pixels too large twice. */
  maxDeviationInside: 0.16,
  /** Cards are painted much like the window around them... */
  cardNearWindowLevels: 48,
  /** ...or dark. */
  darkCardLevels: 80,
} as const;

type Colour = readonly [number, number, number];

/** False for a card, and for a profile picture on a blurred background. The box may reach out of the frame.
 *
 * `isAvatar`: `showsAvatar`, or what remembers its results.
 */
export function isCameraOn(image: Picture, tile: Box, isAvatar = showsAvatar): boolean {
  return showsPicture(image, tile) && !isAvatar(image, tile);
}

/** False for a plain card, with or without initials or a still profile picture. The box may reach out of the frame. */
export function showsPicture(image: Picture, tile: Box): boolean {
  const box = clipped(tile, image.width, image.height);
  if (Math.min(box.width, box.height) < CONFIG.minSidePx) return false;
  const patch = sample(image, box);
  const rim = listRim(patch);
  const colour = medianColour(patch, rim);
  const offColour = rim.map((place) => distanceAt(patch, place, colour));
  if (!isRim(offColour, CONFIG.noisyLevels)) return plainShare(patch) < CONFIG.minPlainWithoutRim;
  const distances = distancesTo(patch, colour);
  const content = medianOfMask(maskAbove(distances, contentLevels(offColour)));
  const isExact = isRim(offColour, CONFIG.exactLevels);
  const square = findSquare(content, box);
  if (square !== null) {
    const isPainted = isExact || isBright(distances, content);
    return !isPainted || (square.fillsHeight && !isCardColour(image, box, colour));
  }
  const isClosed = hasEmptyRow(content) || isDiscInTheMiddle(content, CONFIG.maxRowContent, CONFIG.maxOffCentre);
  if (!isClosed || isExact) return !isClosed;
  return !((isAloneInTheMiddle(content) || isLongName(content)) && isBright(distances, content));
}

/** Width and height of the tile's edge, where corners are round and a frame may mark the speaker. */
function margins(box: Box): [x: number, y: number] {
  return [
    Math.max(4, Math.floor(roundHalfEven(box.width) / 40)),
    Math.max(4, Math.floor(roundHalfEven(box.height) / 30)),
  ];
}

/** A coarse view of the tile without its edge. */
function sample(image: Picture, box: Box): Picture {
  const { x, y, width, height } = rounded(box);
  const step = Math.max(1, Math.floor(height / CONFIG.sampledRows));
  const [marginX, marginY] = margins(box);
  return everyNth(crop(image, x + marginX, y + marginY, width - 2 * marginX, height - 2 * marginY), step);
}

/** Where the pixels of the left and right edge lie, above the name, where a card shows nothing but its colour. */
function listRim(patch: Picture): number[] {
  const [first, end] = [roundHalfEven(0.22 * patch.height), roundHalfEven(0.8 * patch.height)];
  const columns = [0, 1, patch.width - 2, patch.width - 1];
  const places: number[] = [];
  for (let y = first; y < end; y += 1) for (const x of columns) places.push(pixelAt(patch, x, y));
  return places;
}

/** Whether an edge that is so far from its middle colour is a card's. */
function isRim(offColour: readonly number[], levels: number): boolean {
  return offColour.filter((off) => off <= levels).length >= CONFIG.minExactRim * offColour.length;
}

/** Share of the tile that has its commonest colour. */
function plainShare(patch: Picture): number {
  const places = listPlaces(everyNth(patch, 3));
  const colour = medianColour(patch, places);
  return places.filter((place) => distanceAt(patch, place, colour) <= CONFIG.exactLevels).length / places.length;
}

/** How far from the card's colour content is, given how far its edge is from it. */
function contentLevels(offColour: readonly number[]): number {
  const [low, high] = CONFIG.contentLevels;
  const sorted = [...offColour].sort((one, other) => one - other);
  return clamp(at(sorted, roundHalfEven(0.9 * (sorted.length - 1))) + 2, low, high);
}

function listPlaces(patch: Picture): number[] {
  const places: number[] = [];
  for (let y = 0; y < patch.height; y += 1) for (let x = 0; x < patch.width; x += 1) places.push(pixelAt(patch, x, y));
  return places;
}

/** The middle value of each channel of the pixels at these places. */
function medianColour(picture: Picture, places: readonly number[]): Colour {
  return [0, 1, 2].map((channel) => {
    const counts = new Uint32Array(256);
    for (const place of places) {
      const level = picture.data[place + channel] as number;
      counts[level] = (counts[level] as number) + 1;
    }
    let level = 0;
    for (let below = counts[0] as number; below <= places.length >> 1 && level < 255;) {
      level += 1;
      below += counts[level] as number;
    }
    return level;
  }) as unknown as Colour;
}

/** How far a pixel is from a colour, in the channel that differs most. */
function distanceAt({ data }: Picture, place: number, colour: Colour): number {
  return Math.max(
    Math.abs((data[place] as number) - colour[0]),
    Math.abs((data[place + 1] as number) - colour[1]),
    Math.abs((data[place + 2] as number) - colour[2]),
  );
}

function distancesTo(patch: Picture, colour: Colour): Plane {
  const plane = makePlane(patch.width, patch.height);
  for (let y = 0, to = 0; y < patch.height; y += 1) {
    let place = pixelAt(patch, 0, y);
    for (let x = 0; x < patch.width; x += 1, to += 1, place += patch.pixelStride) {
      plane.data[to] = distanceAt(patch, place, colour);
    }
  }
  return plane;
}

function maskAbove(plane: Plane, level: number): Plane {
  return { ...plane, data: plane.data.map((value) => (value > level ? 1 : 0)) };
}

/** Whether a row below the middle shows hardly anything but card. */
function hasEmptyRow(content: Plane): boolean {
  const [first, end] = CONFIG.belowMiddle.map((share) => roundHalfEven(share * content.height)) as [number, number];
  const shares = rowShares(content, first, end, roundHalfEven(CONFIG.besideIcon * content.width), content.width);
  return shares.some((share) => share <= CONFIG.maxRowContent);
}

/**
 * Whether a name or a picture stands in the very middle, with card on both sides. A dark room is as plain as a noisy
 * card, but rarely is anybody exactly there.
 */
function isAloneInTheMiddle(content: Plane): boolean {
  const shares = columnShares(content, 0, roundHalfEven(CONFIG.aboveIcon * content.height));
  const [first, last] = CONFIG.middleThird.map((share) => roundHalfEven(share * shares.length)) as [number, number];
  const inMiddle = mean(shares.slice(first, last));
  const reach = first >> 1;
  const beside = mean([...shares.slice(0, reach), ...shares.slice(shares.length - reach)]);
  if (inMiddle < CONFIG.minInMiddle || beside > CONFIG.maxBesideMiddle * inMiddle) return false;
  return isCentred(shares, CONFIG.maxOffCentre);
}

/** Whether all there is above the label is one line of text in the very middle: some names are as wide as a card. */
function isLongName(content: Plane): boolean {
  const [first, end] = CONFIG.lineOfName.map((share) => roundHalfEven(share * content.height)) as [number, number];
  const shares = columnShares(content, first, end);
  const isLine =
    !content.data.subarray(0, first * content.width).some((set) => set > 0) &&
    shares.filter((share) => share > 0).length >= CONFIG.minNameWidth * shares.length;
  return isLine && isCentred(shares, CONFIG.maxOffCentre);
}

/** Whether the middle stands out from the card as letters and pictures do, unlike a person in a dark room. */
function isBright(distances: Plane, content: Plane): boolean {
  const end = roundHalfEven(CONFIG.aboveIcon * content.height) * content.width;
  const levels = distances.data.subarray(0, end).filter((_, index) => (content.data[index] as number) > 0);
  return quantile(levels, 0.9) >= CONFIG.minContrastLevels;
}

/**
 * The picture with straight sides, as wide as it is high, in the very middle; a label may cover its lower end.
 * `fillsHeight`: of the tile.
 */
function findSquare(content: Plane, box: Box): { fillsHeight: boolean } | null {
  const { width, height } = content;
  const middle = [0.45, 0.55].map((share) => roundHalfEven(share * width)) as [number, number];
  const top = rowShares(content, 0, height >> 1, ...middle).findIndex((share) => share >= 0.5);
  if (top < 0) return null;
  const shares = columnShares(content, top, roundHalfEven(0.65 * height));
  const first = shares.findIndex((share) => share >= CONFIG.filledColumn);
  const last = shares.findLastIndex((share) => share >= CONFIG.filledColumn);
  if (first < 0 || Math.abs((first + last + 1) / 2 / width - 0.5) > CONFIG.maxOffCentre) return null;
  const beside = [...shares.slice(Math.max(0, first - 3), Math.max(0, first - 1)), ...shares.slice(last + 2, last + 4)];
  if (!beside.length || at(beside, argmax(beside)) > CONFIG.emptyColumn) return null;
  const [marginX, marginY] = margins(box);
  const side = ((last - first + 1) / width) * (box.width - 2 * marginX);
  const above = top ? marginY + (top / height) * (box.height - 2 * marginY) : 0;
  const tolerance = top ? CONFIG.maxDeviationInside : CONFIG.maxSquareDeviation;
  return Math.abs(side / (box.height - 2 * above) - 1) <= tolerance ? { fillsHeight: top === 0 } : null;
}

/** Whether the bars are dark, or much like the window around the tile, as cards are; a wall rarely is. */
function isCardColour(image: Picture, box: Box, colour: Colour): boolean {
  if (Math.max(...colour) <= CONFIG.darkCardLevels) return true;
  const { x, y, width, height } = rounded(box);
  const columns = [x - 3, x + width + 2].filter((column) => column >= 0 && column < image.width);
  const places: number[] = [];
  const end = Math.min(image.height, y + Math.floor((3 * height) / 4));
  for (let row = Math.max(0, y + Math.floor(height / 4)); row < end; row += 1) {
    for (const column of columns) places.push(pixelAt(image, column, row));
  }
  if (!places.length) return true;
  const beside = medianColour(image, places);
  return (
    Math.max(...beside.map((level, channel) => Math.abs(level - at(colour, channel)))) <= CONFIG.cardNearWindowLevels
  );
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
