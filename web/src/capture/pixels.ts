/** Pixels of what the browser has decoded. */
import type { Box, Frame } from '../engine/types';

/** Draws a picture or a video and reads its pixels. */
export class PixelReader {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });

  /**
   * `width`, `height`: of the source. `capturedAtS`: the time of the frame, on the source's own clock. `part`: all that
   * is drawn and read, as a frame of its own; null for the whole.
   */
  read(source: CanvasImageSource, width: number, height: number, capturedAtS: number, part: Box | null = null): Frame {
    if (!this.#context) throw new Error('this browser has no canvas');
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const read = part ?? { x: 0, y: 0, width, height };
    const place = [read.x, read.y, read.width, read.height] as const;
    this.#context.drawImage(source, ...place, ...place);
    const { data } = this.#context.getImageData(...place);
    return { data, width: read.width, height: read.height, capturedAtS };
  }
}
