/**
 * The loops over pixels that take most time, in WebAssembly with SIMD (`web/kernels`, decision 31). Pictures and tables
 * are copied into its memory for each call; what is there afterwards is overwritten by the next.
 */
import code from 'virtual:kernels';
import { makePicture, pixelAt, type Picture } from './picture';

/** Written beyond the end of a picture, and read beyond that of a source. */
const SPARE_BYTES = 16;
const PAGE_BYTES = 65_536;

/** What `web/kernels/pictures.ts` exports: places in memory, and numbers. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  freeFrom(): number;
  averageCells(...places: number[]): void;
  averageBlocks(...places: number[]): void;
  warp(...places: number[]): void;
}

type Table = Int32Array | Float32Array;

/** The places of a source that count for those of a target, and by how much. */
export interface Shares {
  readonly first: Int32Array;
  readonly starts: Int32Array;
  readonly shares: Float32Array;
}

/** Where a warp reads: of each column and row of the target, in 1024ths of a pixel; both together are a place. */
export interface Places {
  readonly acrossX: Int32Array;
  readonly acrossY: Int32Array;
  readonly downX: Int32Array;
  readonly downY: Int32Array;
}

/** A part of a picture, and where in it that lies. */
export interface Part {
  readonly patch: Picture;
  readonly left: number;
  readonly top: number;
}

class Kernels {
  readonly #exports: Exports;
  #free = 0;

  constructor() {
    const bytes = Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0));
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
  }

  averageCells(source: Picture, columns: Shares, rows: Shares): Picture {
    const [width, height] = [columns.first.length, rows.first.length];
    const from = this.#begin(source);
    const tables = [columns, rows].flatMap(({ first, starts, shares }) => [first, starts, shares]);
    const places = tables.map((table) => this.#put(table));
    const total = this.#reserve(16 * width);
    const target = this.#reserve(3 * width * height);
    this.#exports.averageCells(from, source.width, width, height, ...places, total, target);
    return this.#take(target, width, height);
  }

  averageBlocks(source: Picture, width: number, height: number, wide: number, high: number): Picture {
    const from = this.#begin(source);
    const target = this.#reserve(3 * width * height);
    this.#exports.averageBlocks(from, source.width, width, height, wide, high, target);
    return this.#take(target, width, height);
  }

  /** `whole`: of which the part, all that is read, was cut out. */
  warp({ patch, left, top }: Part, whole: Picture, places: Places, isBlack: boolean): Picture {
    const { acrossX, acrossY, downX, downY } = places;
    const [width, height] = [acrossX.length, downX.length];
    const from = this.#begin(patch);
    const tables = [acrossX, acrossY, downX, downY].map((table) => this.#put(table));
    const target = this.#reserve(3 * width * height);
    const source = [from, patch.width, left, top, whole.width, whole.height];
    this.#exports.warp(...source, ...tables, width, height, Number(isBlack), target);
    return this.#take(target, width, height);
  }

  /** Starts with empty memory, and puts the picture there, with four bytes a pixel. */
  #begin(source: Picture): number {
    this.#free = this.#exports.freeFrom();
    const place = this.#reserve(4 * source.width * source.height);
    const target = new Uint8Array(this.#exports.memory.buffer, place, 4 * source.width * source.height);
    if (source.pixelStride === 4) copyRows(source, target);
    else copyPixels(source, target);
    return place;
  }

  #put(table: Table): number {
    const place = this.#reserve(table.byteLength);
    new Uint8Array(this.#exports.memory.buffer, place).set(
      new Uint8Array(table.buffer, table.byteOffset, table.byteLength),
    );
    return place;
  }

  #reserve(bytes: number): number {
    const place = this.#free;
    this.#free = (place + bytes + 2 * SPARE_BYTES) & ~(SPARE_BYTES - 1);
    const { memory } = this.#exports;
    const missing = this.#free - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return place;
  }

  #take(place: number, width: number, height: number): Picture {
    const picture = makePicture(width, height);
    picture.data.set(new Uint8Array(this.#exports.memory.buffer, place, picture.data.length));
    return picture;
  }
}

function copyRows(source: Picture, target: Uint8Array): void {
  const { data, width, height } = source;
  const rowBytes = 4 * width;
  for (let y = 0; y < height; y += 1) {
    target.set(new Uint8Array(data.buffer, data.byteOffset + pixelAt(source, 0, y), rowBytes), y * rowBytes);
  }
}

function copyPixels(source: Picture, target: Uint8Array): void {
  const { data, width, height, pixelStride } = source;
  for (let y = 0, to = 0; y < height; y += 1) {
    let from = pixelAt(source, 0, y);
    for (let x = 0; x < width; x += 1, from += pixelStride, to += 4) {
      target[to] = data[from] as number;
      target[to + 1] = data[from + 1] as number;
      target[to + 2] = data[from + 2] as number;
    }
  }
}

let made: Kernels | null = null;

/** Those of this worker. Made when they are needed: the page itself never does. */
export function kernels(): Kernels {
  made ??= new Kernels();
  return made;
}
