/** Tiles are found in a drawn window, and an avatar that takes the place of a picture. */
import { expect, test } from 'vitest';

import type { Picture } from '../image/picture';
import { TileFinder } from './tile_finder';

const [WIDTH, HEIGHT, GAP, COLUMNS, ROWS] = [240, 136, 10, 3, 2];
const SIZE = { width: GAP + COLUMNS * (WIDTH + GAP), height: GAP + ROWS * (HEIGHT + GAP) };
const NUMBERS = [0, 1, 2, 3, 4, 5];

type Level = (x: number, y: number) => number;
const picture: Level = (x, y) => 120 + 60 * ((x >> 3) % 2) - 40 * ((y >> 3) % 2);
const avatar: Level = (x, y) =>
  Math.hypot(x - WIDTH / 2 + 0.5, y - HEIGHT / 2 + 0.5) < 44 ? picture(x, y) + 60 : 60 + x / 3;

function draw(levels: readonly Level[]): Picture {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3).fill(26);
  levels.forEach((level, number) => {
    const tile = {
      x: GAP + (number % COLUMNS) * (WIDTH + GAP),
      y: GAP + Math.floor(number / COLUMNS) * (HEIGHT + GAP),
    };
    for (let y = 0; y < HEIGHT; y += 1) {
      for (let x = 0; x < WIDTH; x += 1) {
        const at = 3 * ((tile.y + y) * SIZE.width + tile.x + x);
        data.fill(Math.round(level(x, y)), at, at + 3);
      }
    }
  });
  return { data, ...SIZE, offset: 0, pixelStride: 3, rowStride: 3 * SIZE.width };
}

test('an avatar in place of a picture is a camera that is off, soon after, and the picture is one at once', async () => {
  const finder = new TileFinder((_, boxes) => Promise.resolve(boxes.map(() => true)));
  let nowS = 0;
  const cameras = async (levels: readonly Level[]) =>
    (await finder.find(draw(levels), (nowS += 0.2))).map(({ cameraOn }) => cameraOn);
  const pictures = NUMBERS.map(() => picture);
  const withAvatar = NUMBERS.map((number) => (number === 4 ? avatar : picture));
  const allOn = NUMBERS.map(() => true);
  const oneOff = NUMBERS.map((number) => number !== 4);
  expect(await cameras(pictures)).toEqual(allOn);
  await expect.poll(() => cameras(withAvatar), { interval: 0, timeout: 20_000 }).toEqual(oneOff);
  expect(await cameras(pictures)).toEqual(allOn);
});
