/** How far an eye is open, by MediaPipe's iris model. As `faces/eyes.py`. */
import { toShares, type Picture } from '../image/picture';
import { applyTo, moved, rotationAround, warp } from '../image/warp';
import type { Network } from '../models/network';
import { at } from '../numbers';
import type { FaceMesh } from './presence';

const INPUT_PX = 64;
/** Side of the model's picture over the eye's width, as in MediaPipe's own graph. */
const GROWTH = 2.3;
/** Corners of the eye at the left of the picture, and of that at its right: points of the face mesh, left to right. */
const EYES = [
  [33, 133],
  [362, 263],
] as const;
/** Points of the model's outline of the eye; those of the lids in facing pairs. */
const CORNERS = [0, 8] as const;
const LIDS = [
  [10, 2],
  [11, 3],
  [12, 4],
  [13, 5],
  [14, 6],
] as const;

type Point = readonly [x: number, y: number];
type Corners = readonly [left: Point, right: Point];

/** Reads one eye at a time. */
export class EyeCheck {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * The aspect ratio of the eye nearer to the camera, as both eyes open and close together: height over width as in
   * Soukupova & Cech, "Real-Time Eye Blink Detection using Facial Landmarks" (2016). `mesh`: of a face in `image`.
   */
  async measure(image: Picture, mesh: FaceMesh): Promise<number> {
    const [left, right] = EYES.map(([from, to]): Corners => [placeOf(mesh, from), placeOf(mesh, to)]) as [
      Corners,
      Corners,
    ];
    const isLeft = distance(...left) >= distance(...right);
    const eye = isLeft ? left : right;
    if (distance(...eye) < 1) return 0;
    const picture = cutEye(image, eye);
    // The model was trained on the right eye; the left one is mirrored.
    const outline = await this.#findOutline(isLeft ? mirrored(picture) : picture);
    const heights = LIDS.map(([upper, lower]) => distance(pointOf(outline, upper), pointOf(outline, lower)));
    const width = distance(pointOf(outline, CORNERS[0]), pointOf(outline, CORNERS[1]));
    return heights.reduce((sum, height) => sum + height, 0) / LIDS.length / Math.max(width, 1);
  }

  /** x, y and z of 71 points, in pixels of the model's input. */
  async #findOutline(eye: Picture): Promise<Float32Array> {
    const outputs = await this.#network.run(toShares(eye));
    return at(outputs, outputs.length - 1);
  }
}

/** Where a point of the mesh is in the image. */
function placeOf({ points, toImage }: FaceMesh, index: number): Point {
  return applyTo(toImage, ...pointOf(points, index));
}

function pointOf(points: Float32Array, index: number): Point {
  return [at(points, 3 * index), at(points, 3 * index + 1)];
}

function distance([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.hypot(otherX - x, otherY - y);
}

/** The eye with its surroundings, turned so that the corners are level. */
function cutEye(image: Picture, [left, right]: Corners): Picture {
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const scale = INPUT_PX / (GROWTH * distance(left, right));
  const angleDeg = (Math.atan2(right[1] - left[1], right[0] - left[0]) * 180) / Math.PI;
  const matrix = moved(rotationAround(x, y, angleDeg, scale), INPUT_PX / 2 - x, INPUT_PX / 2 - y);
  return warp(image, matrix, INPUT_PX, INPUT_PX, 'black');
}

/** Left and right exchanged. */
function mirrored(picture: Picture): Picture {
  const { data, width, height } = picture;
  const flipped = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [from, to] = [3 * (y * width + x), 3 * (y * width + width - 1 - x)];
      for (let colour = 0; colour < 3; colour += 1) flipped[to + colour] = at(data, from + colour);
    }
  }
  return { ...picture, data: flipped };
}
