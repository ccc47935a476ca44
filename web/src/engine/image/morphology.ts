/** Dilation, erosion and medians of planes, with OpenCV's borders: what lies outside never counts. */
import { makePlane, type Plane } from './picture';

/** The greatest value in a window of `width` x `height` around each pixel, anchored as OpenCV does (`size >> 1`). */
export function dilate(plane: Plane, width: number, height: number): Plane {
  return alongColumns(alongRows(plane, width, true), height, true);
}

/** The least value. */
export function erode(plane: Plane, width: number, height: number): Plane {
  return alongColumns(alongRows(plane, width, false), height, false);
}

function alongRows(plane: Plane, size: number, isMax: boolean): Plane {
  if (size <= 1) return plane;
  const target = makePlane(plane.width, plane.height);
  const filter = new LineFilter(plane.width, size, isMax);
  for (let y = 0; y < plane.height; y += 1) filter.apply(plane.data, target.data, y * plane.width, 1);
  return target;
}

function alongColumns(plane: Plane, size: number, isMax: boolean): Plane {
  if (size <= 1) return plane;
  const target = makePlane(plane.width, plane.height);
  const filter = new LineFilter(plane.height, size, isMax);
  for (let x = 0; x < plane.width; x += 1) filter.apply(plane.data, target.data, x, plane.width);
  return target;
}

/**
 * Extremes over windows of `size` along a line: running extremes from both ends of blocks of that size, three
 * comparisons a pixel whatever the size (van Herk, "A fast algorithm for local minimum and maximum filters", 1992).
 */
class LineFilter {
  readonly #length: number;
  readonly #size: number;
  readonly #isMax: boolean;
  readonly #line: Uint8Array;
  readonly #forwards: Uint8Array;
  readonly #backwards: Uint8Array;

  constructor(length: number, size: number, isMax: boolean) {
    [this.#length, this.#size, this.#isMax] = [length, size, isMax];
    this.#line = new Uint8Array(length + size - 1).fill(isMax ? 0 : 255);
    this.#forwards = this.#line.slice();
    this.#backwards = this.#line.slice();
  }

  apply(source: Uint8Array, target: Uint8Array, start: number, stride: number): void {
    const [size, isMax] = [this.#size, this.#isMax];
    const [line, forwards, backwards] = [this.#line, this.#forwards, this.#backwards];
    const before = size >> 1;
    for (let place = 0; place < this.#length; place += 1)
      line[before + place] = source[start + place * stride] as number;
    for (let place = 0; place < line.length; place += 1) {
      const [value, held] = [
        line[place] as number,
        place % size === 0 ? (line[place] as number) : (forwards[place - 1] as number),
      ];
      forwards[place] = value > held === isMax ? value : held;
    }
    for (let place = line.length - 1; place >= 0; place -= 1) {
      const isEnd = place === line.length - 1 || place % size === size - 1;
      const [value, held] = [line[place] as number, isEnd ? (line[place] as number) : (backwards[place + 1] as number)];
      backwards[place] = value > held === isMax ? value : held;
    }
    for (let place = 0; place < this.#length; place += 1) {
      const [value, held] = [backwards[place] as number, forwards[place + size - 1] as number];
      target[start + place * stride] = value > held === isMax ? value : held;
    }
  }
}

/** cv2.medianBlur(mask, 3) of 0 and 1: whether five or more of the nine pixels are 1; the border is repeated. */
export function medianOfMask(mask: Plane): Plane {
  const { width, height, data } = mask;
  const target = makePlane(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let count = 0;
      for (let row = y - 1; row <= y + 1; row += 1) {
        const start = Math.min(Math.max(row, 0), height - 1) * width;
        count +=
          (data[start + Math.max(x - 1, 0)] as number) +
          (data[start + x] as number) +
          (data[start + Math.min(x + 1, width - 1)] as number);
      }
      target.data[y * width + x] = count >= 5 ? 1 : 0;
    }
  }
  return target;
}
