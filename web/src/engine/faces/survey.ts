/**
 * The search windows of each frame: the survey, spread over frames, and the surroundings of faces found before. As
 * `faces/survey.py`.
 */
import { centre, clipped, contains, makeBox, sameBox } from '../geometry';
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { Box, FaceDetection, Tile } from '../types';
import { isLarge, planSurvey } from './search_windows';

/** How often the survey is repeated and how it is spread, in frames; how long a face is followed. */
const CONFIG = {
  surveyFrames: 50,
  surveyFramesWithoutTiles: 10,
  windowsPerFrame: 16,
  windowsPerFrameWithoutTiles: 80,
  /** Height of a face over its tile's: of a student alone; people who share a camera are farther away. */
  settledShare: 0.3,
  /** Side of the window in which a face is followed, in sides of the face. */
  followGrowth: 3,
  /** A face that is missing is still searched for in this many frames. */
  followFrames: 15,
} as const;

/** Searches the whole picture again and again, a few windows a frame. */
export class Survey {
  readonly #isLive: boolean;
  #layout: { width: number; height: number; boxes: Box[] } | null = null;
  #windows: Box[] = [];
  #framesLeft = 0;

  /** `isLive`: not even the first frame is searched as a whole. */
  constructor(isLive: boolean) {
    this.#isLive = isLive;
  }

  /** The windows that are due in this frame. `done`: indices of tiles that need no search. */
  nextWindows(image: Picture, tiles: readonly Tile[], done: ReadonlySet<number>): Box[] {
    this.#framesLeft -= 1;
    const isFirst = this.#layout === null;
    if (!this.#isSameLayout(image, tiles) || (this.#framesLeft <= 0 && !this.#windows.length)) {
      this.#windows = planSurvey(image, tiles, done);
      this.#layout = { width: image.width, height: image.height, boxes: tiles.map((tile) => tile.box) };
      this.#framesLeft = tiles.length ? CONFIG.surveyFrames : CONFIG.surveyFramesWithoutTiles;
    }
    const due = tiles.length ? CONFIG.windowsPerFrame : CONFIG.windowsPerFrameWithoutTiles;
    return this.#windows.splice(0, isFirst && !this.#isLive ? this.#windows.length : due);
  }

  #isSameLayout(image: Picture, tiles: readonly Tile[]): boolean {
    const layout = this.#layout;
    return (
      layout !== null &&
      layout.width === image.width &&
      layout.height === image.height &&
      layout.boxes.length === tiles.length &&
      layout.boxes.every((box, index) => sameBox(box, at(tiles, index).box))
    );
  }
}

/** The surroundings of untiled faces found in earlier frames. */
export class FollowedWindows {
  #windows: { box: Box; framesLeft: number }[] = [];

  /** The windows to search in this frame. */
  get boxes(): Box[] {
    return this.#windows.map((window) => window.box);
  }

  /** Follows the faces of this frame; a face that is missing is still searched for, for a while. */
  update(faces: readonly FaceDetection[], frame: { width: number; height: number }): void {
    const missing = this.#windows
      .filter(({ box, framesLeft }) => framesLeft > 1 && !faces.some((face) => contains(box, centre(face.box))))
      .map(({ box, framesLeft }) => ({ box, framesLeft: framesLeft - 1 }));
    const around = faces.map((face) => clipped(grow(face.box, CONFIG.followGrowth), frame.width, frame.height));
    this.#windows = [...around.map((box) => ({ box, framesLeft: CONFIG.followFrames })), ...missing];
  }
}

/**
 * Indices of tiles in which a student is close to the camera: anyone beside them was found with them. Large tiles are
 * never settled.
 */
export function findSettledTiles(
  tiles: readonly Tile[],
  faces: readonly FaceDetection[],
  frameArea: number,
): Set<number> {
  const heights = new Map<number, number>();
  for (const { tile, box } of faces) {
    if (tile !== null) heights.set(tile, Math.min(box.height, heights.get(tile) ?? box.height));
  }
  const settled = [...heights].filter(([index, height]) => {
    const { box } = at(tiles, index);
    return height >= CONFIG.settledShare * box.height && !isLarge(box, frameArea);
  });
  return new Set(settled.map(([index]) => index));
}

function grow(box: Box, factor: number): Box {
  const [x, y] = centre(box);
  const [width, height] = [box.width * factor, box.height * factor];
  return makeBox(x - width / 2, y - height / 2, width, height);
}
