/** The page's side of the reader, with a worker that the test plays. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { FrameResult } from '../engine/types';
import type { FromReader, ToReader } from './protocol';
import { FrameReader } from './reader_client';

const OPTIONS = {
  modelFolder: '',
  runtimeFolder: '',
  expressions: true,
  live: true,
  helpers: 1,
  accelerator: 'wasm',
} as const;

class PlayedWorker {
  static last: PlayedWorker;
  onmessage: ((event: { data: FromReader }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly asked: ToReader[] = [];
  isTerminated = false;

  constructor() {
    PlayedWorker.last = this;
  }

  postMessage(message: ToReader): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: FromReader): void {
    this.onmessage?.({ data });
  }
}

const RESULT = { faces: [] } as unknown as FrameResult;

async function load(): Promise<{ reader: FrameReader; worker: PlayedWorker }> {
  const loading = FrameReader.load(OPTIONS);
  PlayedWorker.last.say({ type: 'loaded', accelerator: 'wasm' });
  return { reader: await loading, worker: PlayedWorker.last };
}

beforeEach(() => {
  vi.stubGlobal('Worker', PlayedWorker);
  vi.stubGlobal('OffscreenCanvas', () => undefined);
  vi.stubGlobal('navigator', { locks: {} });
});

test('at the end the settlements are waited for, also if a frame that was being read comes first', async () => {
  const { reader, worker } = await load();
  const settled = reader.settle();
  worker.say({ type: 'result', result: RESULT, tookMs: 30, region: null });
  worker.say({ type: 'followed', boxes: [], region: null });
  worker.say({ type: 'settled', settlements: [{ student: 3, into: null }] });
  expect(await settled).toEqual([{ student: 3, into: null }]);
});

test('a worker that fails while settlements are waited for ends the wait', async () => {
  const { reader, worker } = await load();
  const reasons: string[] = [];
  reader.listen({ onResult: () => undefined, onFailed: (reason) => reasons.push(reason) });
  const settled = reader.settle();
  worker.onerror?.({ message: 'out of memory' });
  expect(await settled).toEqual([]);
  expect(reasons).toEqual(['out of memory']);
});

test('boxes are followed only while somebody looks', async () => {
  const { reader, worker } = await load();
  const seen: number[] = [];
  reader.follow(({ result, boxes }) => {
    expect(result).toBe(RESULT);
    seen.push(boxes.length);
  });
  worker.say({ type: 'result', result: RESULT, tookMs: 30, region: null });
  worker.say({ type: 'followed', boxes: [{ x: 1, y: 2, width: 3, height: 4 }], region: null });
  reader.follow(null);
  worker.say({ type: 'followed', boxes: [{ x: 1, y: 2, width: 3, height: 4 }], region: null });
  expect(seen).toEqual([1]);
  expect(worker.asked.slice(1)).toEqual([
    { type: 'following', on: true },
    { type: 'following', on: false },
  ]);
});

test('a browser that lacks a part is said to, and no worker is started', async () => {
  vi.stubGlobal('OffscreenCanvas', undefined);
  await expect(FrameReader.load(OPTIONS)).rejects.toMatchObject({ reason: 'old_browser' });
});

test('networks that cannot be loaded are said, and the worker is ended', async () => {
  const loading = FrameReader.load(OPTIONS);
  PlayedWorker.last.say({ type: 'failed', reason: 'a network does not load' });
  await expect(loading).rejects.toMatchObject({ reason: 'no_engine' });
  expect(PlayedWorker.last.isTerminated).toBe(true);
});
