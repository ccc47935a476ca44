/** Affine warps with bilinear interpolation, as OpenCV 4.11 has them, and the matrices that go with them. */
import { at, clamp, roundHalfEven } from "../numbers";
import { makePicture, type Picture } from "./picture";

/** x' = a x + b y + c, y' = d x + e y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What lies beyond the picture: black, or its edge. */
export type Border = "black" | "edge";

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
  const [acrossX, acrossY] = [a, d].map((step) =>
    Int32Array.from({ length: width }, (_, x) => roundHalfEven(step * x * unit)),
  );
  for (let y = 0, to = 0; y < height; y += 1) {
    const startX = roundHalfEven((b * y + c) * unit) + half;
    const startY = roundHalfEven((e * y + f) * unit) + half;
    for (let x = 0; x < width; x += 1, to += 3) {
      const placeX = (startX + at(acrossX as Int32Array, x)) >> (POSITION_BITS - FRACTION_BITS);
      const placeY = (startY + at(acrossY as Int32Array, x)) >> (POSITION_BITS - FRACTION_BITS);
      samplePoint(source, placeX, placeY, border, target.data, to);
    }
  }
  return target;
}

/** `placeX`, `placeY`: in 32nds of a pixel. */
function samplePoint(
  source: Picture,
  placeX: number,
  placeY: number,
  border: Border,
  target: Uint8Array | Uint8ClampedArray,
  to: number,
): void {
  const { data, pixelStride, rowStride } = source;
  const [x, y] = [placeX >> FRACTION_BITS, placeY >> FRACTION_BITS];
  const [restX, restY] = [placeX & (FRACTIONS - 1), placeY & (FRACTIONS - 1)];
  const inside = x >= 0 && y >= 0 && x + 1 < source.width && y + 1 < source.height;
  const [maxX, maxY] = [source.width - 1, source.height - 1];
  const isBlack = border === "black" && !inside;
  const left = inside ? x : clamp(x, 0, maxX);
  const rightmost = inside ? x + 1 : clamp(x + 1, 0, maxX);
  const upper = source.offset + (inside ? y : clamp(y, 0, maxY)) * rowStride;
  const lower = source.offset + (inside ? y + 1 : clamp(y + 1, 0, maxY)) * rowStride;
  // Out of a black border comes nothing: the weight of such a point is 0.
  const seesLeft = !isBlack || (x >= 0 && x <= maxX) ? FRACTIONS - restX : 0;
  const seesRight = !isBlack || (x + 1 >= 0 && x + 1 <= maxX) ? restX : 0;
  const seesUpper = !isBlack || (y >= 0 && y <= maxY) ? (FRACTIONS - restY) * 32 : 0;
  const seesLower = !isBlack || (y + 1 >= 0 && y + 1 <= maxY) ? restY * 32 : 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const one = upper + left * pixelStride + channel;
    const two = upper + rightmost * pixelStride + channel;
    const three = lower + left * pixelStride + channel;
    const four = lower + rightmost * pixelStride + channel;
    const total =
      (at(data, one) * seesLeft + at(data, two) * seesRight) * seesUpper +
      (at(data, three) * seesLeft + at(data, four) * seesRight) * seesLower;
    target[to + channel] = (total + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS;
  }
}
