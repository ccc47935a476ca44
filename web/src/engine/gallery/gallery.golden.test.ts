/** Avatars and large tiles are found where the Python engine finds them. */
import { expect, test } from 'vitest';
import { makeFrame, readGallery, readPicture, type Edit } from '../../../tests/engine/golden';
import { makeBox } from '../geometry';
import { viewFrame, type Picture } from '../image/picture';
import { showsAvatar } from './avatar';
import { findLayout } from './layout';

const gallery = readGallery();

function draw(name: string, edits: readonly Edit[]): Picture {
  const picture = readPicture(name);
  return viewFrame(makeFrame(picture, edits), picture.width, picture.height);
}

test.each(gallery.avatars.map((frame, index) => [index, frame] as const))('frame %i has the avatars', (_, frame) => {
  const image = draw(frame.picture, frame.edits);
  expect(frame.tiles.map((tile) => showsAvatar(image, makeBox(...tile)))).toEqual(frame.avatars);
});

test.each(gallery.windows.map((window, index) => [index, window] as const))(
  'window %i has the tiles',
  async (_, { picture, edits, boxes }) => {
    const layout = await findLayout(draw(picture, edits), (asked) => Promise.resolve(asked.map(() => true)), null);
    const found = layout.boxes.map(({ x, y, width, height }) => [x, y, width, height]);
    expect(found.map((box) => box.map((value) => Math.round(1000 * value) / 1000))).toEqual(boxes);
  },
);
