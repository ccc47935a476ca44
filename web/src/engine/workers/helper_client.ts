/** The leader's side of a helper: sends it frames and jobs, and waits for the answers. */
import { ModelError, type ModelSource } from '../models/litert';
import type { Picture } from '../image/picture';
import type { Answer, Ask, Kind } from './jobs';
import type { HelpingPerformer } from './pool';

/** From the leader. `image`: only where it is not the one sent before; its memory belongs to the helper from then on. */
export type ToHelper =
  | { readonly type: 'load'; readonly source: ModelSource }
  | {
      readonly type: 'perform';
      readonly id: number;
      readonly kind: Kind;
      readonly asked: readonly Ask<Kind>[];
      readonly image: Picture | null;
    };

/** From the helper. `spare`: the memory of the frame before, given back where a new one has come. */
export type FromHelper =
  | { readonly type: 'loaded' }
  | {
      readonly type: 'answers';
      readonly id: number;
      readonly answers: readonly Answer<Kind>[];
      readonly spare: ArrayBuffer | null;
    }
  | { readonly type: 'failed'; readonly id: number | null; readonly reason: string };

interface Waiting {
  readonly resolve: (answers: readonly Answer<Kind>[]) => void;
  readonly reject: (error: Error) => void;
}

/** A helper that has loaded its networks. */
export class Helper implements HelpingPerformer {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #sent: Picture | null = null;
  #spare = new ArrayBuffer(0);
  #jobs = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = (event: MessageEvent<FromHelper>): void => {
      this.#receive(event.data);
    };
    worker.onerror = (event): void => {
      this.#failAll(event.message);
    };
  }

  /** Throws `ModelError` where the helper cannot load the networks. */
  static load(worker: Worker, source: ModelSource): Promise<Helper> {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromHelper>): void => {
        if (data.type === 'loaded') resolve(new Helper(worker));
        else reject(new ModelError(data.type === 'failed' ? data.reason : 'a helper answers before it is asked'));
      };
      worker.onerror = (event): void => {
        reject(new ModelError(`a helper does not start: ${event.message}`));
      };
      worker.postMessage({ type: 'load', source } satisfies ToHelper);
    });
  }

  /** The answers to all asked, in their order. */
  async perform<K extends Kind>(kind: K, image: Picture, asked: readonly Ask<K>[]): Promise<Answer<K>[]> {
    const id = (this.#jobs += 1);
    const copy = image === this.#sent ? null : this.#copy(image);
    this.#sent = image;
    const answers = await new Promise<readonly Answer<Kind>[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message = { type: 'perform', id, kind, asked, image: copy } satisfies ToHelper;
      this.#worker.postMessage(message, copy ? [copy.data.buffer] : []);
    });
    return answers as Answer<K>[];
  }

  /** In memory that the helper has given back, where it has the size: frames are large, and come often. */
  #copy(image: Picture): Picture & { readonly data: Uint8Array<ArrayBuffer> } {
    const fits = this.#spare.byteLength === image.data.byteLength;
    const data = new Uint8Array(fits ? this.#spare : new ArrayBuffer(image.data.byteLength));
    this.#spare = new ArrayBuffer(0);
    data.set(image.data);
    return { ...image, data };
  }

  close(): void {
    this.#worker.terminate();
    this.#failAll('the engine is closed');
  }

  #receive(message: FromHelper): void {
    if (message.type === 'loaded') return;
    if (message.id === null) {
      this.#failAll(message.type === 'failed' ? message.reason : '');
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'failed') {
      waiting?.reject(new ModelError(message.reason));
      return;
    }
    this.#spare = message.spare ?? this.#spare;
    waiting?.resolve(message.answers);
  }

  #failAll(reason: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new ModelError(`a helper ended: ${reason}`));
    this.#waiting.clear();
  }
}
