/** Face presence and face mesh of a detection, by MediaPipe's face landmark model. As `faces/presence.py`. */
import { centre } from '../geometry';
import { toShares, type Picture } from '../image/picture';
import { inverted, moved, rotationAround, warp, type Affine } from '../image/warp';
import type { Network } from '../models/network';
import { at, sigmoid } from '../numbers';
import type { Box } from '../types';
import type { RawFace } from './blazeface';

const INPUT_PX = 192;
const GROWTH = 1.5;
const COARSE_FACE_PX = 42;
/** A detection with this presence or more is a face. */
export const MIN_PRESENCE = 0.5;

/**
 * `presence`: 0 to 1. `points`: x, y and z of 468 points of the upright face, in pixels of the network's input.
 * `toImage`: from their x and y to pixels of the image.
 */
export interface FaceMesh {
  readonly presence: number;
  readonly points: Float32Array;
  readonly toImage: Affine;
}

export class PresenceCheck {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Of a face in pixels of `image`, turned upright by the line between the eyes. */
  async measure(image: Picture, face: RawFace): Promise<FaceMesh> {
    const matrix = turnUpright(face);
    const input = toShares(warp(image, matrix, INPUT_PX, INPUT_PX, 'black'));
    const [presence, points] = (await this.#network.run(input)) as [Float32Array, Float32Array];
    return { presence: sigmoid(at(presence, 0)), points, toImage: inverted(matrix) };
  }
}

/** Whether a face of that box is too small for the landmark model, once a call has compressed it hard. */
export function isCoarse(box: Box): boolean {
  return Math.max(box.width, box.height) < COARSE_FACE_PX;
}

/** From pixels of the image to those of the network's input. */
function turnUpright(face: RawFace): Affine {
  const side = Math.max(2, GROWTH * Math.max(face.box.width, face.box.height));
  const [leftX, leftY, rightX, rightY] = face.keypointsPx as unknown as [number, number, number, number];
  const angleDeg = (Math.atan2(rightY - leftY, rightX - leftX) * 180) / Math.PI;
  const [x, y] = centre(face.box);
  return moved(rotationAround(x, y, angleDeg, INPUT_PX / side), INPUT_PX / 2 - x, INPUT_PX / 2 - y);
}
