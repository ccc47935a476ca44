/** Pictures are resized and warped to the very bytes of OpenCV, and masks filtered as it does. */
import { describe, expect, test } from 'vitest';
import { digest, readOperations, viewPicture, type Operation } from '../../../tests/engine/golden';
import { toGrey } from './colour';
import { findComponents, paintComponent } from './components';
import { dilate, erode, medianOfMask } from './morphology';
import { crop, type Picture, type Plane } from './picture';
import { resizeArea, resizeLinear } from './resize';
import { filterRuns } from './runs';
import { warp } from './warp';

const pictures = new Map(['class-of-25', 'class-of-49', 'class-of-1'].map((name) => [name, viewPicture(name)]));

function apply(part: Picture, operation: Operation): Uint8Array | Uint8ClampedArray {
  if ('resize' in operation) {
    const resize = operation.resize === 'area' ? resizeArea : resizeLinear;
    return resize(part, ...operation.to).data;
  }
  if ('warp' in operation) return warp(part, operation.warp, 192, 192, operation.border).data;
  return toGrey(part).data;
}

describe("OpenCV's bytes", () => {
  const operations = readOperations();

  test.each(['resize', 'warp', 'grey'])('%s', (kind) => {
    const chosen = operations.filter((operation) => kind in operation);
    expect(chosen.length).toBeGreaterThan(5);
    for (const operation of chosen) {
      const part = crop(pictures.get(operation.picture) as Picture, ...operation.part);
      expect(digest(apply(part, operation)), JSON.stringify(operation)).toBe(operation.sha256);
    }
  });
});

describe('masks', () => {
  const noise = makeNoise(61, 43, 255);
  const mask: Plane = { ...noise, data: noise.data.map((level) => (level > 150 ? 255 : 0)) };

  test.each([
    [8, 8],
    [1, 16],
    [13, 1],
    [40, 1],
  ])('a window of %i x %i holds its extremes', (width, height) => {
    expect(dilate(noise, width, height).data).toEqual(extremes(noise, width, height, Math.max, 0));
    expect(erode(noise, width, height).data).toEqual(extremes(noise, width, height, Math.min, 255));
  });

  test.each([1, 2, 7, 40])('runs of %i pixels are filtered as planes are', (size) => {
    for (const [kind, filter] of [['dilate', dilate] as const, ['erode', erode] as const]) {
      expect(filterRuns(mask, 'rows', [{ kind, size }]).data).toEqual(filter(mask, size, 1).data);
      expect(filterRuns(mask, 'columns', [{ kind, size }]).data).toEqual(filter(mask, 1, size).data);
    }
  });

  test('specks are removed, and the border is repeated', () => {
    const speck = { data: Uint8Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), width: 3, height: 3 };
    expect([...medianOfMask(speck).data]).toEqual(new Array(9).fill(0));
    const edge = { data: Uint8Array.from([1, 1, 0, 1, 1, 0, 1, 1, 0]), width: 3, height: 3 };
    expect([...medianOfMask(edge).data]).toEqual([...edge.data]);
  });

  test('parts are joined where they touch by a side, not by a corner', () => {
    const data = Uint8Array.from([1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1]);
    const parts = findComponents({ data, width: 4, height: 3 });
    expect(parts.map(({ left, top, width, height, area }) => [left, top, width, height, area])).toEqual([
      [0, 0, 3, 2, 5],
      [3, 2, 1, 1, 1],
    ]);
    const painted = parts.map((part) => paintComponent(part, 4, 3).data);
    expect(painted.reduce((one, other) => one.map((value, index) => value + (other[index] ?? 0)))).toEqual(data);
  });
});

function extremes(
  plane: Plane,
  width: number,
  height: number,
  choose: (...levels: number[]) => number,
  outside: number,
): Uint8Array {
  const read = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= plane.width || y >= plane.height ? outside : (plane.data[y * plane.width + x] ?? 0);
  return plane.data.map((_, index) => {
    const [x, y] = [(index % plane.width) - (width >> 1), Math.floor(index / plane.width) - (height >> 1)];
    let found = outside;
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) found = choose(found, read(x + column, y + row));
    }
    return found;
  });
}

/** Numbers that look random, by a linear congruential generator. */
function makeNoise(width: number, height: number, most: number): Plane {
  let state = 7;
  const data = Uint8Array.from({ length: width * height }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * (most + 1));
  });
  return { data, width, height };
}
