/**
 * Follows the faces of the newest reading from frame to frame until the next one: boxes only, for the picture that the
 * teacher sees. Nothing else is read of these frames, and nothing of them is stored.
 */
import { area, centre, iou, makeBox } from '../geometry';
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

  /** `performer`: searches the frame itself, without sending it anywhere first. */
  constructor(performer: Performer) {
    this.#performer = performer;
  }

  /** Whether there are faces, and few enough to be followed. */
  get canFollow(): boolean {
    return this.#boxes.length > 0 && this.#boxes.length <= CONFIG.mostFaces;
  }

  /** The faces of a frame that was read. */
  start(boxes: readonly Box[]): void {
    this.#boxes = [...boxes];
  }

  /** Where each of them is now, in their order; where it was before, if it is not found. */
  async follow(image: Picture): Promise<readonly Box[]> {
    const found = await this.#performer.perform('find', image, this.#boxes.map(around));
    this.#boxes = this.#boxes.map(
      (box, index) =>
        nearest(
          box,
          (found[index] ?? []).map((face) => face.box),
        ) ?? box,
    );
    return this.#boxes;
  }
}

function around(box: Box): Box {
  const [x, y] = centre(box);
  const side = CONFIG.window * Math.sqrt(area(box));
  return makeBox(x - side / 2, y - side / 2, side, side);
}

function nearest(box: Box, found: readonly Box[]): Box | null {
  let best: Box | null = null;
  for (const each of found) {
    if (iou(each, box) >= Math.max(CONFIG.minOverlap, best ? iou(best, box) : 0)) best = each;
  }
  return best;
}
