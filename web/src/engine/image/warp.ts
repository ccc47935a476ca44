/** Affine warps with bilinear interpolation, as OpenCV 4.11 has them, and the matrices that go with them. */
import { clamp, roundHalfEven } from '../numbers';
import { makePicture, pixelAt, type Picture } from './picture';

/** x' = a x + b y + c, y' = d x + e y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What lies beyond the picture: black, or its edge. */
export type Border = 'black' | 'edge';

/** cv2.getRotationMatrix2D: around a point, counter-clockwise as the picture is seen. */
export function rotationAround(x: number, y: number, angleDeg: number, scale: number): Affine {
  const [centreX, centreY] = [Math.fround(x), Math.fround(y)];
  const angle = (angleDeg * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return [
    cosine,
    sine,
    (1 - cosine) * centreX - sine * centreY,
    -sine,
    cosine,
    sine * centreX + (1 - cosine) * centreY,
  ];
}

/** The same, then moved. */
export function moved([a, b, c, d, e, f]: Affine, dx: number, dy: number): Affine {
  return [a, b, c + dx, d, e, f + dy];
}

/** cv2.invertAffineTransform. */
export function inverted([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d;
  const scale = determinant === 0 ? 0 : 1 / determinant;
  const [a1, b1, d1, e1] = [e * scale, -b * scale, -d * scale, a * scale];
  return [a1, b1, -a1 * c - b1 * f, d1, e1, -d1 * c - e1 * f];
}

export function applyTo([a, b, c, d, e, f]: Affine, x: number, y: number): [x: number, y: number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

const POSITION_BITS = 10; // AB_BITS
const FRACTION_BITS = 5; // INTER_BITS: points lie on a grid of 32 x 32 within a pixel
const FRACTIONS = 1 << FRACTION_BITS;
const WEIGHT_BITS = 15; // INTER_REMAP_COEF_BITS

/** cv2.warpAffine with INTER_LINEAR: `matrix` leads from the picture to the result. In OpenCV's fixed point. */
export function warp(source: Picture, matrix: Affine, width: number, height: number, border: Border): Picture {
  const target = makePicture(width, height);
  const [a, b, c, d, e, f] = inverted(matrix);
  const unit = 1 << POSITION_BITS;
  const half = unit / FRACTIONS / 2;
  const acrossX = Int32Array.from({ length: width }, (_, x) => roundHalfEven(a * x * unit));
  const acrossY = Int32Array.from({ length: width }, (_, x) => roundHalfEven(d * x * unit));
  for (let y = 0, to = 0; y < height; y += 1) {
    const startX = roundHalfEven((b * y + c) * unit) + half;
    const startY = roundHalfEven((e * y + f) * unit) + half;
    for (let x = 0; x < width; x += 1, to += 3) {
      const placeX = (startX + (acrossX[x] as number)) >> (POSITION_BITS - FRACTION_BITS);
      const placeY = (startY + (acrossY[x] as number)) >> (POSITION_BITS - FRACTION_BITS);
      const column = placeX >> FRACTION_BITS;
      const row = placeY >> FRACTION_BITS;
      const isInside = column >= 0 && row >= 0 && column + 1 < source.width && row + 1 < source.height;
      if (isInside) sampleInside(source, placeX, placeY, target.data, to);
      else sampleAtBorder(source, placeX, placeY, border, target.data, to);
    }
  }
  return target;
}

type Bytes = Uint8Array | Uint8ClampedArray;

/** The colour at a point between four pixels of the picture. `placeX`, `placeY`: in 32nds of a pixel. */
function sampleInside(source: Picture, placeX: number, placeY: number, target: Bytes, to: number): void {
  const { data, pixelStride, rowStride } = source;
  const restX = placeX & (FRACTIONS - 1);
  const restY = placeY & (FRACTIONS - 1);
  const first = source.offset + (placeY >> FRACTION_BITS) * rowStride + (placeX >> FRACTION_BITS) * pixelStride;
  for (let channel = 0; channel < 3; channel += 1) {
    const at = first + channel;
    const upper = (data[at] as number) * (FRACTIONS - restX) + (data[at + pixelStride] as number) * restX;
    const below = at + rowStride;
    const lower = (data[below] as number) * (FRACTIONS - restX) + (data[below + pixelStride] as number) * restX;
    target[to + channel] = roundWeighed((upper * (FRACTIONS - restY) + lower * restY) * 32);
  }
}

/** The same where some of the four lie beyond the picture: black, or the pixel of the edge. */
function sampleAtBorder(
  source: Picture,
  placeX: number,
  placeY: number,
  border: Border,
  target: Bytes,
  to: number,
): void {
  const restX = placeX & (FRACTIONS - 1);
  const restY = placeY & (FRACTIONS - 1);
  for (let channel = 0; channel < 3; channel += 1) {
    let total = 0;
    for (let corner = 0; corner < 4; corner += 1) {
      const x = (placeX >> FRACTION_BITS) + (corner & 1);
      const y = (placeY >> FRACTION_BITS) + (corner >> 1);
      const isOutside = x < 0 || y < 0 || x >= source.width || y >= source.height;
      if (isOutside && border === 'black') continue;
      const place = pixelAt(source, clamp(x, 0, source.width - 1), clamp(y, 0, source.height - 1));
      const share = (corner & 1 ? restX : FRACTIONS - restX) * (corner >> 1 ? restY : FRACTIONS - restY);
      total += (source.data[place + channel] as number) * share * 32;
    }
    target[to + channel] = roundWeighed(total);
  }
}

function roundWeighed(total: number): number {
  return (total + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS;
}
