/**
 * Whether a tile shows a profile picture in front of a blurred background: the camera is off. As `gallery/avatar.py`,
 * whose thresholds were tuned on drawn tiles, and on photographs as pictures and as people.
 */
import { clipped, rounded, type Point } from '../geometry';
import { crop, type Picture } from '../image/picture';
import { resizeArea } from '../image/resize';
import { at, clamp, median, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';

/** Lengths are in pixels of the fitted tile, levels of 0 to 255 in the channel that differs most, shares 0 to 1. */
const CONFIG = {
  /** Length of the tile's shorter side, to which it is fitted. */
  sidePx: 64,
  minSidePx: 40,
  /** From the middle to what no picture covers. */
  aroundPx: 30,
  /** Of the tile's edge, where corners are round and a frame may mark the speaker. */
  marginPx: 4,
  aboveLabel: 0.75,
  /** From a pixel to the mean of those two beside it: in a blurred picture it is half as much at most. */
  sharpLevels: 18,
  /** Share of sharp pixels around any picture, as of an icon... */
  maxSharp: 0.02,
  /** ...and beyond the one that was found. */
  maxSharpBeyond: 0.01,
  /** Radii, or halves of sides, within which the edge and what surrounds it lie. */
  sizesPx: [5, 37],
  /** From one side of the edge to the other. */
  edgePx: 3,
  minStep: 12,
  /** A face that its screen lights in a dark room is about as wide as high. */
  minStepOfSquare: 30,
  /** Times as large as the next step outwards: a blurred edge goes on. */
  minTimesOutside: 2,
  /** Share of directions in which there is an edge... */
  minEdge: 0.85,
  /** ...also to the left, to the right, above and below. */
  minEdgeOfSide: 0.65,
  /** From inside the edge to what surrounds it, at most of these distances... */
  beyondPx: [4, 5, 6],
  /** ...with so few directions in which something sharp runs outwards, as shoulders do: a label's letter may... */
  maxCrossings: 1,
  /** ...which is sharper than this share of the middle step at the edge: in dark rooms everything differs less... */
  sharpOfStep: 0.25,
  /** ...within these bounds. */
  sharpBeyond: [6, 12],
} as const;

const RAYS_OF_SIDE = 16;
/** Where the picture's middle may lie from the tile's: tiles are found with some pixels too many or few. */
const OFF_CENTRE: readonly Point[] = [-3, -1.5, 0, 1.5, 3].flatMap((dy) => [-1.5, 0, 1.5].map((dx): Point => [dx, dy]));
/** In which directions an edge is looked for. */
interface Shape {
  readonly isSquare: boolean;
  readonly rays: readonly Point[];
}

const SHAPES: readonly Shape[] = [
  { isSquare: false, rays: listRoundRays() },
  { isSquare: true, rays: listSquareRays() },
];

/** Whether the tile shows a profile picture, or initials, in front of a blurred background. */
export function showsAvatar(image: Picture, tile: Box): boolean {
  const { x, y, width, height } = rounded(clipped(tile, image.width, image.height));
  const shorter = Math.min(width, height);
  if (shorter < CONFIG.minSidePx) return false;
  const scale = CONFIG.sidePx / shorter;
  const size = [roundHalfEven(width * scale), roundHalfEven(height * scale)] as const;
  const fitted = resizeArea(crop(image, x, y, width, height), ...size);
  const isBlurred = !isSharpBeyond(
    fitted,
    { radius: CONFIG.aroundPx, offCentre: [0, 0], isSquare: false },
    CONFIG.sharpLevels,
    CONFIG.maxSharp,
  );
  return isBlurred && SHAPES.some((shape) => hasEdgeAround(fitted, shape));
}

/** Where a picture may end. `offCentre`: of its middle, from the tile's. */
interface Outline {
  readonly radius: number;
  readonly offCentre: Point;
  readonly isSquare: boolean;
}

/** Whether more than that share of the pixels outside, and above the label, is sharp. */
function isSharpBeyond(tile: Picture, { radius, offCentre, isSquare }: Outline, levels: number, most: number): boolean {
  const [middleX, middleY] = [(tile.width - 1) / 2 + offCentre[0], (tile.height - 1) / 2 + offCentre[1]];
  const margin = CONFIG.marginPx;
  let [all, sharp] = [0, 0];
  for (let y = margin; y < Math.min(tile.height - 2, CONFIG.aboveLabel * tile.height); y += 1) {
    for (let x = margin; x < tile.width - margin; x += 1) {
      const [offX, offY] = [Math.abs(x - middleX), Math.abs(y - middleY)];
      if ((isSquare ? Math.max(offX, offY) : Math.hypot(offX, offY)) <= radius) continue;
      all += 1;
      if (measureSharpness(tile, x, y) >= levels) sharp += 1;
    }
  }
  return sharp > most * all;
}

/** Levels from a pixel to the mean of those two pixels beside it, or above and below it. */
function measureSharpness({ data, width }: Picture, x: number, y: number): number {
  const place = 3 * (y * width + x);
  let most = 0;
  for (const step of [6, 6 * width]) {
    for (let channel = place; channel < place + 3; channel += 1) {
      const [before, after] = [data[channel - step] as number, data[channel + step] as number];
      most = Math.max(most, Math.abs(before + after - 2 * (data[channel] as number)));
    }
  }
  return most >> 1;
}

/** Whether a sharp edge crosses nearly all rays at one distance, and nothing that is sharp lies beyond it. */
function hasEdgeAround(tile: Picture, shape: Shape): boolean {
  const count = CONFIG.sizesPx[1] - CONFIG.sizesPx[0] - CONFIG.beyondPx[2];
  return OFF_CENTRE.some((offCentre) => {
    const rays = shape.rays.map((ray) => listPlaces(tile, offCentre, ray));
    const steps = rays.map((ray) =>
      ray.slice(CONFIG.edgePx).map((place, index) => measureDistance(tile, at(ray, index), place)),
    );
    for (let index = 0; index < count; index += 1) {
      if (isClosed(steps, index, shape.isSquare) && isAlone(tile, rays, steps, index, offCentre, shape.isSquare))
        return true;
    }
    return false;
  });
}

/** Where in `data` the pixels on a ray lie, outwards. */
function listPlaces(tile: Picture, [dx, dy]: Point, [alongX, alongY]: Point): number[] {
  const [centreX, centreY] = [(tile.width - 1) / 2 + dx, (tile.height - 1) / 2 + dy];
  const places: number[] = [];
  for (let radius: number = CONFIG.sizesPx[0]; radius < CONFIG.sizesPx[1]; radius += 1) {
    const column = clamp(roundHalfEven(centreX + alongX * radius), 0, tile.width - 1);
    const row = clamp(roundHalfEven(centreY + alongY * radius), 0, tile.height - 1);
    places.push(3 * (row * tile.width + column));
  }
  return places;
}

function measureDistance({ data }: Picture, one: number, other: number): number {
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    most = Math.max(most, Math.abs((data[one + channel] as number) - (data[other + channel] as number)));
  }
  return most;
}

/** Whether nearly all rays cross the edge at this radius. */
function isClosed(steps: readonly number[][], index: number, isSquare: boolean): boolean {
  const least = isSquare ? CONFIG.minStepOfSquare : CONFIG.minStep;
  const edges = [0, 0, 0, 0];
  steps.forEach((ray, number) => {
    const [inner, outer] = [at(ray, index), at(ray, index + CONFIG.edgePx)];
    const side = Math.floor(number / RAYS_OF_SIDE);
    if (inner >= least && inner >= CONFIG.minTimesOutside * outer) edges[side] = at(edges, side) + 1;
  });
  return sum(edges) >= CONFIG.minEdge * steps.length && Math.min(...edges) >= CONFIG.minEdgeOfSide * RAYS_OF_SIDE;
}

/** Whether nothing that is sharp lies beyond the edge at this radius. */
function isAlone(
  tile: Picture,
  rays: readonly number[][],
  steps: readonly number[][],
  index: number,
  offCentre: Point,
  isSquare: boolean,
): boolean {
  const [low, high] = CONFIG.sharpBeyond;
  const levels = clamp(CONFIG.sharpOfStep * median(steps.map((ray) => at(ray, index))), low, high);
  const radius = CONFIG.sizesPx[0] + index + CONFIG.beyondPx[2];
  if (isSharpBeyond(tile, { radius, offCentre, isSquare }, levels, CONFIG.maxSharpBeyond)) return false;
  const crossings = CONFIG.beyondPx.map((by) => {
    const around = rays.map((ray) => at(ray, index + by));
    return around.filter((_, ray) => measureBend(tile, around, ray, isSquare) >= 2 * levels).length;
  });
  return median(crossings) <= CONFIG.maxCrossings;
}

/** Twice the levels from the pixel of one ray to the mean of those beside it; none at the ends of a square's sides. */
function measureBend({ data }: Picture, around: readonly number[], ray: number, isSquare: boolean): number {
  const isEnd = ray % RAYS_OF_SIDE === 0 || ray % RAYS_OF_SIDE === RAYS_OF_SIDE - 1;
  if (isSquare && isEnd) return 0;
  const before = at(around, (ray + around.length - 1) % around.length);
  const [here, after] = [at(around, ray), at(around, (ray + 1) % around.length)];
  let most = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    const beside = (data[before + channel] as number) + (data[after + channel] as number);
    most = Math.max(most, Math.abs(beside - 2 * (data[here + channel] as number)));
  }
  return most;
}

/** To all sides: right, down, left, up. */
function listRoundRays(): Point[] {
  return Array.from({ length: 4 * RAYS_OF_SIDE }, (_, index) => {
    const turn = (index + 0.5) / (4 * RAYS_OF_SIDE) - 1 / 8;
    return [Math.cos(2 * Math.PI * turn), Math.sin(2 * Math.PI * turn)];
  });
}

/** To the four sides of a square, without its corners, which may be round: right, down, left, up. */
function listSquareRays(): Point[] {
  const beside = Array.from({ length: RAYS_OF_SIDE }, (_, index) => (2 * index - (RAYS_OF_SIDE - 1)) / 25);
  return [
    ...beside.map((by): Point => [1, by]),
    ...beside.map((by): Point => [by, 1]),
    ...beside.map((by): Point => [-1, by]),
    ...beside.map((by): Point => [by, -1]),
  ];
}
