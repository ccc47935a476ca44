/**
 * Follows the faces of the newest reading from frame to frame until the next one: boxes only, for the picture that the
 * teacher sees. Nothing else is read of these frames, and nothing of them is stored.
 */
import { area, bottom, centre, clipped, iou, makeBox, right, shifted } from '../geometry';
import type { Picture } from '../image/picture';
import type { Box } from '../types';
import type { Performer } from '../workers/pool';

const CONFIG = {
  /** A search takes about 4 ms: with more faces than this the picture would not be fluid, and the reading later. */
  mostFaces: 4,
  /** Side of the searched window over that of the face: in a thirtieth of a second nobody leaves it. */
  window: 2.5,
  /** Of the box that a face had: less is somebody else. */
  minOverlap: 0.2,
} as const;

/** Of one source, whose frames come in order. */
export class FaceFollower {
  readonly #performer: Performer;
  #boxes: Box[] = [];
  #size: Size = { width: 0, height: 0 };

  /** `performer`: searches the frame itself, without sending it anywhere first. */
  constructor(performer: Performer) {
    this.#performer = performer;
  }

  /** The part of the next frame in which the faces are searched; null where there are none, or too many. */
  get region(): Box | null {
    if (this.#boxes.length === 0 || this.#boxes.length > CONFIG.mostFaces) return null;
    return enclose(this.#boxes.map(around), this.#size);
  }

  /** The faces of a frame of that size which was read. */
  start(boxes: readonly Box[], size: Size): void {
    this.#boxes = [...boxes];
    this.#size = size;
  }

  /**
   * Where each of them is now, in their order; where it was before, if it is not found. `part`: the pixels of the
   * `region`, all that is needed of the frame.
   */
  async follow(part: Picture, region: Box): Promise<readonly Box[]> {
    const windows = this.#boxes.map((box) => shifted(around(box), -region.x, -region.y));
    const found = await this.#performer.perform('find', part, windows);
    this.#boxes = this.#boxes.map((box, index) => {
      const faces = (found[index] ?? []).map((face) => shifted(face.box, region.x, region.y));
      return nearest(box, faces) ?? box;
    });
    return this.#boxes;
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function around(box: Box): Box {
  const [x, y] = centre(box);
  const side = CONFIG.window * Math.sqrt(area(box));
  return makeBox(x - side / 2, y - side / 2, side, side);
}

/**
 * The smallest part of a frame that holds all boxes, in even pixels: the colours of most cameras have half the resolution.
 * Null where there is no such part.
 */
function enclose(boxes: readonly Box[], { width, height }: Size): Box | null {
  const x = 2 * Math.floor(Math.min(...boxes.map((box) => box.x)) / 2);
  const y = 2 * Math.floor(Math.min(...boxes.map((box) => box.y)) / 2);
  const x1 = 2 * Math.ceil(Math.max(...boxes.map(right)) / 2);
  const y1 = 2 * Math.ceil(Math.max(...boxes.map(bottom)) / 2);
  const inside = clipped(makeBox(x, y, x1 - x, y1 - y), width, height);
  return area(inside) > 0 ? inside : null;
}

function nearest(box: Box, found: readonly Box[]): Box | null {
  let best: Box | null = null;
  for (const each of found) {
    if (iou(each, box) >= Math.max(CONFIG.minOverlap, best ? iou(best, box) : 0)) best = each;
  }
  return best;
}
