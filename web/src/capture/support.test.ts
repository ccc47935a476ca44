/** What a browser must have. */
import { expect, test } from 'vitest';
import { canRun, type Parts } from './support';

const COMPLETE: Parts = {
  Worker: () => undefined,
  OffscreenCanvas: () => undefined,
  DecompressionStream,
  WebAssembly,
  navigator: { locks: {} },
};

test('a browser with all parts can run the app', () => {
  expect(canRun(COMPLETE)).toBe(true);
});

test.each(Object.keys(COMPLETE))('one without %s cannot', (part) => {
  expect(canRun({ ...COMPLETE, [part]: undefined })).toBe(false);
});

test('one whose WebAssembly has no SIMD cannot', () => {
  expect(canRun({ ...COMPLETE, WebAssembly: { validate: () => false } })).toBe(false);
});
