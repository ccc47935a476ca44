/** The page's side of the worker that reads frames. */
import { openFrameStream } from '../capture/frame_stream';
import { CaptureProblem } from '../capture/problems';
import { canRun } from '../capture/support';
import type { Box, EngineOptions, Frame, FrameResult, Merge, Settlement } from '../engine/types';
import type { FromReader, ToReader } from './protocol';
import { VideoElementFeed } from './video_feed';

export interface ReaderEvents {
  onResult(result: FrameResult, tookMs: number): void;
  onFailed(reason: string): void;
}

/** Where the faces of a result are by now, in their order. */
export interface Followed {
  readonly result: FrameResult;
  readonly boxes: readonly Box[];
}

export type FollowListener = (followed: Followed) => void;

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

type Answer = FromReader['type'];

/** A reader with its networks loaded. */
export class FrameReader {
  #waiting: { readonly type: Answer; readonly resolve: (message: FromReader) => void } | null = null;
  #fallback: VideoElementFeed | null = null;
  #events: ReaderEvents | null = null;
  #onFollowed: FollowListener | null = null;
  #newest: FrameResult | null = null;

  private constructor(
    private readonly worker: Worker,
    readonly accelerator: 'wasm' | 'webgpu',
  ) {
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      this.#receive(data);
    };
    worker.onerror = (event) => {
      this.#receive({ type: 'failed', reason: event.message });
    };
  }

  /** Throws `CaptureProblem` where the networks cannot be loaded, or this browser cannot run them. */
  static load(options: EngineOptions): Promise<FrameReader> {
    if (!canRun()) return Promise.reject(new CaptureProblem('old_browser'));
    const worker = new Worker(new URL('./frame_reader.ts', import.meta.url));
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        worker.terminate();
        reject(new CaptureProblem('no_engine'));
      };
      worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
        if (data.type === 'loaded') resolve(new FrameReader(worker, data.accelerator));
        else fail();
      };
      worker.onerror = fail;
      worker.postMessage({ type: 'load', options } satisfies ToReader);
    });
  }

  /** From now on results go there. */
  listen(events: ReaderEvents): void {
    this.#events = events;
  }

  /** Reads a track until it ends: frames in the worker itself, or by a video element where the browser has no other. */
  watch(track: MediaStreamTrack, stepMs: number): void {
    this.#fallback?.stop();
    const frames = openFrameStream(track);
    if (frames) {
      this.#post({ type: 'watch', frames, stepMs }, [frames]);
      return;
    }
    this.#fallback = new VideoElementFeed(track, stepMs, {
      read: (frame) => this.read(frame),
      follow: async (part, region) => {
        const answer = await this.#ask({ type: 'follow', part, region }, 'followed', [part.data.buffer as ArrayBuffer]);
        return answer.type === 'followed' ? answer.region : null;
      },
      fail: (error) => {
        this.#receive({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
      },
    });
    this.#fallback.follow(this.#onFollowed !== null);
  }

  /** Reads one frame; its result is given to `onResult`. The part of the next frame that may be followed; null of none. */
  async read(frame: Frame): Promise<Box | null> {
    const answer = await this.#ask({ type: 'read', frame }, 'result', [frame.data.buffer as ArrayBuffer]);
    return answer.type === 'result' ? answer.region : null;
  }

  /** Follows one or few faces also in the frames between two that are read, while somebody sees it. */
  follow(listener: FollowListener | null): void {
    this.#onFollowed = listener;
    this.#fallback?.follow(listener !== null);
    this.#post({ type: 'following', on: listener !== null });
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
    const answer = await this.#ask({ type: 'settle' }, 'settled');
    return answer.type === 'settled' ? answer.settlements : [];
  }

  close(): void {
    this.#fallback?.stop();
    this.worker.terminate();
  }

  /** The worker's answer of that type, or its failure. Frames of a stream are read meanwhile, and their results come. */
  #ask(message: ToReader, type: Answer, transfer: Transferable[] = []): Promise<FromReader> {
    const answered = new Promise<FromReader>((resolve) => (this.#waiting = { type, resolve }));
    this.#post(message, transfer);
    return answered;
  }

  #post(message: ToReader, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }

  #receive(message: FromReader): void {
    if (message.type === 'result') this.#takeResult(message.result, message.tookMs);
    if (message.type === 'followed') this.#takeBoxes(message.boxes);
    if (message.type === 'failed') this.#events?.onFailed(message.reason);
    if (message.type === this.#waiting?.type || message.type === 'failed') this.#waiting?.resolve(message);
  }

  #takeResult(result: FrameResult, tookMs: number): void {
    this.#newest = result;
    this.#events?.onResult(result, tookMs);
  }

  /** Boxes are those of the result that came before them. */
  #takeBoxes(boxes: readonly Box[]): void {
    if (this.#newest) this.#onFollowed?.({ result: this.#newest, boxes });
  }
}
