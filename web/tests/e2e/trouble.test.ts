/** What a camera's lesson comes through, and browsers that lack something. */
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { agree, choosePlace, setStage, start, type Started } from './browser';

const stage = setStage();

/** The page, with a camera that shows one student. `prepare` runs in it before its scripts. */
async function prepareAlone(prepare: () => void): Promise<Started> {
  const browser = await start([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${join(stage.scene, 'alone.mjpeg')}`,
  ]);
  const { page } = browser;
  await page.addInitScript(prepare);
  await page.goto(stage.url);
  await choosePlace(page, 'IN');
  return browser;
}

/** That camera, watched. */
async function watchAlone(prepare: () => void): Promise<Started> {
  const browser = await prepareAlone(prepare);
  const { page } = browser;
  await page.getByRole('button', { name: /^A camera/ }).click();
  await agree(page);
  await page.getByRole('button', { name: 'Exclude Student 1' }).waitFor({ timeout: 80_000 });
  return browser;
}

/** What the test puts into the page. */
interface Spied {
  followed: number;
  track: MediaStreamTrack | undefined;
  isRefused: boolean;
  /** How often the screen is to be kept on. */
  awake: number;
  passS(seconds: number): void;
}

/** Counts the frames in which faces were followed, keeps the camera's track, and lets time pass. In the page. */
function spy(): void {
  const counts: Spied = {
    followed: 0,
    track: undefined,
    isRefused: false,
    awake: 0,
    passS: (seconds) => (ahead += 1000 * seconds),
  };
  Object.assign(globalThis, { spied: counts });
  const release = () => Promise.resolve((counts.awake -= 1));
  const request = () =>
    Promise.resolve(Object.assign(new EventTarget(), { release })).finally(() => (counts.awake += 1));
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  const now = performance.now.bind(performance);
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  let ahead = 0;
  performance.now = () => now() + ahead;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (counts.isRefused) throw new DOMException('refused', 'NotAllowedError');
    const stream = await open(wanted);
    counts.track = stream.getVideoTracks()[0];
    return stream;
  };
  globalThis.Worker = class extends Worker {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', ({ data }: MessageEvent<{ type: string; boxes?: unknown[] | null }>) => {
        if (data.type === 'followed' && data.boxes?.length === 1) counts.followed += 1;
      });
    }
  };
}

/** In the page. */
declare const spied: Spied;

/** Keeps the networks from being loaded while `held` is on. In the page. */
function holdNetworks(): void {
  const waiting: (() => void)[] = [];
  let isHeld = true;
  Object.assign(globalThis, {
    holdNetworks: (held: boolean) => {
      isHeld = held;
      if (!held) for (const send of waiting.splice(0)) send();
    },
  });
  globalThis.Worker = class extends Worker {
    override postMessage(message: unknown, more?: Transferable[] | StructuredSerializeOptions): void {
      const send = () => {
        if (Array.isArray(more)) super.postMessage(message, more);
        else super.postMessage(message, more);
      };
      if (isHeld) waiting.push(send);
      else send();
    }
  };
}

describe('a lesson that begins', () => {
  it('shows so while its networks are loaded, and nobody of the lesson before', async () => {
    const browser = await prepareAlone(holdNetworks);
    const { page } = browser;
    const hold = (held: boolean) =>
      page.evaluate((isHeld) => {
        (globalThis as unknown as { holdNetworks(held: boolean): void }).holdNetworks(isHeld);
      }, held);
    const begin = async () => {
      await page.getByRole('button', { name: /^A camera/ }).click();
      await agree(page);
      await page.getByRole('status').getByText('Getting ready…').waitFor({ timeout: 5000 });
      await page.getByRole('heading', { name: 'One moment…' }).waitFor({ timeout: 5000 });
      expect(await page.getByRole('button', { name: 'Exclude Student 1' }).count()).toBe(0);
    };
    try {
      await begin();
      await hold(false);
      await page.getByRole('button', { name: 'Exclude Student 1' }).waitFor({ timeout: 80_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('heading', { name: 'Lesson', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Watch', exact: true }).click();
      await hold(true);
      await begin();
      expect(browser.errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

describe('a camera that shows one student', () => {
  let browser: Started;
  const awake = () => browser.page.evaluate(() => spied.awake);
  const followed = () => browser.page.evaluate(() => spied.followed);

  beforeAll(async () => {
    browser = await watchAlone(spy);
  });

  afterAll(() => browser.close());

  it('is followed between two results while somebody looks, and only then', async () => {
    const { page } = browser;
    expect([await followed(), await awake()]).toEqual([0, 1]);
    await page.getByRole('button', { name: 'Show who is who' }).click();
    await expect.poll(followed, { timeout: 20_000 }).toBeGreaterThan(10);
    await page.getByRole('button', { name: 'Hide who is who' }).click();
    const shown = await followed();
    await page.waitForTimeout(1000);
    expect(await followed()).toBeLessThan(shown + 5); // those that were on their way
  });

  it('is said to be slow after the page was hidden for half a minute', async () => {
    const { page } = browser;
    const words = page.getByText('This page was hidden, which slows it down.');
    expect(await words.count()).toBe(0);
    await page.evaluate(() => {
      const setHidden = (isHidden: boolean) => {
        Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      setHidden(true);
      spied.passS(30);
      setHidden(false);
    });
    await words.waitFor();
    expect(await awake()).toBe(2); // the first one ended while the page was hidden
  });

  it("is recorded on after the browser's data were cleared, and after its permission was withdrawn", async () => {
    const { page, context } = browser;
    const protocol = await context.newCDPSession(page);
    const origin = new URL(stage.url).origin;
    await protocol.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await page.evaluate(() => {
      spied.track?.stop();
      spied.track?.dispatchEvent(new Event('ended')); // as the browser does when it takes the camera away
    });
    await page.getByText('The picture was stopped').waitFor();
    await page.evaluate(() => {
      spied.isRefused = true;
    });
    await page.getByRole('button', { name: 'Choose again' }).click();
    await page.getByRole('alert').getByText('Nothing is watched: the browser was not allowed to.').waitFor();
    await page.evaluate(() => {
      spied.isRefused = false;
    });
    await page.getByRole('button', { name: 'Choose again' }).click();
    await page.getByRole('status').getByText('Watching').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Lesson', exact: true }).waitFor();
    await page.getByRole('rowheader', { name: 'Student 1' }).waitFor();
    expect(await awake()).toBe(0);
    expect(browser.errors).toEqual([]);
  });
});

describe('a browser that lacks something', () => {
  it('without frames as a stream is read by a video element, and followed', async () => {
    const browser = await watchAlone(() => {
      Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor');
    });
    try {
      await browser.page.getByRole('button', { name: 'Show who is who' }).click();
      const place = () => browser.page.locator('.preview rect').first().getAttribute('x');
      const before = await place();
      await expect.poll(place, { timeout: 20_000 }).not.toBe(before);
      expect(browser.errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('without a store for lessons says so at once, and watches all the same', async () => {
    const browser = await watchAlone(() => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
    });
    try {
      const { page } = browser;
      const words = page.getByRole('alert').getByText('This browser keeps no lessons, as in a private window.');
      await words.waitFor({ timeout: 20_000 });
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('heading', { name: 'Choose what to watch' }).waitFor();
      await words.waitFor();
      await page.getByRole('button', { name: 'Lessons' }).click();
      await page.getByText('This browser keeps no lessons, as in a private window.').waitFor();
      await page.reload();
      await page.getByRole('alert').getByText('This browser keeps no lessons').waitFor();
    } finally {
      await browser.close();
    }
  });

  it('without SIMD is called too old, instead of failing later', async () => {
    const browser = await start();
    try {
      const { page } = browser;
      await page.addInitScript(() => {
        WebAssembly.validate = () => false;
      });
      await page.goto(stage.url);
      await page.getByText('This browser is too old for the app. Use a newer').waitFor();
      await page.setInputFiles('input[accept="image/*"]', join(stage.scene, 'class.png'));
      await page.getByRole('alert').getByText('This browser is too old').waitFor();
    } finally {
      await browser.close();
    }
  });
});
