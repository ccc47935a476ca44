/**
 * Resizing as OpenCV 4.11 does it for bytes (`modules/imgproc/src/resize.cpp`), bit by bit: the networks were trained
 * and measured on such pictures, and one grey level of bias moves keypoints by a third of a pixel.
 */
import { at, clamp, roundHalfEven } from "../numbers";
import { makePicture, pixelAt, type Picture } from "./picture";

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
    const wanted = [at(rows.first, y), at(rows.second, y)] as const;
    if (held[1] === wanted[0] && held[0] !== wanted[0]) {
      lines[0].set(lines[1]);
      held[0] = wanted[0];
    }
    for (const index of [0, 1] as const) {
      if (held[index] !== wanted[index]) interpolateRow(source, wanted[index], columns, lines[index]);
      held[index] = wanted[index];
    }
    blendRows(lines[0], lines[1], at(rows.firstWeight, y), at(rows.secondWeight, y), target, y);
  }
  return target;
}

function interpolateRow(source: Picture, y: number, columns: Steps, line: Int32Array): void {
  const { data, pixelStride } = source;
  const start = pixelAt(source, 0, y);
  for (let x = 0, to = 0; x < columns.first.length; x += 1, to += 3) {
    const one = start + at(columns.first, x) * pixelStride;
    const other = start + at(columns.second, x) * pixelStride;
    const [weight, otherWeight] = [at(columns.firstWeight, x), at(columns.secondWeight, x)];
    line[to] = at(data, one) * weight + at(data, other) * otherWeight;
    line[to + 1] = at(data, one + 1) * weight + at(data, other + 1) * otherWeight;
    line[to + 2] = at(data, one + 2) * weight + at(data, other + 2) * otherWeight;
  }
}

/** The rounding of OpenCV's `VResizeLinear` for bytes. */
function blendRows(one: Int32Array, other: Int32Array, a: number, b: number, target: Picture, y: number): void {
  const start = pixelAt(target, 0, y);
  for (let index = 0; index < one.length; index += 1) {
    const upper = (a * (at(one, index) >> 4)) >> 16;
    const lower = (b * (at(other, index) >> 4)) >> 16;
    target.data[start + index] = clamp((upper + lower + 2) >> 2, 0, 255);
  }
}

/** The mean of whole blocks: `resizeAreaFast`. */
function averageBlocks(source: Picture, width: number, height: number): Picture {
  const target = makePicture(width, height);
  const [wide, high] = [Math.round(source.width / width), Math.round(source.height / height)];
  const isHalf = wide === 2 && high === 2;
  const share = Math.fround(1 / (wide * high));
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1, to += 1) {
        const total = sumBlock(source, x * wide, y * high, wide, high, channel);
        target.data[to] = isHalf ? (total + 2) >> 2 : roundHalfEven(Math.fround(total * share));
      }
    }
  }
  return target;
}

function sumBlock(source: Picture, left: number, top: number, wide: number, high: number, channel: number): number {
  let total = 0;
  for (let y = top; y < top + high; y += 1) {
    let from = pixelAt(source, left, y) + channel;
    for (let x = 0; x < wide; x += 1, from += source.pixelStride) total += at(source.data, from);
  }
  return total;
}

/** Which place of the source counts for which place of the target, and by how much: `computeResizeAreaTab`. */
interface Shares {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly share: Float32Array;
}

const cachedShares = new Map<string, Shares>();

function areaShares(from: number, to: number): Shares {
  const key = `${String(from)} ${String(to)}`;
  const known = cachedShares.get(key);
  if (known) return known;
  const made = computeShares(from, to);
  if (cachedShares.size > 256) cachedShares.clear(); // windows are resized, tiles follow: a few dozen sizes a layout
  cachedShares.set(key, made);
  return made;
}

function computeShares(from: number, to: number): Shares {
  const scale = 1 / (to / from);
  const entries: [number, number, number][] = [];
  for (let index = 0; index < to; index += 1) {
    const [start, end] = [index * scale, index * scale + scale];
    const width = Math.min(scale, from - start);
    const last = Math.min(Math.floor(end), from - 1);
    const first = Math.min(Math.ceil(start), last);
    if (first - start > 1e-3) entries.push([first - 1, index, (first - start) / width]);
    for (let place = first; place < last; place += 1) entries.push([place, index, 1 / width]);
    if (end - last > 1e-3) entries.push([last, index, Math.min(Math.min(end - last, 1), width) / width]);
  }
  return {
    from: Int32Array.from(entries, ([place]) => place),
    to: Int32Array.from(entries, ([, index]) => index),
    share: Float32Array.from(entries, ([, , share]) => share),
  };
}

/** The mean of cells with parts of pixels, in 32-bit floats as `ResizeArea_Invoker` has it. */
function averageCells(source: Picture, width: number, height: number): Picture {
  const target = makePicture(width, height);
  const columns = areaShares(source.width, width);
  const rows = areaShares(source.height, height);
  const line = new Float32Array(width * 3);
  const total = new Float32Array(width * 3);
  for (let entry = 0; entry < rows.from.length; entry += 1) {
    averageRow(source, at(rows.from, entry), columns, line);
    const share = at(rows.share, entry);
    const isNew = entry === 0 || at(rows.to, entry) !== at(rows.to, entry - 1);
    for (let index = 0; index < line.length; index += 1) {
      const part = Math.fround(at(line, index) * share);
      total[index] = isNew ? part : at(total, index) + part;
    }
    if (entry + 1 === rows.from.length || at(rows.to, entry + 1) !== at(rows.to, entry)) {
      const start = pixelAt(target, 0, at(rows.to, entry));
      for (let index = 0; index < total.length; index += 1) target.data[start + index] = toByte(at(total, index));
    }
  }
  return target;
}

function averageRow(source: Picture, y: number, columns: Shares, line: Float32Array): void {
  const { data, pixelStride } = source;
  const start = pixelAt(source, 0, y);
  line.fill(0);
  for (let entry = 0; entry < columns.from.length; entry += 1) {
    const from = start + at(columns.from, entry) * pixelStride;
    const to = at(columns.to, entry) * 3;
    const share = at(columns.share, entry);
    line[to] = at(line, to) + Math.fround(at(data, from) * share);
    line[to + 1] = at(line, to + 1) + Math.fround(at(data, from + 1) * share);
    line[to + 2] = at(line, to + 2) + Math.fround(at(data, from + 2) * share);
  }
}

function toByte(value: number): number {
  return clamp(roundHalfEven(value), 0, 255);
}
