/** A face is followed through the frames between two readings. */
import { expect, test } from 'vitest';
import { makeBox } from '../geometry';
import { viewFrame } from '../image/picture';
import type { Box } from '../types';
import type { Performer } from '../workers/pool';
import { FaceFollower } from './following';

const SIZE = { width: 640, height: 360 };
const WHOLE = makeBox(0, 0, 640, 360);
const FRAME = viewFrame(new Uint8Array(4 * 640 * 360), 640, 360);

/** Finds these boxes, wherever it is asked to look. */
function finding(...boxes: Box[]): Performer & { windows: Box[] } {
  const windows: Box[] = [];
  const answer = boxes.map((box) => ({ box, score: 0.9, keypointsPx: new Float32Array(8) }));
  const perform = ((_kind: string, _image: unknown, asked: readonly Box[]) => {
    windows.push(...asked);
    return Promise.resolve(asked.map(() => answer));
  }) as unknown as Performer['perform'];
  return { perform, windows };
}

test('the box moves with its face, from frame to frame', async () => {
  for (const x of [110, 130]) {
    const follower = new FaceFollower(finding(makeBox(x, 104, 50, 50)));
    follower.start([makeBox(100, 100, 50, 50)], SIZE);
    expect(await follower.follow(FRAME, WHOLE)).toEqual([makeBox(x, 104, 50, 50)]);
  }
});

test('it is searched around where it was in the frame before', async () => {
  const performer = finding(makeBox(120, 100, 50, 50));
  const follower = new FaceFollower(performer);
  follower.start([makeBox(100, 100, 50, 50)], SIZE);
  await follower.follow(FRAME, WHOLE);
  await follower.follow(FRAME, WHOLE);
  const centres = performer.windows.map(({ x, width }) => x + width / 2);
  expect(centres).toEqual([125, 145]);
});

test('a face that is not found stays where it was, also if somebody else is found beside it', async () => {
  const before = makeBox(100, 100, 50, 50);
  for (const performer of [finding(), finding(makeBox(151, 100, 50, 50))]) {
    const follower = new FaceFollower(performer);
    follower.start([before], SIZE);
    expect(await follower.follow(FRAME, WHOLE)).toEqual([before]);
  }
});

test('of two faces in reach the nearer one is taken', async () => {
  const follower = new FaceFollower(finding(makeBox(125, 100, 50, 50), makeBox(104, 100, 50, 50)));
  follower.start([makeBox(100, 100, 50, 50)], SIZE);
  expect(await follower.follow(FRAME, WHOLE)).toEqual([makeBox(104, 100, 50, 50)]);
});

test('a gallery is not followed, and nothing where nobody is', () => {
  const row = (faces: number): Box[] => Array.from({ length: faces }, (_, place) => makeBox(100 * place, 0, 50, 50));
  const follower = new FaceFollower(finding());
  expect(follower.region).toBeNull();
  follower.start(row(4), SIZE);
  expect(follower.region).not.toBeNull();
  follower.start(row(5), SIZE);
  expect(follower.region).toBeNull();
});

test('only a part of the frame is needed: around the faces, inside the frame, in even pixels', () => {
  const follower = new FaceFollower(finding());
  follower.start([makeBox(101, 101, 50, 50)], SIZE);
  expect(follower.region).toEqual(makeBox(62, 62, 128, 128)); // 63.5 to 188.5
  follower.start([makeBox(0, 100, 50, 50), makeBox(600, 320, 40, 40)], SIZE);
  expect(follower.region).toEqual(makeBox(0, 62, 640, 298));
});

test('the part is searched as the whole frame would be, and boxes are places in the frame', async () => {
  const follower = new FaceFollower(finding(makeBox(40, 42, 50, 50)));
  follower.start([makeBox(101, 101, 50, 50)], SIZE);
  const region = makeBox(62, 62, 128, 128);
  const part = viewFrame(new Uint8Array(4 * 128 * 128), 128, 128);
  expect(await follower.follow(part, region)).toEqual([makeBox(102, 104, 50, 50)]);
});
