/** The screen stays on during a lesson, and may go dark before and after it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { keepAwake } from './keep_awake';

let page: EventTarget & { hidden: boolean };
/** The locks that the browser gave and that were not released. */
let held: number;

beforeEach(() => {
  held = 0;
  page = Object.assign(new EventTarget(), { hidden: false });
  const release = () => Promise.resolve((held -= 1));
  const request = () => Promise.resolve({ release }).finally(() => (held += 1));
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** As the browser does, which takes the locks of a hidden page back. */
function setHidden(isHidden: boolean): void {
  if (isHidden) held = 0;
  page.hidden = isHidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

const settle = () => new Promise((done) => setTimeout(done));

test('the screen is kept on until the end', async () => {
  const end = keepAwake();
  await settle();
  expect(held).toBe(1);
  end();
  expect(held).toBe(0);
  setHidden(false);
  await settle();
  expect(held).toBe(0);
});

test('it is kept on again once a hidden page is shown', async () => {
  keepAwake();
  await settle();
  setHidden(true);
  await settle();
  expect(held).toBe(0);
  setHidden(false);
  await settle();
  expect(held).toBe(1);
});

test('a lock that comes after the end is released', async () => {
  keepAwake()();
  await settle();
  expect(held).toBe(0);
});

test('a browser that refuses, or cannot, is no problem', async () => {
  vi.stubGlobal('navigator', { wakeLock: { request: () => Promise.reject(new Error('the battery is low')) } });
  keepAwake()();
  await settle();
  vi.stubGlobal('navigator', {});
  expect(() => {
    keepAwake()();
  }).not.toThrow();
});
