import { describe, expect, test } from 'vitest';

import type { Picture } from '../image/picture';
import { isCameraOn } from './camera';

const WIDTH = 240;
const HEIGHT = 136;
const TILE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

/** A dark picture whose shade and noise no painted card has, as in a stored or shared screenshot. */
function drawDark(level: (x: number, y: number) => number | null): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      data.fill(level(x, y) ?? 36 + ((x * 7 + y * 13) % 6), 3 * (y * WIDTH + x), 3 * (y * WIDTH + x + 1));
    }
  }
  return { data, width: WIDTH, height: HEIGHT, offset: 0, pixelStride: 3, rowStride: 3 * WIDTH };
}

describe('in a compressed picture', () => {
  test('a name that is nearly as wide as its card is a camera that is off', () => {
    const name = drawDark((x, y) => (x > 14 && x < 226 && y > 60 && y < 76 && x % 12 < 7 ? 230 : null));
    expect(isCameraOn(name, TILE)).toBe(false);
  });

  test('a face lit by the screen in a dark room is a camera that is on', () => {
    const face = drawDark((x, y) => (x >= 78 && x < 162 && y >= 26 && y < 110 ? 62 : null));
    expect(isCameraOn(face, TILE)).toBe(true);
  });
});
