/** The screen stays on during a lesson, and may go dark before and after it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { keepAwake } from './keep_awake';

let page: EventTarget & { hidden: boolean };
/** The locks that the browser gave. */
let locks: Lock[];
/** How many times the page released one. */
let releases: number;

class Lock extends EventTarget {
  isHeld = true;

  release() {
    releases += 1;
    this.lose();
    return Promise.resolve();
  }

  lose() {
    this.isHeld = false;
    this.dispatchEvent(new Event('release'));
  }
}

const countHeld = () => locks.filter((lock) => lock.isHeld).length;

beforeEach(() => {
  locks = [];
  releases = 0;
  page = Object.assign(new EventTarget(), { hidden: false });
  const request = () => {
    const lock = new Lock();
    locks.push(lock);
    return Promise.resolve(lock);
  };
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** As the browser does, which takes the locks of a hidden page back. */
function setHidden(isHidden: boolean): void {
  if (isHidden) for (const lock of locks) lock.lose();
  page.hidden = isHidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

const settle = () => new Promise((done) => setTimeout(done));

test('the screen is kept on until the end', async () => {
  const end = keepAwake();
  await settle();
  expect(countHeld()).toBe(1);
  end();
  expect(countHeld()).toBe(0);
  setHidden(false);
  await settle();
  expect(countHeld()).toBe(0);
});

test('it is kept on again once a hidden page is shown', async () => {
  const end = keepAwake();
  await settle();
  setHidden(true);
  await settle();
  expect(countHeld()).toBe(0);
  setHidden(false);
  await settle();
  expect(countHeld()).toBe(1);
  end();
  expect(countHeld()).toBe(0);
  expect(releases).toBe(1); // not that which the browser took back
});

test('a lock that comes after the end is released', async () => {
  keepAwake()();
  await settle();
  expect(countHeld()).toBe(0);
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
