/** Makes pictures smaller by halves, as `fer_desktop/vision/halving.py`: the same pictures, and most of the time saved. */
import { crop, shorterSide, type Picture } from './picture';
import { resizeArea } from './resize';

const LEAST_PX = 2;
const LEAST_AREA_PX = 6;

/** The mean of each four pixels, without what is left over at the right and below; a thinner picture as it is. */
export function halve(picture: Picture): Picture {
  if (shorterSide(picture) < 2) return picture;
  const [width, height] = [Math.floor(picture.width / 2), Math.floor(picture.height / 2)];
  return resizeArea(crop(picture, 0, 0, 2 * width, 2 * height), width, height);
}

/** Means of equal areas of the picture, right to a level; those of fewer than six pixels a side are exact. */
export function averageAreas(picture: Picture, columns: number, rows: number): Picture {
  const isLarge = Math.min(picture.width / columns, picture.height / rows) >= LEAST_AREA_PX;
  return resizeArea(isLarge ? halve(picture) : picture, columns, rows);
}

/**
 * The picture and how often it was halved, so that interpolation fits it into `width` x `height` without aliasing: it is
 * less than twice as large then.
 */
export function halveTowards(picture: Picture, width: number, height: number): { picture: Picture; times: number } {
  let times = 0;
  let small = picture;
  while (Math.min(width / small.width, height / small.height) < 0.5 && shorterSide(small) >= 2 * LEAST_PX) {
    small = halve(small);
    times += 1;
  }
  return { picture: small, times };
}
