/** Pixels of a stream's frames, in memory that is used again. */
import { expect, test } from 'vitest';
import { FrameCopier } from './frame_copier';

/** A frame each of whose pixels holds its column, its row, its number, and 255. */
class PlayedFrame {
  readonly visibleRect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  isClosed = false;
  isBroken = false;

  constructor(
    private readonly number: number,
    width = 64,
    height = 36,
  ) {
    this.visibleRect = { x: 0, y: 0, width, height };
  }

  allocationSize({ rect }: { rect: { width: number; height: number } }): number {
    return 4 * rect.width * rect.height;
  }

  copyTo(target: Uint8ClampedArray, { rect }: { rect: { x: number; y: number; width: number; height: number } }) {
    if (this.isBroken) return Promise.reject(new DOMException('no texture', 'OperationError'));
    for (let y = 0; y < rect.height; y += 1) {
      for (let x = 0; x < rect.width; x += 1) {
        target.set([rect.x + x, rect.y + y, this.number, 255], 4 * (y * rect.width + x));
      }
    }
    return Promise.resolve([]);
  }

  close(): void {
    this.isClosed = true;
  }
}

const play = (...made: ConstructorParameters<typeof PlayedFrame>): PlayedFrame & VideoFrame =>
  new PlayedFrame(...made) as unknown as PlayedFrame & VideoFrame;

test('no frame takes new memory but the largest so far', async () => {
  const copier = new FrameCopier();
  const memories = new Set<ArrayBufferLike>();
  for (let number = 0; number < 100; number += 1) {
    const part = number % 6 === 0 ? null : { x: 2 * (number % 5), y: 4, width: 20 + 2 * (number % 3), height: 16 };
    const frame = await copier.copy(play(number), number / 30, part);
    expect(frame?.data.slice(0, 4)).toEqual(Uint8ClampedArray.of(part?.x ?? 0, part?.y ?? 0, number, 255));
    memories.add(frame?.data.buffer as ArrayBufferLike);
  }
  expect(memories.size).toBe(1);
});

test('a part has the pixels that the whole frame has there', async () => {
  const frame = await new FrameCopier().copy(play(7), 1.5, { x: 10, y: 4, width: 20, height: 16 });
  expect(frame).toMatchObject({ width: 20, height: 16, capturedAtS: 1.5 });
  expect(frame?.data).toHaveLength(4 * 20 * 16);
  expect(frame?.data.slice(-4)).toEqual(Uint8ClampedArray.of(29, 19, 7, 255));
});

test('the browser gets every frame back, also one that has become too small for the part', async () => {
  const copier = new FrameCopier();
  const [whole, small] = [play(0), play(1, 16, 16)];
  expect(await copier.copy(whole, 0)).toMatchObject({ width: 64, height: 36 });
  expect(await copier.copy(small, 1, { x: 0, y: 0, width: 20, height: 16 })).toBeNull();
  expect([whole.isClosed, small.isClosed]).toEqual([true, true]);
});

test('a frame that cannot be copied is left out, as while a GPU restarts; for seconds on end it is a fault', async () => {
  const copier = new FrameCopier();
  const copy = (atS: number, isBroken: boolean) => {
    const frame = play(0);
    frame.isBroken = isBroken;
    return copier.copy(frame, atS).finally(() => {
      expect(frame.isClosed).toBe(true);
    });
  };
  expect(await copy(0, true)).toBeNull();
  expect(await copy(4, true)).toBeNull();
  expect(await copy(4.5, false)).not.toBeNull();
  expect(await copy(6, true)).toBeNull();
  await expect(copy(11, true)).rejects.toThrow('no texture');
});
