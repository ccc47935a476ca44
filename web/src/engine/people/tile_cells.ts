/** A tile as a few cells of mean brightness, by which it is compared from frame to frame. As `people/tile_cells.py`. */
import { clipped, rounded } from '../geometry';
import { toGrey } from '../image/colour';
import { averageAreas } from '../image/halving';
import {
  crop,
  everyNth,
  greyPicture,
  makePlane,
  redPlane,
  shorterSide,
  type Picture,
  type Plane,
} from '../image/picture';
import type { Box } from '../types';
import { BODY_CELLS } from './sighting';

const SAMPLED_ROWS = 90;
/** Of two places of a tile: what is known of one is known of the other. */
export const SAME_TILE_IOU = 0.8;

/** Mean brightness of the tile's cells. */
export function averageTile(image: Picture, tile: Box): Plane {
  const { x, y, width, height } = rounded(clipped(tile, image.width, image.height));
  const patch = everyNth(crop(image, x, y, width, height), Math.max(1, Math.floor(height / SAMPLED_ROWS)));
  if (shorterSide(patch) === 0) return makePlane(...BODY_CELLS);
  return redPlane(averageAreas(greyPicture(toGrey(patch)), ...BODY_CELLS));
}
