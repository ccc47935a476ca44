/** Pixels of what the browser has decoded. */
import type { Frame } from '../engine/types';

/** Draws a picture or a video and reads its pixels. */
export class PixelReader {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });

  /** `capturedAtS`: the time of the frame, on the source's own clock. */
  read(source: CanvasImageSource, width: number, height: number, capturedAtS: number): Frame {
    if (!this.#context) throw new Error('this browser has no canvas');
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#context.drawImage(source, 0, 0, width, height);
    return { data: this.#context.getImageData(0, 0, width, height).data, width, height, capturedAtS };
  }
}
