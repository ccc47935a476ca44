/** Colour spaces as OpenCV 4.11 computes them for bytes (`color_rgb.simd.hpp`, `color_yuv.simd.hpp`, `color_lab.cpp`). */
import { roundHalfEven } from '../numbers';
import { makePlane, pixelAt, type Picture, type Plane } from './picture';

/** cv2.COLOR_BGR2GRAY of one pixel. */
export function greyOf(red: number, green: number, blue: number): number {
  return (red * 9798 + green * 19235 + blue * 3735 + (1 << 14)) >> 15;
}

/** cv2.COLOR_BGR2GRAY. */
export function toGrey(picture: Picture): Plane {
  const plane = makePlane(picture.width, picture.height);
  const { data, pixelStride } = picture;
  for (let y = 0, to = 0; y < picture.height; y += 1) {
    let from = pixelAt(picture, 0, y);
    for (let x = 0; x < picture.width; x += 1, from += pixelStride, to += 1) {
      plane.data[to] = greyOf(data[from] as number, data[from + 1] as number, data[from + 2] as number);
    }
  }
  return plane;
}

/** Brightness and the two colour differences, each 0 to 255. */
export interface YCrCb {
  readonly luma: number;
  readonly red: number;
  readonly blue: number;
}

export function lumaOf(red: number, green: number, blue: number): number {
  return (red * 4899 + green * 9617 + blue * 1868 + (1 << 13)) >> 14;
}

/** cv2.COLOR_BGR2YCrCb: the difference of red, or of blue, to the luma. */
export function redDifference(red: number, luma: number): number {
  return toByte(((red - luma) * 11682 + (128 << 14) + (1 << 13)) >> 14);
}

export function blueDifference(blue: number, luma: number): number {
  return toByte(((blue - luma) * 9241 + (128 << 14) + (1 << 13)) >> 14);
}

export function toYCrCb(red: number, green: number, blue: number): YCrCb {
  const luma = lumaOf(red, green, blue);
  return { luma, red: redDifference(red, luma), blue: blueDifference(blue, luma) };
}

const GAMMA_SHIFT = 3;
const LAB_SHIFT = 12;
const ROOT_SHIFT = LAB_SHIFT + GAMMA_SHIFT;
/** sRGB to XYZ over the D65 white point, in units of 1/4096. */
const TO_XYZ = [
  [0.412453, 0.35758, 0.180423, 0.950456],
  [0.212671, 0.71516, 0.072169, 1],
  [0.019334, 0.119193, 0.950227, 1.088754],
].map(([red, green, blue, white]) =>
  [red, green, blue].map((share) => roundHalfEven(((share ?? 0) * (1 << LAB_SHIFT)) / (white ?? 1))),
) as [Row, Row, Row];
type Row = [number, number, number];

const LINEAR = Uint16Array.from({ length: 256 }, (_, level) =>
  roundHalfEven(255 * (1 << GAMMA_SHIFT) * removeGamma(level / 255)),
);
const ROOTS = Uint16Array.from({ length: Math.floor(((256 * 3) / 2) * (1 << GAMMA_SHIFT)) }, (_, index) => {
  const share = index / (255 * (1 << GAMMA_SHIFT));
  return roundHalfEven((1 << ROOT_SHIFT) * (share < 0.008856 ? share * 7.787 + 16 / 116 : Math.cbrt(share)));
});

/** a and b of CIELAB, 0 to 255 with grey at 128: cv2.COLOR_BGR2LAB. */
export function chromaOf(red: number, green: number, blue: number): [a: number, b: number] {
  const light: Row = [LINEAR[red] as number, LINEAR[green] as number, LINEAR[blue] as number];
  const [x, y, z] = TO_XYZ.map((row) => ROOTS[descale(dot(row, light), LAB_SHIFT)] as number) as Row;
  const middle = 128 * (1 << ROOT_SHIFT);
  return [toByte(descale(500 * (x - y) + middle, ROOT_SHIFT)), toByte(descale(200 * (y - z) + middle, ROOT_SHIFT))];
}

function removeGamma(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function dot(row: Row, values: Row): number {
  return row[0] * values[0] + row[1] * values[1] + row[2] * values[2];
}

function descale(value: number, bits: number): number {
  return Math.floor((value + (1 << (bits - 1))) / (1 << bits));
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
