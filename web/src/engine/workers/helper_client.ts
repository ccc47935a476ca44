/** The leader's side of a helper: sends it frames and jobs, and waits for the answers. */
import { ModelError, type ModelSource } from '../models/litert';
import type { Picture } from '../image/picture';
import type { Answer, Ask, Kind } from './jobs';
import type { HelpingPerformer } from './pool';

/** From the leader. `image`: only where it is not the one sent before. */
export type ToHelper =
  | { readonly type: 'load'; readonly source: ModelSource }
  | {
      readonly type: 'perform';
      readonly id: number;
      readonly kind: Kind;
      readonly asked: readonly Ask<Kind>[];
      readonly image: Picture | null;
    };

/** From the helper. */
export type FromHelper =
  | { readonly type: 'loaded' }
  | { readonly type: 'answers'; readonly id: number; readonly answers: readonly Answer<Kind>[] }
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
    const isNew = image !== this.#sent;
    this.#sent = image;
    const answers = await new Promise<readonly Answer<Kind>[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ type: 'perform', id, kind, asked, image: isNew ? image : null } satisfies ToHelper);
    });
    return answers as Answer<K>[];
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
    if (message.type === 'answers') waiting?.resolve(message.answers);
    else waiting?.reject(new ModelError(message.reason));
  }

  #failAll(reason: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new ModelError(`a helper ended: ${reason}`));
    this.#waiting.clear();
  }
}
