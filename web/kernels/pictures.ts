/**
 * Resizing and warping as `src/engine/image` has them, four channels at a time. AssemblyScript, which vite compiles to
 * WebAssembly with SIMD (`vite.config.ts`). Pictures lie in the module's memory: sources with four bytes a pixel and
 * nothing in between, results with three. Results have four bytes of spare room behind them.
 */

/** The first byte that is free: pictures and tables are put there. */
export function freeFrom(): usize {
  return __heap_base;
}

/** Red, green, blue and the unread fourth byte of a pixel. */
function pixel(place: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(place)));
}

/** Stores levels as three bytes, and one beyond them, which the next pixel overwrites. */
function storePixel(place: usize, levels: v128): void {
  const narrow = i16x8.narrow_i32x4_s(levels, levels);
  v128.store_lane<u32>(place, i8x16.narrow_i16x8_u(narrow, narrow), 0);
}

/**
 * The means of cells with parts of pixels. Of target place `t` count the source's places from `first[t]` on, with the
 * shares from `starts[t]` up to `starts[t + 1]`. `total`: room for 16 bytes a column of the target.
 */
export function averageCells(
  source: usize,
  sourceWidth: u32,
  width: u32,
  height: u32,
  columnFirst: usize,
  columnStarts: usize,
  columnShares: usize,
  rowFirst: usize,
  rowStarts: usize,
  rowShares: usize,
  total: usize,
  target: usize,
): void {
  for (let y: u32 = 0; y < height; y += 1) {
    memory.fill(total, 0, (<usize>width) << 4);
    const start = load<u32>(rowStarts + (y << 2));
    const end = load<u32>(rowStarts + ((y + 1) << 2));
    for (let entry = start; entry < end; entry += 1) {
      const row = source + (((load<u32>(rowFirst + (y << 2)) + entry - start) * sourceWidth) << 2);
      const share = f32x4.splat(load<f32>(rowShares + (entry << 2)));
      addRow(row, width, columnFirst, columnStarts, columnShares, share, total);
    }
    let to = target + y * width * 3;
    for (let x: u32 = 0; x < width; x += 1, to += 3) {
      storePixel(to, i32x4.trunc_sat_f32x4_s(f32x4.nearest(v128.load(total + (x << 4)))));
    }
  }
}

function addRow(
  row: usize,
  width: u32,
  first: usize,
  starts: usize,
  shares: usize,
  rowShare: v128,
  total: usize,
): void {
  let entry = load<u32>(starts);
  for (let x: u32 = 0; x < width; x += 1) {
    const end = load<u32>(starts + ((x + 1) << 2));
    let from = row + (load<u32>(first + (x << 2)) << 2);
    let mean = f32x4.splat(0);
    for (; entry < end; entry += 1, from += 4) {
      mean = f32x4.add(
        mean,
        f32x4.mul(f32x4.convert_i32x4_s(pixel(from)), f32x4.splat(load<f32>(shares + (entry << 2)))),
      );
    }
    const place = total + (x << 4);
    v128.store(place, f32x4.add(v128.load(place), f32x4.mul(mean, rowShare)));
  }
}

/** The means of whole blocks of `wide` times `high` pixels. */
export function averageBlocks(
  source: usize,
  sourceWidth: u32,
  width: u32,
  height: u32,
  wide: u32,
  high: u32,
  target: usize,
): void {
  const isHalf = wide === 2 && high === 2;
  const share = f32x4.splat(<f32>(1.0 / <f64>(wide * high)));
  let to = target;
  for (let y: u32 = 0; y < height; y += 1) {
    for (let x: u32 = 0; x < width; x += 1, to += 3) {
      let total = i32x4.splat(0);
      for (let row: u32 = 0; row < high; row += 1) {
        let from = source + (((y * high + row) * sourceWidth + x * wide) << 2);
        for (let column: u32 = 0; column < wide; column += 1, from += 4) total = i32x4.add(total, pixel(from));
      }
      const mean = isHalf
        ? i32x4.shr_s(i32x4.add(total, i32x4.splat(2)), 2)
        : i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.convert_i32x4_s(total), share)));
      storePixel(to, mean);
    }
  }
}

/**
 * An affine warp. `acrossX`, `acrossY`: of each column of the target, and `downX`, `downY`: of each of its rows, in
 * 1024ths of a pixel; both together are a place of the source. `left`, `top`: of the whole picture, `width` times
 * `height`, where the source, `sourceWidth` wide, was cut out. `isBlack`: what lies beyond the picture, else its edge.
 */
export function warp(
  source: usize,
  sourceWidth: i32,
  left: i32,
  top: i32,
  width: i32,
  height: i32,
  acrossX: usize,
  acrossY: usize,
  downX: usize,
  downY: usize,
  targetWidth: u32,
  targetHeight: u32,
  isBlack: bool,
  target: usize,
): void {
  const stride = sourceWidth << 2;
  const origin = source - top * stride - (left << 2);
  let to = target;
  for (let y: u32 = 0; y < targetHeight; y += 1) {
    const startX = load<i32>(downX + (y << 2));
    const startY = load<i32>(downY + (y << 2));
    for (let x: u32 = 0; x < targetWidth; x += 1, to += 3) {
      const placeX = (startX + load<i32>(acrossX + (x << 2))) >> 5;
      const placeY = (startY + load<i32>(acrossY + (x << 2))) >> 5;
      const column = placeX >> 5;
      const row = placeY >> 5;
      const isInside = column >= 0 && row >= 0 && column + 1 < width && row + 1 < height;
      if (isInside) sampleInside(origin + row * stride + (column << 2), stride, placeX & 31, placeY & 31, to);
      else sampleAtBorder(origin, stride, width, height, placeX, placeY, isBlack, to);
    }
  }
}

/** The colour between four pixels. `restX`, `restY`: in 32nds of a pixel. */
function sampleInside(place: usize, stride: i32, restX: i32, restY: i32, to: usize): void {
  const weights = v128.shuffle<i16>(
    i16x8.splat(<i16>(32 - restX)),
    i16x8.splat(<i16>restX),
    0,
    1,
    2,
    3,
    12,
    13,
    14,
    15, // prettier-ignore
  );
  const upper = i16x8.mul(v128.load_ext<u8>(place), weights);
  const lower = i16x8.mul(v128.load_ext<u8>(place + stride), weights);
  const above = i16x8.add(upper, v128.shuffle<i64>(upper, upper, 1, 0));
  const below = i16x8.add(lower, v128.shuffle<i64>(lower, lower, 1, 0));
  const total = i32x4.add(
    i32x4.extmul_low_i16x8_s(above, i16x8.splat(<i16>(32 - restY))),
    i32x4.extmul_low_i16x8_s(below, i16x8.splat(<i16>restY)),
  );
  // 32 times as much, rounded to 15 bits.
  storePixel(to, i32x4.shr_s(i32x4.add(total, i32x4.splat(512)), 10));
}

/** The same where some of the four lie beyond the picture. */
function sampleAtBorder(
  origin: usize,
  stride: i32,
  width: i32,
  height: i32,
  placeX: i32,
  placeY: i32,
  isBlack: bool,
  to: usize,
): void {
  let total = i32x4.splat(512);
  for (let corner = 0; corner < 4; corner += 1) {
    const x = (placeX >> 5) + (corner & 1);
    const y = (placeY >> 5) + (corner >> 1);
    if (isBlack && (x < 0 || y < 0 || x >= width || y >= height)) continue;
    const column = max(0, min(x, width - 1));
    const row = max(0, min(y, height - 1));
    const restX = placeX & 31;
    const restY = placeY & 31;
    const share = (corner & 1 ? restX : 32 - restX) * (corner >> 1 ? restY : 32 - restY);
    total = i32x4.add(total, i32x4.mul(pixel(origin + row * stride + (column << 2)), i32x4.splat(share)));
  }
  storePixel(to, i32x4.shr_s(total, 10));
}
