/** Reads expressions from face crops, in the batches that the networks were fixed to. */
import { alignFace, FACE_CROP_PX } from '../faces/alignment';
import type { Picture } from '../image/picture';
import type { Network } from '../models/network';
import { EXPRESSIONS } from '../types';

const CROP = FACE_CROP_PX ** 2;

export class ExpressionReader {
  readonly #networks: readonly Network[];

  /** `networks`: one a batch size, the largest first. */
  constructor(networks: readonly Network[]) {
    this.#networks = networks;
  }

  /** Seven probabilities a face, of `EXPRESSIONS`. `keypointsPx`: those of each face, in pixels of the image. */
  async read(image: Picture, keypointsPx: readonly Float32Array[]): Promise<Float32Array[]> {
    const crops = keypointsPx.map((points) => alignFace(image, points));
    const readings: Float32Array[] = [];
    while (readings.length < crops.length) {
      readings.push(...(await this.#readSome(crops.slice(readings.length))));
    }
    return readings;
  }

  /** Those of the first crops that fill a network's batch; the smallest batch is filled up with black. */
  async #readSome(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    const sizes = this.#networks.map((network) => network.inputShape[0] ?? 1);
    const fitting = sizes.findIndex((size) => size <= crops.length);
    const place = fitting < 0 ? sizes.length - 1 : fitting;
    const [network, size] = [this.#networks[place], sizes[place] ?? 1];
    if (!network) throw new Error('expressions are off: their network was not loaded');
    const batch = new Float32Array(size * CROP);
    const count = Math.min(size, crops.length);
    crops.slice(0, count).forEach((crop, index) => {
      batch.set(crop, index * CROP);
    });
    const [rows] = await network.run(batch);
    if (!rows) throw new Error('the expression network gives no output');
    const classes = EXPRESSIONS.length;
    return Array.from({ length: count }, (_, index) => rows.slice(index * classes, (index + 1) * classes));
  }
}
