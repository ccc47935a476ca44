/** Affine warps with bilinear interpolation, as OpenCV 4.11 has them, and the matrices that go with them. */
import { clamp, roundHalfEven } from '../numbers';
import { kernels, type Part } from './kernels';
import { crop, type Picture } from './picture';

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
const FRACTIONS = 32; // INTER_TAB_SIZE: points lie on a grid of 32 x 32 within a pixel

/** cv2.warpAffine with INTER_LINEAR: `matrix` leads from the picture to the result. In OpenCV's fixed point. */
export function warp(source: Picture, matrix: Affine, width: number, height: number, border: Border): Picture {
  const back = inverted(matrix);
  const [a, b, c, d, e, f] = back;
  const unit = 1 << POSITION_BITS;
  const half = unit / FRACTIONS / 2;
  const places = {
    acrossX: Int32Array.from({ length: width }, (_, x) => roundHalfEven(a * x * unit)),
    acrossY: Int32Array.from({ length: width }, (_, x) => roundHalfEven(d * x * unit)),
    downX: Int32Array.from({ length: height }, (_, y) => roundHalfEven((b * y + c) * unit) + half),
    downY: Int32Array.from({ length: height }, (_, y) => roundHalfEven((e * y + f) * unit) + half),
  };
  return kernels().warp(cutRead(source, back, width, height), source, places, border === 'black');
}

/** The part of the picture that a warp reads: around the corners of the result, with a pixel to spare. */
function cutRead(source: Picture, back: Affine, width: number, height: number): Part {
  const corners = [0, width].flatMap((x) => [0, height].map((y) => applyTo(back, x, y)));
  const range = (axis: 0 | 1, size: number): [first: number, count: number] => {
    const places = corners.map((corner) => corner[axis]);
    const first = clamp(Math.floor(Math.min(...places)) - 1, 0, size - 1);
    return [first, clamp(Math.ceil(Math.max(...places)) + 2, 0, size - 1) - first + 1];
  };
  const [left, wide] = range(0, source.width);
  const [top, high] = range(1, source.height);
  return { patch: crop(source, left, top, wide, high), left, top };
}
