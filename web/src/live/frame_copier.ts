/** Pixels of the frames of a stream. */
import type { Box, Frame } from '../engine/types';
import { Patience } from './patience';

/**
 * Copies one frame after the other into the same memory: new memory for each, 8 MB thirty times a second, takes longer
 * than the copy, and waits for the browser to free it. A frame's pixels hold until the next one is copied.
 */
export class FrameCopier {
  #memory = new ArrayBuffer(0);
  readonly #patience = new Patience();

  /**
   * The whole frame, or `part` of it, as a frame of its own; null where the frame does not have that part, or cannot be
   * copied. The browser gets its own memory back at once: it has few frames to give. Throws where none can be copied for
   * a while.
   */
  async copy(value: VideoFrame, capturedAtS: number, part: Box | null = null): Promise<Frame | null> {
    try {
      const visible = value.visibleRect ?? { x: 0, y: 0, width: value.codedWidth, height: value.codedHeight };
      const { x, y, width, height } = part ?? { x: 0, y: 0, width: visible.width, height: visible.height };
      if (x + width > visible.width || y + height > visible.height) return null;
      const layout = { format: 'RGBA', rect: { x: visible.x + x, y: visible.y + y, width, height } } as const;
      const data = this.#reserve(value.allocationSize(layout));
      await value.copyTo(data, layout);
      this.#patience.renew();
      return { data, width, height, capturedAtS };
    } catch (error) {
      this.#patience.spend(error, capturedAtS);
      return null;
    } finally {
      value.close();
    }
  }

  #reserve(bytes: number): Uint8ClampedArray {
    if (this.#memory.byteLength < bytes) this.#memory = new ArrayBuffer(bytes);
    return new Uint8ClampedArray(this.#memory, 0, bytes);
  }
}
