/** The page's side of the worker that reads frames. */
import { openFrameStream } from '../capture/frame_stream';
import { CaptureProblem } from '../capture/problems';
import { PixelReader } from '../capture/pixels';
import type { EngineOptions, Frame, FrameResult, Merge, Settlement } from '../engine/types';
import type { FromReader, ToReader } from './protocol';

export interface ReaderEvents {
  onResult(result: FrameResult, tookMs: number): void;
  onFailed(reason: string): void;
}

/** Where the model files and the runtime are, and how many helpers share the work. */
export function engineOptions(expressions: boolean, live: boolean): EngineOptions {
  const base = new URL('./', document.baseURI).href;
  const cores = navigator.hardwareConcurrency || 2;
  return {
    modelFolder: `${base}models/`,
    runtimeFolder: `${base}litert/`,
    expressions,
    live,
    // The page itself needs little; more helpers than this wait for each other.
    helpers: Math.max(1, Math.min(3, cores - 1)),
    accelerator: 'auto',
  };
}

/** A reader with its networks loaded. */
export class FrameReader {
  #waiting: ((message: FromReader) => void) | null = null;
  #fallback: VideoElementFeed | null = null;

  private constructor(
    private readonly worker: Worker,
    private readonly events: ReaderEvents,
    readonly accelerator: 'wasm' | 'webgpu',
  ) {
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      this.#receive(data);
    };
    worker.onerror = (event) => {
      events.onFailed(event.message);
    };
  }

  /** Throws `CaptureProblem` where the networks cannot be loaded. */
  static load(options: EngineOptions, events: ReaderEvents): Promise<FrameReader> {
    const worker = new Worker(new URL('./frame_reader.ts', import.meta.url));
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
        if (data.type === 'loaded') resolve(new FrameReader(worker, events, data.accelerator));
        else reject(new CaptureProblem('no_engine'));
      };
      worker.onerror = () => {
        reject(new CaptureProblem('no_engine'));
      };
      worker.postMessage({ type: 'load', options } satisfies ToReader);
    });
  }

  /** Reads a track until it ends: frames in the worker itself, or by a video element where the browser has no other. */
  watch(track: MediaStreamTrack, stepMs: number): void {
    this.#fallback?.stop();
    const frames = openFrameStream(track);
    if (frames) {
      this.worker.postMessage({ type: 'watch', frames, stepMs } satisfies ToReader, [frames]);
      return;
    }
    this.#fallback = new VideoElementFeed(track, stepMs, (frame) => this.read(frame));
  }

  /** Reads one frame; its result is also given to `onResult`. */
  async read(frame: Frame): Promise<void> {
    const answered = new Promise<FromReader>((resolve) => (this.#waiting = resolve));
    this.#post({ type: 'read', frame }, [frame.data.buffer as ArrayBuffer]);
    await answered;
  }

  /** From the next frame on these students are not read. */
  exclude(students: ReadonlySet<number>): void {
    this.#post({ type: 'exclude', students: [...students] });
  }

  /** While paused no frame is read. */
  pause(paused: boolean): void {
    this.#fallback?.pause(paused);
    this.#post({ type: 'pause', paused });
  }

  /** Applies a merge that the teacher declared. */
  merge(merge: Merge): void {
    this.#post({ type: 'merge', merge });
  }

  /** At the end: what becomes of the numbers that were in view only briefly. */
  async settle(): Promise<readonly Settlement[]> {
    const answered = new Promise<FromReader>((resolve) => (this.#waiting = resolve));
    this.#post({ type: 'settle' });
    const answer = await answered;
    return answer.type === 'settled' ? answer.settlements : [];
  }

  close(): void {
    this.#fallback?.stop();
    this.worker.terminate();
  }

  #post(message: ToReader, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  #receive(message: FromReader): void {
    if (message.type === 'result') this.events.onResult(message.result, message.tookMs);
    if (message.type === 'failed') this.events.onFailed(message.reason);
    if (message.type === 'loaded') return;
    this.#waiting?.(message);
  }
}

/** Frames of a track by a video element, for Firefox and Safari, which have no `MediaStreamTrackProcessor`. */
class VideoElementFeed {
  readonly #element = document.createElement('video');
  readonly #pixels = new PixelReader();
  readonly #timer: ReturnType<typeof setInterval>;
  #isBusy = false;
  #isPaused = false;

  constructor(
    track: MediaStreamTrack,
    stepMs: number,
    private readonly read: (frame: Frame) => Promise<void>,
  ) {
    this.#element.muted = true;
    this.#element.srcObject = new MediaStream([track]);
    void this.#element.play();
    this.#timer = setInterval(() => {
      this.#readNewest();
    }, stepMs);
  }

  pause(paused: boolean): void {
    this.#isPaused = paused;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#element.srcObject = null;
  }

  #readNewest(): void {
    const { videoWidth, videoHeight } = this.#element;
    if (this.#isBusy || this.#isPaused || videoWidth * videoHeight === 0) return;
    this.#isBusy = true;
    const frame = this.#pixels.read(this.#element, videoWidth, videoHeight, performance.now() / 1000);
    void this.read(frame).finally(() => (this.#isBusy = false));
  }
}
