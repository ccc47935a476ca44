/** Pictures in memory: views of a frame's bytes, of which every operation reads red, green and blue. */
import { clipped, rounded } from '../geometry';
import type { Box } from '../types';

/** Colour pixels; those of a row are `pixelStride` bytes apart, the first lies at `offset`. */
export interface Picture {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
  readonly rowStride: number;
  readonly pixelStride: number;
}

/** One byte a pixel, row by row: brightness, or a mask. */
export interface Plane {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export function viewFrame(data: Uint8Array | Uint8ClampedArray, width: number, height: number): Picture {
  if (data.length !== width * height * 4) throw new RangeError('a frame has four bytes a pixel');
  return { data, width, height, offset: 0, rowStride: width * 4, pixelStride: 4 };
}

/** An empty picture of three bytes a pixel. */
export function makePicture(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3);
  return { data, width, height, offset: 0, rowStride: width * 3, pixelStride: 3 };
}

export function makePlane(width: number, height: number): Plane {
  return { data: new Uint8Array(width * height), width, height };
}

/** Part of a picture, in whole pixels inside it, without a copy. */
export function crop(picture: Picture, left: number, top: number, width: number, height: number): Picture {
  const x0 = Math.min(left, picture.width);
  const y0 = Math.min(top, picture.height);
  return {
    ...picture,
    width: Math.max(0, Math.min(width, picture.width - x0)),
    height: Math.max(0, Math.min(height, picture.height - y0)),
    offset: picture.offset + y0 * picture.rowStride + x0 * picture.pixelStride,
  };
}

/** The part inside the box, clipped to the picture and rounded, and where it lies. */
export function cut(picture: Picture, box: Box): { patch: Picture; left: number; top: number } {
  const inside = rounded(clipped(box, picture.width, picture.height));
  const patch = crop(picture, inside.x, inside.y, inside.width, inside.height);
  return { patch, left: inside.x, top: inside.y };
}

/** Every `step`th pixel of every `step`th row, without a copy. */
export function everyNth(picture: Picture, step: number): Picture {
  return {
    ...picture,
    width: Math.ceil(picture.width / step),
    height: Math.ceil(picture.height / step),
    rowStride: picture.rowStride * step,
    pixelStride: picture.pixelStride * step,
  };
}

/** Every `step`th row, without a copy. */
export function everyNthRow(picture: Picture, step: number): Picture {
  return { ...picture, height: Math.ceil(picture.height / step), rowStride: picture.rowStride * step };
}

/** Where in `data` a pixel begins. */
export function pixelAt(picture: Picture, x: number, y: number): number {
  return picture.offset + y * picture.rowStride + x * picture.pixelStride;
}

/** A copy without anything between the pixels. */
export function copyPicture(picture: Picture): Picture {
  const copy = makePicture(picture.width, picture.height);
  let to = 0;
  for (let y = 0; y < picture.height; y += 1) {
    let from = pixelAt(picture, 0, y);
    for (let x = 0; x < picture.width; x += 1, from += picture.pixelStride, to += 3) {
      copy.data[to] = picture.data[from] as number;
      copy.data[to + 1] = picture.data[from + 1] as number;
      copy.data[to + 2] = picture.data[from + 2] as number;
    }
  }
  return copy;
}

export const shorterSide = (picture: Picture): number => Math.min(picture.width, picture.height);

/** A grey picture: the plane as each of the three colours. */
export function greyPicture(plane: Plane): Picture {
  const picture = makePicture(plane.width, plane.height);
  for (let index = 0, to = 0; index < plane.data.length; index += 1, to += 3) {
    const level = plane.data[index] as number;
    picture.data[to] = picture.data[to + 1] = picture.data[to + 2] = level;
  }
  return picture;
}

/** The red of a picture without gaps between its pixels: all of it, where the picture is grey. */
export function redPlane(picture: Picture): Plane {
  const plane = makePlane(picture.width, picture.height);
  for (let index = 0; index < plane.data.length; index += 1) plane.data[index] = picture.data[3 * index] as number;
  return plane;
}

/** The bytes as shares of 255, as most networks read pictures. */
export function toShares(picture: Picture): Float32Array {
  const shares = new Float32Array(picture.data.length);
  for (let index = 0; index < shares.length; index += 1) shares[index] = (picture.data[index] as number) / 255;
  return shares;
}
