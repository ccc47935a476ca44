/** The straight edges of a picture, and how much of a rectangle's sides they cover. As `gallery/edges.py`. */
import { bottom, right } from '../geometry';
import { dilate } from '../image/morphology';
import { makePlane, pixelAt, type Picture, type Plane } from '../image/picture';
import { clamp, median, roundHalfEven } from '../numbers';
import type { Box } from '../types';

const CONFIG = {
  /** Levels between both sides of an edge. */
  minStep: 7,
  /** Length of the shortest edge. */
  runPx: 32,
  /** Of a run, how much must be edge: by chance a third of it is, where a picture is all texture. */
  minRunShare: 0.5,
  /** Only the strongest step within this distance is an edge. */
  thinPx: 7,
  /** A picture cut by the border differs from what surrounds the others by more. */
  filledLevels: 8,
  /** From a side to its edge at most. */
  nearPx: 1,
} as const;

/** Share of each side of a rectangle that is straight edge, or where the picture's border cuts it. */
export type Sides = readonly [left: number, top: number, right: number, bottom: number];

export function meanSide(sides: Sides): number {
  return (sides[0] + sides[1] + sides[2] + sides[3]) / 4;
}

/**
 * The edges of one picture. An edge's place is the first column, or row, behind it. Tables have a row and a column more
 * than the picture: `down` counts pixels near vertical edges above each row, `across` those near horizontal edges left
 * of each column; `sharpDown`: as `down`, of the pixels on an edge.
 */
export class EdgeMap {
  readonly width: number;
  readonly height: number;
  readonly down: Int32Array;
  readonly across: Int32Array;
  readonly sharpDown: Int32Array;
  /** Of each row: the longest edge, in pixels. */
  readonly longestAcross: Int32Array;
  readonly sharpAcross: Int32Array;

  constructor(image: Picture) {
    this.width = image.width;
    this.height = image.height;
    const turnedImage = transposed(image);
    const [left, last, top, lowest] = markFilledBorders(image);
    const { near, sharp } = markEdges(image, left, last);
    const turned = markEdges(turnedImage, top, lowest);
    this.down = countDown(near);
    this.across = countAcross(turned.near);
    this.sharpDown = countDown(sharp);
    this.longestAcross = longestRuns(turned.near);
    this.sharpAcross = countColumns(turned.sharp);
  }

  /** Of a box that may reach out of the picture by some pixels. */
  measureSides(box: Box): Sides {
    const [x0, x1] = [box.x, right(box)].map((x) => clamp(roundHalfEven(x), 0, this.width)) as [number, number];
    const [y0, y1] = [box.y, bottom(box)].map((y) => clamp(roundHalfEven(y), 0, this.height)) as [number, number];
    const [height, width] = [Math.max(1, y1 - y0), Math.max(1, x1 - x0)];
    const row = this.width + 1;
    const vertical = (x: number): number =>
      ((this.down[y1 * row + x] as number) - (this.down[y0 * row + x] as number)) / height;
    const level = (y: number): number =>
      ((this.across[y * row + x1] as number) - (this.across[y * row + x0] as number)) / width;
    return [vertical(x0), level(y0), vertical(x1), level(y1)];
  }
}

/** 1 near vertical edges, which are runs of steps from one column to the next; and 1 on them. */
interface Edges {
  readonly near: Plane;
  readonly sharp: Plane;
}

/** `left`, `last`: by row, whether the picture is cut by its border, which is an edge then. */
function markEdges(image: Picture, left: Uint8Array, last: Uint8Array): Edges {
  const isEdge = markSteps(image);
  const runs = markRuns(isEdge);
  const near = dilate(runs, 1 + 2 * CONFIG.nearPx, 1);
  const { width, height } = isEdge;
  for (let y = 0; y < height; y += 1) {
    const [start, end] = [y * width, (y + 1) * width];
    if (left[y] as number) near.data.fill(1, start, Math.min(start + 2, end));
    if (last[y] as number) near.data.fill(1, Math.max(start, end - 2), end);
  }
  const sharp = { ...runs, data: runs.data.map((value, index) => value & (isEdge.data[index] as number)) };
  return { near, sharp };
}

/** 1 where the step from one side of a pixel to the other is the strongest nearby. */
function markSteps(image: Picture): Plane {
  const { width, height, data, pixelStride } = image;
  const step = makePlane(width, height);
  for (let y = 0; y < height; y += 1) {
    let before = pixelAt(image, 0, y);
    for (let x = 1; x < width - 1; x += 1, before += pixelStride) {
      const after = before + 2 * pixelStride;
      step.data[y * width + x] = Math.max(
        Math.abs((data[after] as number) - (data[before] as number)),
        Math.abs((data[after + 1] as number) - (data[before + 1] as number)),
        Math.abs((data[after + 2] as number) - (data[before + 2] as number)),
      );
    }
  }
  const peak = dilate(step, CONFIG.thinPx, 1);
  const isEdge = step.data.map((level, index) =>
    level >= CONFIG.minStep && (peak.data[index] as number) - level <= 1 ? 1 : 0,
  );
  return { data: isEdge, width, height };
}

/** 1 along columns where half of the 32 pixels around are edge, and as far beyond as such a run reaches. */
function markRuns(isEdge: Plane): Plane {
  const half = CONFIG.runPx / 2;
  const dense = countAlongColumns(isEdge, half, half - 1, true);
  const least = CONFIG.minRunShare * CONFIG.runPx;
  const isDense = { ...isEdge, data: dense.map((count) => (count >= least ? 1 : 0)) };
  const reached = countAlongColumns(isDense, half / 2, half / 2 - 1, false);
  return { ...isEdge, data: reached.map((count) => (count > 0 ? 1 : 0)) };
}

/**
 * How many of the pixels from `before` above to `after` below each one are set, as bytes. `repeat`: the first and last
 * row are repeated beyond the border.
 */
function countAlongColumns(mask: Plane, before: number, after: number, repeat: boolean): Uint8Array {
  const { data, width, height } = mask;
  const counts = new Uint8Array(width * height);
  const rowOf = (y: number): number => (repeat ? clamp(y, 0, height - 1) : y) * width;
  const isCounted = (y: number): boolean => repeat || (y >= 0 && y < height);
  const running = new Int16Array(width);
  const add = (y: number, sign: number): void => {
    if (!isCounted(y)) return;
    const row = rowOf(y);
    for (let x = 0; x < width; x += 1) running[x] = (running[x] as number) + sign * (data[row + x] as number);
  };
  for (let y = -before; y < after; y += 1) add(y, 1);
  for (let y = 0; y < height; y += 1) {
    add(y + after, 1);
    counts.set(running, y * width);
    add(y - before, -1);
  }
  return counts;
}

/** For the left, right, upper and lower border where the picture reaches it: not in the border's common colour. */
function markFilledBorders(image: Picture): [Uint8Array, Uint8Array, Uint8Array, Uint8Array] {
  const { width, height } = image;
  const columns = [0, width - 1].map((x) => Array.from({ length: height }, (_, y) => pixelAt(image, x, y)));
  const rows = [0, height - 1].map((y) => Array.from({ length: width }, (_, x) => pixelAt(image, x, y)));
  const borders = [...columns, ...rows];
  const places = borders.flat();
  const common = [0, 1, 2].map((channel) => median(places.map((place) => image.data[place + channel] as number)));
  const isFilled = (place: number): number =>
    common.some((level, channel) => Math.abs((image.data[place + channel] as number) - level) > CONFIG.filledLevels)
      ? 1
      : 0;
  return borders.map((border) => Uint8Array.from(border, isFilled)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
}

/** Rows become columns. A view: only the strides change. */
function transposed(image: Picture): Picture {
  return {
    ...image,
    width: image.height,
    height: image.width,
    rowStride: image.pixelStride,
    pixelStride: image.rowStride,
  };
}

/** How many pixels of the mask lie above each row; the last column is repeated. */
function countDown({ data, width, height }: Plane): Int32Array {
  const counts = new Int32Array((height + 1) * (width + 1));
  for (let y = 0; y < height; y += 1) {
    const [row, next] = [y * (width + 1), (y + 1) * (width + 1)];
    for (let x = 0; x < width; x += 1) counts[next + x] = (counts[row + x] as number) + (data[y * width + x] as number);
    counts[next + width] = counts[next + width - 1] as number;
  }
  return counts;
}

/** Of a mask turned on its side: how many pixels lie left of each column; the last row is repeated. */
function countAcross({ data, width: height, height: width }: Plane): Int32Array {
  const row = width + 1;
  const counts = new Int32Array((height + 1) * row);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      counts[y * row + x + 1] = (counts[y * row + x] as number) + (data[x * height + y] as number);
  }
  counts.copyWithin(height * row, (height - 1) * row, height * row);
  return counts;
}

/** Of a mask turned on its side: the longest run in each row of the picture, and 0 for the one behind the last. */
function longestRuns({ data, width: height, height: width }: Plane): Int32Array {
  const [run, longest] = [new Int32Array(height), new Int32Array(height + 1)];
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      run[y] = (data[x * height + y] as number) ? (run[y] as number) + 1 : 0;
      if ((run[y] as number) > (longest[y] as number)) longest[y] = run[y] as number;
    }
  }
  return longest;
}

/** How many pixels of each column are set, and 0 for the one behind the last. */
function countColumns({ data, width, height }: Plane): Int32Array {
  const counts = new Int32Array(width + 1);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) counts[x] = (counts[x] as number) + (data[y * width + x] as number);
  }
  return counts;
}
