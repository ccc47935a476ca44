/** A leader, which is the calling worker itself, and helpers beside it; they share the jobs of a frame. */
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { Answer, Ask, Kind } from './jobs';

/** Does jobs on a frame, one call at a time; a leader, or the leader's side of a helper. */
export interface Performer {
  /** The answers to all asked, in their order. */
  perform<K extends Kind>(kind: K, image: Picture, asked: readonly Ask<K>[]): Promise<Answer<K>[]>;
}

/** A performer that ends with the pool. */
export interface HelpingPerformer extends Performer {
  close(): void;
}

/** One frame at a time: a pool is used by one engine. */
export class WorkerPool {
  readonly #leader: Performer;
  readonly #helpers: readonly HelpingPerformer[];

  constructor(leader: Performer, helpers: readonly HelpingPerformer[] = []) {
    this.#leader = leader;
    this.#helpers = helpers;
  }

  /** The answers to all asked, in their order. `image`: the frame as a whole, which helpers keep for its later jobs. */
  async map<K extends Kind>(kind: K, image: Picture, asked: readonly Ask<K>[]): Promise<Answer<K>[]> {
    const workers = Math.min(asked.length, 1 + this.#helpers.length);
    if (workers <= 1) return this.#leader.perform(kind, image, asked);
    const shares = Array.from({ length: workers }, (_, worker) =>
      asked.filter((_ask, index) => index % workers === worker),
    );
    // Helpers first: the leader computes in between, and would delay what is sent after it.
    const helped = shares.slice(1).map((share, helper) => at(this.#helpers, helper).perform(kind, image, share));
    const own = await this.#leader.perform(kind, image, at(shares, 0));
    const parts = [own, ...(await Promise.all(helped))];
    return asked.map((_, index) => at(at(parts, index % workers), Math.floor(index / workers)));
  }

  close(): void {
    for (const helper of this.#helpers) helper.close();
  }
}
