/**
 * A layout that was found, and the cheap checks whether a later frame still shows it. As `gallery/layout_tracking.py`.
 */
import { bottom, right } from '../geometry';
import { copyPicture, everyNth, makePlane, pixelAt, type Picture, type Plane } from '../image/picture';
import { at, clamp, sum } from '../numbers';
import type { Box } from '../types';
import { gapTest, maskGap, type Colour } from './background';

/** Every eighth pixel is sampled. */
const STEP_PX = 8;
/** Points on each side of a tile. */
const RIM_POINTS = 9;
const POINTS = 4 * RIM_POINTS;
/** Share of tiles whose rims may change: a coloured frame marks the speaker's tile while the layout holds. */
export const MAX_BROKEN_RIMS = 0.04;

/** Levels are of 0 to 255. */
const CONFIG = {
  /** Share of the frame that may change outside the tiles (a clock, a button) before the layout is searched again. */
  maxNewContent: 0.004,
  changedLevels: 16,
  /** Share of a tile that must stand out from the gaps. */
  minTileContent: 0.2,
  /** From a tile's border to the points on both sides of it. */
  rimOffsetPx: 2,
  /** From one side of a border to the other, where there is no gap. */
  rimStepLevels: 8,
  /** Of a tile's rim points that showed a border, how many must still do... */
  minRimShare: 0.6,
  /** ...and of each side's. */
  minSideShare: 0.25,
} as const;

/** By tile, then by side: pixels of a border's outer side, and those across from them. */
interface Rims {
  readonly outer: readonly [x: number, y: number][];
  readonly inner: readonly [x: number, y: number][];
}

/** Where the tiles are, in reading order, and what the frame looked like around them. */
export class Layout {
  readonly boxes: readonly Box[];
  /** Null where the tiles were found by their sides, or there are none. */
  readonly gapColour: Colour | null;
  readonly #width: number;
  readonly #height: number;
  readonly #samples: Picture;
  /** 1 for the samples that lie in no tile. */
  readonly #outside: Plane;
  readonly #rims: Rims;
  readonly #borders: Uint8Array;

  /** The layout of these tiles in this frame. */
  constructor(image: Picture, boxes: readonly Box[], gapColour: Colour | null) {
    this.boxes = boxes;
    this.gapColour = gapColour;
    this.#width = image.width;
    this.#height = image.height;
    this.#samples = copyPicture(everyNth(image, STEP_PX));
    this.#outside = makePlane(this.#samples.width, this.#samples.height);
    this.#outside.data.fill(1);
    for (const box of boxes) {
      forEachSample(box, this.#outside, (place) => {
        this.#outside.data[place] = 0;
      });
    }
    this.#rims = {
      outer: boxes.flatMap((box) => pointsAlong(box, CONFIG.rimOffsetPx, image)),
      inner: boxes.flatMap((box) => pointsAlong(box, -CONFIG.rimOffsetPx - 1, image)),
    };
    this.#borders = this.#findBorders(image);
  }

  /** Whether every tile is where it was. */
  tilesHold(image: Picture): boolean {
    if (image.width !== this.#width || image.height !== this.#height) return false;
    if (!this.boxes.length) return true;
    if (this.gapColour && !this.#areFilled(image, this.gapColour)) return false;
    const now = this.#findBorders(image);
    const broken = this.boxes.filter((_, tile) => this.#isBroken(now, tile)).length;
    return broken <= Math.max(1, MAX_BROKEN_RIMS * this.boxes.length);
  }

  /** Whether nothing has changed beside the tiles, where another one may have appeared. */
  surroundingsHold(image: Picture): boolean {
    const samples = everyNth(image, STEP_PX);
    const isGap = this.gapColour && gapTest(this.gapColour);
    let changed = 0;
    for (let y = 0, index = 0; y < samples.height; y += 1) {
      for (let x = 0; x < samples.width; x += 1, index += 1) {
        if (!(this.#outside.data[index] as number)) continue;
        const [now, before] = [pixelAt(samples, x, y), pixelAt(this.#samples, x, y)];
        const differs = isGap
          ? isGap(samples.data, now) !== isGap(this.#samples.data, before)
          : distance(samples.data, now, this.#samples.data, before) >= CONFIG.changedLevels;
        if (differs) changed += 1;
      }
    }
    return changed <= CONFIG.maxNewContent * this.#outside.data.length;
  }

  /** Whether every tile stands out from the gaps. */
  #areFilled(image: Picture, gapColour: Colour): boolean {
    const gap = maskGap(everyNth(image, STEP_PX), gapColour);
    return this.boxes.every((box) => {
      let [content, count] = [0, 0];
      forEachSample(box, gap, (place) => {
        count += 1;
        if (!(gap.data[place] as number)) content += 1;
      });
      return content / count >= CONFIG.minTileContent;
    });
  }

  /** A row that moves by half a tile keeps the upper and lower sides of its tiles, and loses vertical ones. */
  #isBroken(now: Uint8Array, tile: number): boolean {
    const [before, kept] = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    for (let point = 0; point < POINTS; point += 1) {
      const side = Math.floor(point / RIM_POINTS);
      if (!at(this.#borders, tile * POINTS + point)) continue;
      before[side] = at(before, side) + 1;
      kept[side] = at(kept, side) + (now[tile * POINTS + point] as number);
    }
    const lostSide = before.some(
      (count, side) => count > RIM_POINTS / 2 && at(kept, side) < CONFIG.minSideShare * count,
    );
    return lostSide || sum(kept) < CONFIG.minRimShare * sum(before);
  }

  /** 1 where a border shows: as gap outside, or, without a gap colour, as a step in a channel. */
  #findBorders(image: Picture): Uint8Array {
    const isGap = this.gapColour && gapTest(this.gapColour);
    return Uint8Array.from(this.#rims.outer, (outer, index) => {
      const place = pixelAt(image, ...outer);
      if (isGap) return isGap(image.data, place) ? 1 : 0;
      const across = pixelAt(image, ...at(this.#rims.inner, index));
      return distance(image.data, place, image.data, across) >= CONFIG.rimStepLevels ? 1 : 0;
    });
  }
}

type Bytes = Uint8Array | Uint8ClampedArray;

/** In the channel that differs most. */
function distance(one: Bytes, place: number, other: Bytes, otherPlace: number): number {
  return Math.max(
    Math.abs((one[place] as number) - (other[otherPlace] as number)),
    Math.abs((one[place + 1] as number) - (other[otherPlace + 1] as number)),
    Math.abs((one[place + 2] as number) - (other[otherPlace + 2] as number)),
  );
}

/** Visits the samples inside a box, by their places in the plane of samples. */
function forEachSample(box: Box, samples: Plane, visit: (place: number) => void): void {
  const [left, end] = [Math.floor(box.x / STEP_PX), Math.floor(right(box) / STEP_PX) + 1];
  const [top, low] = [Math.floor(box.y / STEP_PX), Math.floor(bottom(box) / STEP_PX) + 1];
  for (let y = top; y < Math.min(low, samples.height); y += 1) {
    for (let x = left; x < Math.min(end, samples.width); x += 1) visit(y * samples.width + x);
  }
}

/** Points along the four sides of a tile, this far outside it; inside if negative. Clipped to the frame. */
function pointsAlong(box: Box, offsetPx: number, frame: { width: number; height: number }): [number, number][] {
  const steps = Array.from({ length: RIM_POINTS }, (_, index) => 0.1 + (0.8 * index) / (RIM_POINTS - 1));
  const [alongX, alongY] = [
    steps.map((step) => box.x + step * box.width),
    steps.map((step) => box.y + step * box.height),
  ];
  const [above, below] = [box.y - offsetPx, bottom(box) - 1 + offsetPx];
  const [before, behind] = [box.x - offsetPx, right(box) - 1 + offsetPx];
  const points: [number, number][] = [
    ...alongX.map((x): [number, number] => [x, above]),
    ...alongX.map((x): [number, number] => [x, below]),
    ...alongY.map((y): [number, number] => [before, y]),
    ...alongY.map((y): [number, number] => [behind, y]),
  ];
  return points.map(([x, y]) => [Math.trunc(clamp(x, 0, frame.width - 1)), Math.trunc(clamp(y, 0, frame.height - 1))]);
}
