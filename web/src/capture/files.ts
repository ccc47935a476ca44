/** Reads pictures and video files, frame by frame. */
import type { Frame } from '../engine/types';
import { PixelReader } from './pixels';
import { CaptureProblem } from './problems';

const MAX_PIXELS = 50_000_000;
/** Seconds of a recording between two frames that are read. */
export const VIDEO_STEP_S = 0.5;

/** The pixels of a picture. Throws `CaptureProblem`. */
export async function readPicture(file: Blob): Promise<Frame> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new CaptureProblem('unreadable');
  });
  try {
    if (bitmap.width * bitmap.height > MAX_PIXELS) throw new CaptureProblem('too_large');
    return new PixelReader().read(bitmap, bitmap.width, bitmap.height, 0);
  } finally {
    bitmap.close();
  }
}

/** When a recording began whose file was last written then: its length before, and so that it has ended by now. */
export function guessBeginning(writtenMs: number, lengthS: number, now: Date): Date {
  const lengthMs = Number.isFinite(lengthS) ? lengthS * 1000 : 0;
  return new Date(Math.min(writtenMs, now.getTime()) - lengthMs);
}

/** A recording that was opened: its picture, and its frames in order. */
export class VideoFile {
  readonly #reader = new PixelReader();
  readonly #url: string;

  private constructor(
    readonly element: HTMLVideoElement,
    url: string,
    private readonly writtenMs: number,
  ) {
    this.#url = url;
  }

  /** Throws `CaptureProblem`. */
  static async open(file: File): Promise<VideoFile> {
    const element = document.createElement('video');
    element.muted = true;
    element.preload = 'auto';
    const url = URL.createObjectURL(file);
    try {
      await new Promise((resolve, reject) => {
        element.onloadeddata = resolve;
        element.onerror = reject;
        element.src = url;
      });
    } catch {
      URL.revokeObjectURL(url);
      throw new CaptureProblem('unreadable');
    }
    return new VideoFile(element, url, file.lastModified);
  }

  /** Its length in seconds; infinite where the file does not say. */
  get durationS(): number {
    return this.element.duration;
  }

  /** When the recording began. */
  beganAt(now: Date): Date {
    return guessBeginning(this.writtenMs, this.durationS, now);
  }

  /** The frames, one in every step. The next is read when it is asked for, so that none is lost. */
  async *frames(): AsyncGenerator<Frame> {
    for (let atS = 0; atS < this.durationS; atS += VIDEO_STEP_S) {
      if (!(await this.#seek(atS))) return;
      const { videoWidth, videoHeight } = this.element;
      if (videoWidth * videoHeight === 0) throw new CaptureProblem('unreadable');
      yield this.#reader.read(this.element, videoWidth, videoHeight, atS);
    }
  }

  close(): void {
    this.element.removeAttribute('src');
    this.element.load();
    URL.revokeObjectURL(this.#url);
  }

  /** False at the end of a file whose length was not known. */
  async #seek(atS: number): Promise<boolean> {
    await new Promise((resolve, reject) => {
      this.element.onseeked = resolve;
      this.element.onerror = () => {
        reject(new CaptureProblem('unreadable'));
      };
      this.element.currentTime = atS;
    });
    return !this.element.ended || atS === 0;
  }
}
