/** Aligns faces to the frame of a FER2013 picture, on which the classifier was trained. As `faces/alignment.py`. */
import { toGrey } from '../image/colour';
import { greyPicture, redPlane, type Picture } from '../image/picture';
import { resizeArea } from '../image/resize';
import { warp, type Affine } from '../image/warp';
import { at, clamp, sum } from '../numbers';

/** Side of the grey square that the classifier reads. */
export const FACE_CROP_PX = 48;

/** Where a FER2013 picture has the keypoints, as shares of its side (`fer_desktop/types/expressions.py`). */
const CANONICAL = [0.32, 0.4, 0.69, 0.4, 0.51, 0.6, 0.51, 0.78].map((share) => share * FACE_CROP_PX);
/** Of the keypoints in the fit: the nose tip moves as the head turns, so it counts little. */
const WEIGHTS = [1, 1, 0.25, 1].map((weight) => weight / 3.25);

/** Grey levels, 48 x 48, of a face. Beyond the picture its edge is repeated. */
export function alignFace(image: Picture, keypointsPx: Float32Array): Uint8Array {
  const matrix = fitSimilarity(keypointsPx, CANONICAL);
  const scale = Math.hypot(matrix[0], matrix[3]);
  // A warp reads four pixels a point: a large face is sampled finer, then averaged, to prevent aliasing.
  const factor = scale > 0 ? clamp(Math.ceil(1 / scale), 1, 8) : 1;
  const finer = matrix.map((value) => Math.fround(Math.fround(value) * factor)) as unknown as Affine;
  const patch = warp(image, finer, FACE_CROP_PX * factor, FACE_CROP_PX * factor, 'edge');
  const grey = toGrey(patch);
  if (factor === 1) return grey.data;
  return redPlane(resizeArea(greyPicture(grey), FACE_CROP_PX, FACE_CROP_PX)).data;
}

/**
 * The rotation, one scale and shift that bring the points `source` nearest to `target` (x, y, x, y, ...): weighted
 * least squares in closed form (Umeyama 1991, without reflection).
 */
export function fitSimilarity(source: ArrayLike<number>, target: ArrayLike<number>): Affine {
  const mean = (points: ArrayLike<number>, axis: number): number =>
    sum(WEIGHTS.map((weight, index) => weight * at(points, 2 * index + axis)));
  const [sourceX, sourceY, targetX, targetY] = [mean(source, 0), mean(source, 1), mean(target, 0), mean(target, 1)];
  let [spread, along, across] = [0, 0, 0];
  WEIGHTS.forEach((weight, index) => {
    const [ax, ay] = [at(source, 2 * index) - sourceX, at(source, 2 * index + 1) - sourceY];
    const [bx, by] = [(at(target, 2 * index) - targetX) * weight, (at(target, 2 * index + 1) - targetY) * weight];
    spread += (ax * ax + ay * ay) * weight;
    along += ax * bx + ay * by;
    across += ax * by - ay * bx;
  });
  if (spread < 1e-6) return [1, 0, 0, 0, 1, 0];
  const [cosine, sine] = [along / spread, across / spread];
  const shift = [targetX - (cosine * sourceX - sine * sourceY), targetY - (sine * sourceX + cosine * sourceY)] as const;
  return [cosine, -sine, shift[0], sine, cosine, shift[1]];
}
