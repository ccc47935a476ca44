/** Frames by a video element, whose picture the browser may refuse for a moment. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VideoElementFeed } from './video_feed';

const STEP_MS = 200;
let isBroken = false;

class PlayedCanvas {
  width = 0;
  height = 0;

  getContext(): object {
    const drawImage = () => {
      if (isBroken) throw new DOMException('no picture', 'InvalidStateError');
    };
    return { drawImage, getImageData: () => ({ data: new Uint8ClampedArray(4) }) };
  }
}

beforeEach(() => {
  isBroken = false;
  vi.useFakeTimers();
  vi.stubGlobal('OffscreenCanvas', PlayedCanvas);
  vi.stubGlobal('MediaStream', vi.fn());
  const element = { videoWidth: 1, videoHeight: 1, play: () => Promise.resolve() };
  vi.stubGlobal('document', { createElement: () => element });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function feed() {
  const taker = { read: vi.fn(() => Promise.resolve(null)), follow: vi.fn(), fail: vi.fn() };
  return { taker, video: new VideoElementFeed({} as MediaStreamTrack, STEP_MS, taker) };
}

test('goes on after a picture that could not be drawn', async () => {
  const { taker, video } = feed();
  isBroken = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(taker.read).not.toHaveBeenCalled();
  isBroken = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(taker.read.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(taker.fail).not.toHaveBeenCalled();
  video.stop();
});

test('reports a picture that cannot be drawn for seconds on end, once', async () => {
  const { taker } = feed();
  isBroken = true;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(taker.fail).toHaveBeenCalledTimes(1);
});
