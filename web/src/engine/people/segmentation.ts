/** MediaPipe's selfie segmentation (landscape): which pixels show a person. As `people/segmentation.py`. */
import { makePlane, toShares, type Picture, type Plane } from '../image/picture';
import { resizeArea, resizeLinear } from '../image/resize';
import type { Network } from '../models/network';

/** Width and height of a mask. */
export const MASK_SIZE = [256, 144] as const;
const LIKELY = 0.5;

export class PersonSegmenter {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** 1 for each part of a picture of any size that shows a person. */
  async segment(picture: Picture): Promise<Plane> {
    const [width, height] = MASK_SIZE;
    const small = picture.height > height ? resizeArea(picture, width, height) : resizeLinear(picture, width, height);
    const [shares] = await this.#network.run(toShares(small));
    const mask = makePlane(width, height);
    for (let index = 0; index < mask.data.length; index += 1) {
      mask.data[index] = (shares?.[index] ?? 0) > LIKELY ? 1 : 0;
    }
    return mask;
  }
}
