/**
 * Resizing as OpenCV 4.11 does it for bytes (`modules/imgproc/src/resize.cpp`), bit by bit: the networks were trained
 * and measured on such pictures, and one grey level of bias moves keypoints by a third of a pixel.
 */
import { clamp, roundHalfEven } from '../numbers';
import { kernels, type Shares } from './kernels';
import { makePicture, pixelAt, type Picture } from './picture';

const COEFFICIENT_SCALE = 2048; // INTER_RESIZE_COEF_SCALE

/** cv2.INTER_LINEAR. */
export function resizeLinear(source: Picture, width: number, height: number): Picture {
  if (source.width === 2 * width && source.height === 2 * height) return averageBlocks(source, width, height);
  return interpolate(source, linearSteps(source.width, width, true), linearSteps(source.height, height, false));
}

/** cv2.INTER_AREA: the mean of what a pixel covers. Where a side is enlarged, OpenCV interpolates in its own way. */
export function resizeArea(source: Picture, width: number, height: number): Picture {
  const [scaleX, scaleY] = [1 / (width / source.width), 1 / (height / source.height)];
  if (scaleX < 1 || scaleY < 1) {
    return interpolate(source, areaSteps(source.width, width), areaSteps(source.height, height));
  }
  const isWhole = [scaleX, scaleY].every((scale) => Math.abs(scale - Math.round(scale)) < Number.EPSILON);
  return isWhole ? averageBlocks(source, width, height) : averageCells(source, width, height);
}

/** Per place of the target: the two places of the source (`first` may equal `second`) and their weights of 2048. */
interface Steps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstWeight: Int32Array;
  readonly secondWeight: Int32Array;
}

function makeSteps(from: number, to: number, place: (index: number) => [start: number, rest: number]): Steps {
  const steps: Steps = {
    first: new Int32Array(to),
    second: new Int32Array(to),
    firstWeight: new Int32Array(to),
    secondWeight: new Int32Array(to),
  };
  for (let index = 0; index < to; index += 1) {
    const [start, rest] = place(index);
    steps.first[index] = clamp(start, 0, from - 1);
    steps.second[index] = clamp(start + 1, 0, from - 1);
    steps.firstWeight[index] = roundHalfEven(Math.fround(Math.fround(1 - rest) * COEFFICIENT_SCALE));
    steps.secondWeight[index] = roundHalfEven(Math.fround(rest * COEFFICIENT_SCALE));
  }
  return steps;
}

/** Columns beyond the border get the whole weight of the border; rows are repeated, and keep their weights. */
function linearSteps(from: number, to: number, isColumns: boolean): Steps {
  const scale = 1 / (to / from);
  return makeSteps(from, to, (index) => {
    const place = Math.fround((index + 0.5) * scale - 0.5);
    const start = Math.floor(place);
    if (isColumns && start < 0) return [0, 0];
    if (isColumns && start >= from - 1) return [from - 1, 0];
    return [start, Math.fround(place - start)];
  });
}

function areaSteps(from: number, to: number): Steps {
  const [inverse, scale] = [to / from, 1 / (to / from)];
  return makeSteps(from, to, (index) => {
    const start = Math.floor(index * scale);
    const rest = Math.fround(index + 1 - (start + 1) * inverse);
    return [start, rest <= 0 ? 0 : Math.fround(rest - Math.floor(rest))];
  });
}

/** In fixed point: rows to whole numbers of 11 more bits, then columns. */
function interpolate(source: Picture, columns: Steps, rows: Steps): Picture {
  const target = makePicture(columns.first.length, rows.first.length);
  const lines = [new Int32Array(target.width * 3), new Int32Array(target.width * 3)] as const;
  const held = [-1, -1];
  for (let y = 0; y < target.height; y += 1) {
    const wanted = [rows.first[y] as number, rows.second[y] as number] as const;
    if (held[1] === wanted[0] && held[0] !== wanted[0]) {
      lines[0].set(lines[1]);
      held[0] = wanted[0];
    }
    for (const index of [0, 1] as const) {
      if (held[index] !== wanted[index]) interpolateRow(source, wanted[index], columns, lines[index]);
      held[index] = wanted[index];
    }
    blendRows(lines[0], lines[1], rows.firstWeight[y] as number, rows.secondWeight[y] as number, target, y);
  }
  return target;
}

function interpolateRow(source: Picture, y: number, columns: Steps, line: Int32Array): void {
  const { data, pixelStride } = source;
  const start = pixelAt(source, 0, y);
  for (let x = 0, to = 0; x < columns.first.length; x += 1, to += 3) {
    const one = start + (columns.first[x] as number) * pixelStride;
    const other = start + (columns.second[x] as number) * pixelStride;
    const [weight, otherWeight] = [columns.firstWeight[x] as number, columns.secondWeight[x] as number];
    line[to] = (data[one] as number) * weight + (data[other] as number) * otherWeight;
    line[to + 1] = (data[one + 1] as number) * weight + (data[other + 1] as number) * otherWeight;
    line[to + 2] = (data[one + 2] as number) * weight + (data[other + 2] as number) * otherWeight;
  }
}

/** The rounding of OpenCV's `VResizeLinear` for bytes. */
function blendRows(one: Int32Array, other: Int32Array, a: number, b: number, target: Picture, y: number): void {
  const start = pixelAt(target, 0, y);
  for (let index = 0; index < one.length; index += 1) {
    const upper = (a * ((one[index] as number) >> 4)) >> 16;
    const lower = (b * ((other[index] as number) >> 4)) >> 16;
    target.data[start + index] = clamp((upper + lower + 2) >> 2, 0, 255);
  }
}

/** The mean of whole blocks: `resizeAreaFast`. */
function averageBlocks(source: Picture, width: number, height: number): Picture {
  const [wide, high] = [Math.round(source.width / width), Math.round(source.height / height)];
  return kernels().averageBlocks(source, width, height, wide, high);
}

const cachedShares = new Map<string, Shares>();

function areaShares(from: number, to: number): Shares {
  const key = `${from} ${to}`;
  const known = cachedShares.get(key);
  if (known) return known;
  const made = computeShares(from, to);
  if (cachedShares.size > 256) cachedShares.clear(); // windows are resized, tiles follow: a few dozen sizes a layout
  cachedShares.set(key, made);
  return made;
}

/**
 * `computeResizeAreaTab`. Those of target `t` are `first[t]`, `first[t] + 1`, ..., with the shares from `starts[t]` up to
 * `starts[t + 1]`.
 */
function computeShares(from: number, to: number): Shares {
  const scale = 1 / (to / from);
  const [first, starts, shares] = [new Int32Array(to), new Int32Array(to + 1), [] as number[]];
  for (let index = 0; index < to; index += 1) {
    const [start, end] = [index * scale, index * scale + scale];
    const width = Math.min(scale, from - start);
    const last = Math.min(Math.floor(end), from - 1);
    const whole = Math.min(Math.ceil(start), last);
    const hasPartBefore = whole - start > 1e-3;
    first[index] = hasPartBefore ? whole - 1 : whole;
    if (hasPartBefore) shares.push((whole - start) / width);
    for (let place = whole; place < last; place += 1) shares.push(1 / width);
    if (end - last > 1e-3) shares.push(Math.min(Math.min(end - last, 1), width) / width);
    starts[index + 1] = shares.length;
  }
  return { first, starts, shares: Float32Array.from(shares) };
}

/** The mean of cells with parts of pixels, in 32-bit floats as `ResizeArea_Invoker` has it. */
function averageCells(source: Picture, width: number, height: number): Picture {
  return kernels().averageCells(source, areaShares(source.width, width), areaShares(source.height, height));
}
