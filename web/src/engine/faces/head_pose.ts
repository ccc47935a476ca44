/** Head pose from the points of MediaPipe's face mesh. As `faces/head_pose.py`. */
import { at } from '../numbers';

/** The mesh is flatter than faces are: with this factor its width is constant while a head turns. */
const DEPTH_SCALE = 1.6;
/** In front of the ears: at the left of the picture, and at the right. */
const SIDES = [234, 454] as const;
const [CROWN, CHIN] = [10, 152] as const;

type Vector = readonly [x: number, y: number, z: number];

/** Yaw and pitch in degrees, as `FaceCues` has them. `mesh`: x to the right, y down, z away from the camera. */
export function measureTurn(mesh: Float32Array): { yawDeg: number; pitchDeg: number } {
  const across = between(mesh, SIDES[0], SIDES[1]);
  const down = between(mesh, CROWN, CHIN);
  const [x, y, z] = cross(down, across); // out of the face
  return { yawDeg: toDegrees(Math.atan2(x, -z)), pitchDeg: toDegrees(Math.atan2(-y, Math.hypot(x, z))) };
}

function between(mesh: Float32Array, from: number, to: number): Vector {
  const difference = (axis: number): number => at(mesh, 3 * to + axis) - at(mesh, 3 * from + axis);
  return [difference(0), difference(1), difference(2) * DEPTH_SCALE];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function toDegrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
