import { expect, test } from 'vitest';
import type { FaceDetection, Tile } from '../types';
import { RestingTiles } from './resting';

const tiles = [0, 1, 2, 3].map((column): Tile => {
  return { box: { x: 100 * column, y: 0, width: 90, height: 50 }, cameraOn: true, name: null };
});

function faceIn(tile: number): FaceDetection {
  const { box } = tiles[tile] as Tile;
  return { box, score: 1, presence: 1, keypointsPx: new Float32Array(8), tile, cues: null, unreadable: null, ageS: 0 };
}

/** Searches every tile that does not rest, with a face in the first one only. Which were searched, frame by frame. */
function search(frames: number, stepS: number): number[][] {
  const resting = new RestingTiles();
  return Array.from({ length: frames }, (_, frame) => {
    const skipped = resting.choose(tiles, frame * stepS);
    resting.note(tiles, skipped, [faceIn(0)], frame * stepS);
    return [0, 1, 2, 3].filter((tile) => !skipped.has(tile));
  });
}

test('tiles without a face take turns once they were missed three times, and one with a face never rests', () => {
  const searched = search(9, 0.2);
  expect(searched.slice(0, 3)).toEqual([tiles, tiles, tiles].map((all) => all.map((_, index) => index)));
  for (const [frame, tilesOfFrame] of searched.entries()) {
    expect(tilesOfFrame).toContain(0);
    if (frame > 2) expect(tilesOfFrame.length).toBe(2);
  }
  for (const tile of [1, 2, 3]) expect(searched.slice(3).filter((each) => each.includes(tile)).length).toBe(2);
});

test('at two frames a second or less none rests', () => {
  expect(search(8, 0.5).every((searched) => searched.length === 4)).toBe(true);
});
