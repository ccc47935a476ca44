/** What looks like an avatar and moves is a camera's picture, until it has been still for long. */
import { expect, test } from 'vitest';

import type { Picture } from '../image/picture';
import { AvatarWatch } from './avatar_watch';

const [WIDTH, HEIGHT] = [240, 136];
const TILE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

/** Stripes in a circle before light from a side. `movedPx`: of the stripes; `ring`: around the circle. */
function drawBubble({ movedPx = 0, ring = false, light = 60 } = {}): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const away = Math.hypot(x - WIDTH / 2 + 0.5, y - HEIGHT / 2 + 0.5);
      const inside = 200 + 40 * (((x + movedPx) >> 4) % 2);
      const level = away < 44 ? inside : ring && away < 49 ? 250 : light + x / 3;
      data.fill(Math.round(level), 3 * (y * WIDTH + x), 3 * (y * WIDTH + x + 1));
    }
  }
  return { data, width: WIDTH, height: HEIGHT, offset: 0, pixelStride: 3, rowStride: 3 * WIDTH };
}

test('a still one is an avatar, also while a ring around it comes and goes', () => {
  const watch = new AvatarWatch();
  const seen = Array.from({ length: 60 }, (_, frame) =>
    watch.showsAvatar(drawBubble({ ring: frame % 2 === 1 }), TILE, frame),
  );
  expect(seen.filter((_, frame) => frame % 2 === 0)).toEqual(Array(30).fill(true));
});

test('one that moves is none, and is one again when nothing has moved for long', () => {
  const watch = new AvatarWatch();
  expect(watch.showsAvatar(drawBubble(), TILE, 0)).toBe(true);
  expect(watch.showsAvatar(drawBubble({ movedPx: 4 }), TILE, 0.2)).toBe(false);
  expect(watch.showsAvatar(drawBubble({ movedPx: 4 }), TILE, 15)).toBe(false);
  expect(watch.showsAvatar(drawBubble({ movedPx: 4 }), TILE, 21)).toBe(true);
});

test('one that takes the place of another picture is one at once', () => {
  const watch = new AvatarWatch();
  watch.showsAvatar(drawBubble(), TILE, 0);
  watch.showsAvatar(drawBubble({ movedPx: 4 }), TILE, 1);
  expect(watch.showsAvatar(drawBubble({ light: 10 }), TILE, 2)).toBe(true);
});

test('one that moves remains none where its tile is found a pixel beside', () => {
  const watch = new AvatarWatch();
  watch.showsAvatar(drawBubble(), TILE, 0);
  watch.showsAvatar(drawBubble({ movedPx: 4 }), TILE, 0.2);
  expect(watch.showsAvatar(drawBubble({ movedPx: 4 }), { ...TILE, width: WIDTH - 1 }, 0.4)).toBe(false);
});
