/** The leader's side of a helper, with a worker that answers at once. */
import { expect, test } from 'vitest';
import { viewFrame } from '../image/picture';
import type { ModelSource } from '../models/litert';
import { Helper, type FromHelper, type ToHelper } from './helper_client';

/** Takes over what is transferred, as a worker does, and gives the frame before back with its answers. */
class PlayedWorker {
  onmessage: ((event: { data: FromHelper }) => void) | null = null;
  readonly memories = new Set<ArrayBufferLike>();
  readonly firstBytes: number[] = [];
  frames = 0;
  #image: ArrayBuffer | null = null;

  postMessage(message: ToHelper, transferred: readonly ArrayBuffer[] = []): void {
    if (message.type === 'load') this.#say({ type: 'loaded' });
    else {
      const spare = message.image ? this.#image : null;
      if (message.image) {
        expect(transferred).toEqual([message.image.data.buffer]);
        this.#image = message.image.data.buffer as ArrayBuffer;
        this.memories.add(this.#image);
        this.firstBytes.push(message.image.data[0] ?? NaN);
        this.frames += 1;
      }
      this.#say({ type: 'answers', id: message.id, answers: [true], spare });
    }
  }

  #say(data: FromHelper): void {
    queueMicrotask(() => this.onmessage?.({ data }));
  }
}

async function load(): Promise<{ helper: Helper; worker: PlayedWorker }> {
  const worker = new PlayedWorker();
  return { helper: await Helper.load(worker as unknown as Worker, {} as ModelSource), worker };
}

const BOX = { x: 0, y: 0, width: 1, height: 1 };

test('a helper keeps two frames of memory, however many it is sent', async () => {
  const { helper, worker } = await load();
  const data = new Uint8Array(4 * 16 * 9);
  for (let number = 0; number < 50; number += 1) {
    data[0] = number;
    const image = viewFrame(data, 16, 9);
    for (let job = 0; job < 3; job += 1) expect(await helper.perform('probe', image, [BOX])).toEqual([true]);
  }
  expect(worker.frames).toBe(50); // once for all jobs on it
  expect(worker.firstBytes).toEqual([...Array(50).keys()]);
  expect(worker.memories.size).toBe(2);
});

test('a frame of another size gets memory of its own, and the leader keeps its pixels', async () => {
  const { helper, worker } = await load();
  for (const [width, height] of [
    [16, 9],
    [32, 18],
    [8, 4],
  ] as const) {
    const image = viewFrame(new Uint8Array(4 * width * height), width, height);
    await helper.perform('probe', image, [BOX]);
    expect(image.data).toHaveLength(4 * width * height);
  }
  expect(worker.memories.size).toBe(3);
});
