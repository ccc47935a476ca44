import { describe, expect, test } from 'vitest';

import type { Picture } from '../image/picture';
import { showsAvatar } from './avatar';

const WIDTH = 240;
const HEIGHT = 136;
const TILE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const MIDDLE = { x: WIDTH / 2 - 0.5, y: HEIGHT / 2 - 0.5 };

type Level = (x: number, y: number) => number;

function draw(level: Level): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      data.fill(Math.round(level(x, y)), 3 * (y * WIDTH + x), 3 * (y * WIDTH + x + 1));
    }
  }
  return { data, width: WIDTH, height: HEIGHT, offset: 0, pixelStride: 3, rowStride: 3 * WIDTH };
}

/** Light from a side, out of focus. */
const wall: Level = (x) => 60 + x / 3;
/** Stripes, as a picture has details. */
const picture: Level = (x, y) => 200 + 30 * ((x >> 3) % 2) - 10 * ((y >> 3) % 2);
/** Which part of a pixel lies inside a circle. */
const cover = (x: number, y: number, radius: number): number =>
  Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - MIDDLE.x, y - MIDDLE.y)));
const mix = (inside: number, one: number, other: number): number => inside * one + (1 - inside) * other;

const disc: Level = (x, y) => mix(cover(x, y, 44), picture(x, y), wall(x, y));
const square: Level = (x, y) =>
  Math.max(Math.abs(x - MIDDLE.x), Math.abs(y - MIDDLE.y)) < 34 ? picture(x, y) : wall(x, y);
const isBody: Level = (x, y) => Number(y > 96 && Math.abs(x - MIDDLE.x) < 26 + 1.4 * (y - 96));

describe('the camera is off where a picture in the very middle is', () => {
  test.each([
    ['round', disc],
    ['square', square],
  ])('%s, before a blurred background', (_, level) => {
    expect(showsAvatar(draw(level), TILE)).toBe(true);
  });
});

describe('the camera is on where', () => {
  test.each<[string, Level]>([
    ['a round lamp is behind a person', (x, y) => (isBody(x, y) ? 25 : disc(x, y))],
    ['something round is beside the middle', (x, y) => disc((x + 60) % WIDTH, y)],
    ['what surrounds it is not blurred', (x, y) => disc(x, y) - (cover(x, y, 44) ? 0 : 50 * ((x >> 3) % 2))],
    ['nothing is', wall],
  ])('%s', (_, level) => {
    expect(showsAvatar(draw(level), TILE)).toBe(false);
  });
});
