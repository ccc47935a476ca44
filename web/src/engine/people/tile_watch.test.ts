import { expect, test } from 'vitest';
import { makePicture, makePlane, type Picture } from '../image/picture';
import { BODY_CELLS } from './sighting';
import { TileWatch } from './tile_watch';

const [WIDTH, HEIGHT] = [320, 180];

/** A grey room with a dark person of 60 pixels. */
function drawRoom(personAt: number): Picture {
  const picture = makePicture(WIDTH, HEIGHT);
  picture.data.fill(120);
  for (let y = 60; y < HEIGHT; y += 1)
    picture.data.fill(30, (y * WIDTH + personAt) * 3, (y * WIDTH + personAt + 60) * 3);
  return picture;
}

/** How often somebody is measured in twelve seconds, who sways a little or walks. */
function countMeasurements(walks: boolean): number {
  const watch = new TileWatch({ x: 0, y: 0, width: WIDTH, height: HEIGHT });
  watch.seeFace({ x: 140, y: 40, width: 20, height: 20 });
  const body = makePlane(...BODY_CELLS);
  for (let y = 6; y < body.height; y += 1) body.data.fill(1, y * body.width + 12, y * body.width + 18);
  let measured = 0;
  for (let frame = 0; frame < 60; frame += 1) {
    watch.seePicture(drawRoom((walks ? 10 + 40 * (frame % 6) : 120) + 2 * (frame % 4)), frame / 5);
    if (!watch.isDue(frame / 5)) continue;
    measured += 1;
    watch.measure({ share: 0.2, body, head: null, hiddenBy: null }, frame / 5);
  }
  return measured;
}

test('whoever stays in their place is measured every three seconds, and whoever walks more often', () => {
  expect(countMeasurements(false)).toBe(4);
  expect(countMeasurements(true)).toBeGreaterThanOrEqual(10);
});
