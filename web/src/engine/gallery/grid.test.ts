/** Tiles that merged, or that are as dark as the gaps, are where the grid has a place for them. */
import { expect, test } from 'vitest';

import type { Plane } from '../image/picture';
import type { Box } from '../types';
import { completeGrid } from './grid';

const [WIDTH, HEIGHT, GAP] = [160, 90, 8];
const CELLS: readonly Box[] = Array.from({ length: 20 }, (_, number) => ({
  x: GAP + (number % 5) * (WIDTH + GAP),
  y: GAP + Math.floor(number / 5) * (HEIGHT + GAP),
  width: WIDTH,
  height: HEIGHT,
}));

function fill(boxes: readonly Box[]): Plane {
  const [width, height] = [GAP + 5 * (WIDTH + GAP), GAP + 4 * (HEIGHT + GAP)];
  const data = new Uint8Array(width * height);
  for (const box of boxes) {
    for (let y = box.y; y < box.y + box.height; y += 1)
      data.fill(255, y * width + box.x, y * width + box.x + box.width);
  }
  return { data, width, height };
}

function places(boxes: readonly Box[]): string[] {
  return boxes.map(({ x, y, width, height }) => [x, y, width, height].join(' ')).sort();
}

const UNDER = [0, 1, 5, 6];
const OTHERS = CELLS.filter((_, number) => !UNDER.includes(number));
const BLOCK = { x: GAP, y: GAP, width: 2 * WIDTH + GAP, height: 2 * HEIGHT + GAP };

test('a block with gaps left in it is its tiles', () => {
  expect(places(completeGrid([...OTHERS, BLOCK], [], fill(CELLS)))).toEqual(places(CELLS));
});

test('a large tile as large as a block is one', () => {
  const boxes = [...OTHERS, BLOCK];
  expect(places(completeGrid(boxes, [], fill(boxes)))).toEqual(places(boxes));
});

test('a tile as dark as the gap is where tiles are above and below', () => {
  const lit = CELLS.filter((_, number) => ![6, 9, 19].includes(number));
  expect(places(completeGrid(lit, [], fill(lit)))).toEqual(places(CELLS.slice(0, 19)));
});
