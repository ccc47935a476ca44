/** Finds the tiles of a gallery, and tracks them cheaply while the layout holds. As `gallery/tile_finder.py`. */
import { area, boxKey, iou } from '../geometry';
import type { Picture } from '../image/picture';
import { sum } from '../numbers';
import type { Box, Tile } from '../types';
import { AvatarWatch } from './avatar_watch';
import { isCameraOn } from './camera';
import { findLayout, type ShowFaces } from './layout';
import { MAX_BROKEN_RIMS, type Layout } from './layout_tracking';

/** How often a layout that seems to hold is searched for again, in frames. */
const CONFIG = {
  /** At least this often: the cheap check misses shifts of a pixel or two. */
  refreshFrames: 25,
  /** Times as seldom for tiles found by their sides: that search takes long. */
  refreshFactorByLines: 6,
  /** At most this often where the surroundings keep changing (a shared film). */
  retryFrames: 4,
  /**
   * After so long it is found out again whether a picture is an avatar, which takes longer than all else about a tile;
   * in turns, so that those of a whole class do not end together.
   */
  avatarS: [7, 9, 11],
  /** So many places are remembered at most; dragging a window about makes new ones. Then all are forgotten. */
  mostPlaces: 500,
} as const;
const SAME_TILE_IOU = 0.7;

/** Which boxes of a picture show a face. */
export type FaceProbe = (image: Picture, boxes: readonly Box[]) => Promise<readonly boolean[]>;

/** Finds a layout once and keeps it while nothing outside the tiles changes. */
export class TileFinder {
  readonly #probe: FaceProbe;
  #layout: Layout | null = null;
  #framesTracked = 0;
  /** The places of tiles that show no avatar, and until when that holds. */
  readonly #pictures = new Map<string, number>();
  #looks = 0;
  readonly #watch = new AvatarWatch();

  constructor(probe: FaceProbe) {
    this.#probe = probe;
  }

  /** Tiles in reading order; none where the frame shows no gallery (a slide, a desktop, a black picture). */
  async find(image: Picture, nowS: number): Promise<Tile[]> {
    let layout = this.#layout;
    if (!layout || this.#isDue(layout, image)) {
      const showFaces: ShowFaces = (boxes) => this.#probe(image, boxes);
      const found = await findLayout(image, showFaces, layout);
      if (!layout || !contradicts(layout, found, image)) layout = found;
      this.#layout = layout;
      this.#framesTracked = 0;
    }
    this.#framesTracked += 1;
    const isAvatar = (_: Picture, box: Box): boolean => this.#isAvatar(image, box, nowS);
    return layout.boxes.map((box) => ({ box, cameraOn: isCameraOn(image, box, isAvatar), name: null }));
  }

  /** As of `AvatarWatch`; what is none is looked at again after some seconds. */
  #isAvatar(image: Picture, box: Box, nowS: number): boolean {
    const place = boxKey(box);
    if (nowS < (this.#pictures.get(place) ?? -Infinity)) return false;
    if (this.#pictures.size >= CONFIG.mostPlaces) this.#pictures.clear();
    const isAvatar = this.#watch.showsAvatar(image, box, nowS);
    this.#looks += 1;
    if (!isAvatar) this.#pictures.set(place, nowS + (CONFIG.avatarS[this.#looks % CONFIG.avatarS.length] as number));
    return isAvatar;
  }

  /** Whether the layout has to be searched for again. */
  #isDue(layout: Layout, image: Picture): boolean {
    const factor = layout.gapColour !== null ? 1 : CONFIG.refreshFactorByLines;
    if (this.#framesTracked >= factor * CONFIG.refreshFrames || !layout.tilesHold(image)) return true;
    return this.#framesTracked >= CONFIG.retryFrames && !layout.surroundingsHold(image);
  }
}

/** Whether a search lost tiles whose borders are where they were: perhaps nobody shows a face in this frame. */
function contradicts(layout: Layout, found: Layout, image: Picture): boolean {
  const isLost = (box: Box): boolean => found.boxes.every((other) => iou(box, other) < SAME_TILE_IOU);
  const lost = layout.boxes.filter(isLost).length;
  const isLess = sum(found.boxes.map(area)) < sum(layout.boxes.map(area));
  const isMoreThanOne = lost > Math.max(1, MAX_BROKEN_RIMS * layout.boxes.length) || !found.boxes.length;
  return isLess && isMoreThanOne && layout.tilesHold(image);
}
