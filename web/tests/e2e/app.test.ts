import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { agree, choosePlace, importOnDesktop, outside, setStage, start, type Started } from './browser';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = process.env['LOOKS'];

const stage = setStage();

/** The rules that the page breaks: "color-contrast: #a, #b". */
async function findFaults(page: Page): Promise<string[]> {
  // Into the page's own world, past its content policy, which allows no script but the app's.
  const faults = await page.evaluate(async (source: string) => {
    (0, eval)(source);
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(', ')}`);
  }, AXE);
  return faults;
}

/** The page fits two devices without scrolling sideways; its pictures go to the folder `LOOKS`. */
async function look(page: Page, name: string): Promise<void> {
  for (const [device, width, height] of [
    ['desktop', 1280, 800],
    ['phone', 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(300);
    const spare = await page.evaluate('innerWidth - document.documentElement.scrollWidth');
    expect(spare, `${name} on a ${device}`).toBeGreaterThanOrEqual(0);
    if (LOOKS !== undefined) await page.screenshot({ path: join(LOOKS, `${name}-${device}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The bytes that the app has stored to work offline. In the page. */
async function sumCaches(): Promise<number> {
  let bytes = 0;
  for (const name of await caches.keys()) {
    for (const response of await (await caches.open(name)).matchAll()) bytes += (await response.blob()).size;
  }
  return bytes;
}

describe('the page', () => {
  let browser: Started;

  beforeAll(async () => {
    browser = await start();
    await browser.page.goto(stage.url);
  });

  afterAll(() => browser.close());

  it('is usable by everybody: no rule of axe is broken on any page', async () => {
    const { page } = browser;
    for (const name of ['Settings', 'Lessons', 'Watch']) {
      await page.getByRole('button', { name, exact: true }).click();
      expect(await findFaults(page), name).toEqual([]);
      await look(page, name.toLowerCase());
    }
  });

  it('reads a picture, with expressions only once the place allows it', async () => {
    const { page } = browser;
    const choose = () => page.setInputFiles('input[accept="image/*"]', join(stage.scene, 'class.png'));
    await choose();
    await page.getByRole('heading', { name: /^\d+ faces$/ }).waitFor();
    expect(await page.getByText('All faces together').count()).toBe(0);
    await page.getByRole('button', { name: 'Back' }).click();
    await choosePlace(page, 'IN');
    await choose();
    await page.getByText('All faces together').waitFor();
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    expect(Number.parseInt(title)).toBeGreaterThanOrEqual(6);
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'picture');
    await page.getByRole('button', { name: 'Back' }).click();
  });

  it('says what to do with a file that is no picture', async () => {
    const { page } = browser;
    await page.setInputFiles('input[accept="image/*"]', import.meta.filename);
    await page.getByRole('alert').getByText('This file cannot be read').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
  });

  it('asks nothing of anybody but its own server, and reports no error', () => {
    expect(outside(browser.requests, stage.url)).toEqual([]);
    expect(browser.errors).toEqual([]);
  });
});

describe('a call in another tab', () => {
  let browser: Started;
  let call: Page;

  beforeAll(async () => {
    browser = await start(['--auto-select-tab-capture-source-by-title=The class']);
    const { page, context } = browser;
    call = await context.newPage();
    const picture = readFileSync(join(stage.scene, 'class.png')).toString('base64');
    const style = 'margin:0;background:#1e1e1e;display:block;width:100vw';
    await call.setContent(
      `<title>The class</title><body style="margin:0"><img style="${style}" src="data:image/png;base64,${picture}">` +
        // A still page gives no frames: a call is never still.
        '<style>@keyframes move{to{margin-left:99%}}i{display:block;width:9px;height:9px;background:red;' +
        'animation:move 2s linear infinite}</style><i></i>',
    );
    await page.bringToFront();
    await page.goto(stage.url);
    await choosePlace(page, 'IN');
  });

  afterAll(() => browser.close());

  it('is not watched before the class is informed', async () => {
    const { page } = browser;
    await page.getByLabel('Course (optional)').fill('Physics');
    await page.getByRole('button', { name: /^A call/ }).click();
    await page.getByRole('heading', { name: 'Tell the class' }).waitFor();
    expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true);
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'consent');
  });

  it('is followed: students, mood, and who is left out', async () => {
    const { page } = browser;
    await agree(page);
    await page.getByRole('button', { name: 'Exclude Student 9' }).waitFor({ timeout: 80_000 });
    await page.getByRole('heading', { name: /of 9 visible/ }).waitFor();
    await page.getByRole('list', { name: 'Class mood now' }).waitFor();
    await page.getByText('disgusted*').waitFor();
    await page.getByRole('button', { name: 'Bookmark' }).click();
    const saved = page.getByRole('status').getByText(/^Bookmark saved at \d+:\d\d\.$/);
    const first = await saved.elementHandle();
    expect((await first.boundingBox())?.height).toBeGreaterThan(20); // for everybody to see, not for screen readers alone
    await page.getByRole('button', { name: 'Bookmark' }).click();
    await expect.poll(() => first.evaluate((line) => line.isConnected)).toBe(false); // the second is answered as well
    await look(page, 'bookmark');
    await expect.poll(() => saved.count(), { timeout: 15_000 }).toBe(0);
    await page.getByRole('button', { name: 'Exclude Student 9' }).click();
    await page.getByText('excluded').waitFor();
    await page.getByRole('button', { name: 'Show who is who' }).click();
    await page.waitForTimeout(2500);
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'live');
    await call.close();
    await page.getByText('The picture was stopped').waitFor(); // and what was seen until then is in the review
  });

  it('has students whom the teacher can name, with the keyboard alone', async () => {
    const { page } = browser;
    const findRename = (who: string) => page.getByRole('button', { name: `Rename… ${who}`, exact: true });
    const rename = async (who: string, name: string, key: string) => {
      await findRename(who).press('Enter');
      await page.getByRole('dialog', { name: `Rename ${who}` }).waitFor();
      await page.keyboard.type(name);
      await page.keyboard.press(key);
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    };
    await findRename('Student 2').click();
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'rename');
    // Asked for again before the browser has reported that the dialog was closed.
    await findRename('Student 2').evaluate((button: HTMLButtonElement) => {
      document.querySelector('dialog')?.close();
      button.click();
    });
    await page.waitForTimeout(300);
    expect(await page.getByRole('dialog', { name: 'Rename Student 2' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    const longest = 'W'.repeat(100);
    await rename('Student 2', `${longest}W`, 'Enter');
    await findRename(longest).waitFor();
    await look(page, 'named');
    await rename(longest, '  Ann   Kim', 'Enter');
    await expect.poll(() => findRename('Ann Kim').evaluate((button) => button === document.activeElement)).toBe(true);
    await rename('Ann Kim', 'Somebody else', 'Escape');
    await page.getByRole('button', { name: 'Exclude Ann Kim' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await findRename('Ann Kim').boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('is not erased while it is recorded: the next second would bring it back', async () => {
    const { page } = browser;
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await page.getByRole('button', { name: /Physics/ }).click();
    expect(await page.getByRole('button', { name: 'Erase… Student 3' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Watching' }).click();
  });

  it('is in the review afterwards, and in an export', async () => {
    const { page } = browser;
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { name: 'Physics' }).waitFor();
    await page.getByText('Student 9: excluded').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'JSON' }).click();
    const file = await (await download).path();
    const document = JSON.parse(readFileSync(file, 'utf8')) as {
      session: { students: number; place: string };
      students: { student: number; name: string | null }[];
      samples: { rows: number[][] };
    };
    expect(document.students.filter(({ name }) => name !== null)).toMatchObject([{ student: 2, name: 'Ann Kim' }]);
    expect(document.session).toMatchObject({ students: 9, place: 'IN', course: 'Physics' });
    const students = new Set(document.samples.rows.map(([student]) => student)).size;
    expect(students).toBeGreaterThanOrEqual(8);
    const onDesktop = importOnDesktop(file);
    expect(onDesktop).toMatchObject({ course: 'Physics', place: 'IN', expressions_on: true, bookmarks: 2, students });
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'lesson');
  });

  it('keeps a name that is given in the review, also over a reload', async () => {
    const { page } = browser;
    await page.getByRole('button', { name: 'Rename… Student 3' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Ben');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Ben' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await page.getByRole('button', { name: /Physics/ }).click();
    await page.getByRole('rowheader', { name: 'Ann Kim' }).waitFor();
  });

  it('is not erased by a double click, nor by a key that is held, but by the answer to a question', async () => {
    const { page } = browser;
    const button = page.getByRole('button', { name: 'Erase… Ben' });
    const dialog = page.getByRole('dialog', { name: 'Erase Ben from this lesson?' });
    const isStillThere = async () => {
      await page.waitForTimeout(300);
      expect(await page.getByRole('rowheader', { name: 'Ben' }).count()).toBe(1);
    };
    await button.dblclick();
    await dialog.getByRole('button', { name: 'Erase for good' }).and(page.locator(':enabled')).waitFor();
    await isStillThere();
    expect(await findFaults(page)).toEqual([]);
    await look(page, 'erase');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await button.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Enter'); // it is Cancel that has the focus
    await expect.poll(() => dialog.count()).toBe(0);
    await isStillThere();
    // As where the dialog has come to be under the pointer.
    await button.evaluate(async (erase: HTMLButtonElement) => {
      erase.click();
      while (document.querySelector('dialog') === null) await new Promise(requestAnimationFrame);
      document.querySelector<HTMLButtonElement>('dialog .danger')?.click();
    });
    await isStillThere();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await page.getByRole('button', { name: 'Delete this lesson…' }).dblclick();
    await page.getByRole('dialog', { name: 'Delete this lesson?' }).getByRole('button', { name: 'Cancel' }).click();
    await isStillThere();
  });

  it('is erased, one student and then all of it, which is not said where the browser did not', async () => {
    const { page } = browser;
    const refuse = (isOn: boolean) =>
      page.evaluate((on) => {
        const tables = IDBObjectStore.prototype as { delete: unknown; kept?: unknown };
        tables.kept ??= tables.delete;
        tables.delete = on
          ? () => {
              throw new DOMException('full', 'QuotaExceededError');
            }
          : tables.kept;
      }, isOn);
    const answer = (name: string) => page.getByRole('dialog').getByRole('button', { name }).click();
    await refuse(true);
    await page.getByRole('button', { name: 'Erase… Ben' }).click();
    await answer('Erase for good');
    await page.getByRole('alert').getByText('The browser did not store this change.').waitFor();
    expect(await page.getByRole('rowheader', { name: 'Ben' }).count()).toBe(1);
    await refuse(false);
    await page.getByRole('button', { name: 'Erase… Ben' }).click();
    await answer('Erase for good');
    await expect.poll(() => page.getByRole('rowheader', { name: 'Ben' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete this lesson…' }).click();
    await answer('Delete for good');
    await page.getByText('No lessons yet').waitFor();
  });

  it('is deleted when it is old, and only after a question', async () => {
    const { page } = browser;
    await page.evaluate(async () => {
      const opening = indexedDB.open('fer-desktop');
      await new Promise((opened) => (opening.onsuccess = opened));
      const change = opening.result.transaction('sessions', 'readwrite');
      const row = { startedAt: '2020-01-01T10:00:00.000Z', clock: [], source: 'A recording', course: 'Old' };
      change.objectStore('sessions').add({ ...row, seconds: 60, ended: true, interrupted: false, aggregateOnly: true });
      await new Promise((stored) => (change.oncomplete = stored));
      opening.result.close();
    });
    await page.evaluate(() => {
      const key = 'fer-desktop settings';
      const settings = JSON.parse(localStorage.getItem(key) ?? '{}') as object;
      localStorage.setItem(key, JSON.stringify({ ...settings, retentionDays: 90 }));
    });
    await page.reload();
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await page.getByText('1 lesson is older than 90 days.').waitFor();
    await page.getByRole('button', { name: 'Delete…', exact: true }).dblclick();
    const dialog = page.getByRole('dialog', { name: 'Delete 1 old lesson?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^Old/ }).waitFor();
    await page.getByRole('button', { name: 'Delete…', exact: true }).click();
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('No lessons yet').waitFor();
  });

  it('keeps the runtime of the networks that Safari needs by its version, as its address has none', async () => {
    const { page } = browser;
    const { version } = createRequire(import.meta.url)('@litertjs/core/package.json') as { version: string };
    const worker = await page.evaluate(async () => (await fetch('sw.js')).text());
    expect(worker).toContain(`litert ${version}`);
  });

  it('works without the server once it was there, and asks nothing of anybody else', async () => {
    const { page, context } = browser;
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    expect(await page.evaluate(sumCaches)).toBeLessThan(12_000_000);
    await context.setOffline(true);
    await page.reload();
    await page.setInputFiles('input[accept="image/*"]', join(stage.scene, 'class.png'));
    await page.getByRole('heading', { name: '9 faces' }).waitFor();
    await context.setOffline(false);
    expect(outside(browser.requests, stage.url)).toEqual([]);
    expect(browser.errors).toEqual([]);
  });
});

describe('a camera', () => {
  it('that is refused, or is not there, is answered in one sentence', async () => {
    const browser = await start(['--deny-permission-prompts']);
    try {
      await browser.page.goto(stage.url);
      await browser.page.getByRole('button', { name: /^A camera/ }).click();
      const words = await browser.page.getByRole('alert').innerText();
      expect(words).toMatch(/^(Nothing is watched: the browser was not allowed|No camera was found)/);
    } finally {
      await browser.close();
    }
  });

  it('is watched; in Hindi, and in the EU without expressions', async () => {
    const camera = [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${join(stage.scene, 'camera.mjpeg')}`,
    ];
    const browser = await start(camera, { locale: 'hi-IN' });
    try {
      const { page } = browser;
      await page.goto(stage.url);
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('hi');
      await page.evaluate(() => {
        localStorage.setItem('fer-desktop settings', JSON.stringify({ place: 'DE', language: 'en' }));
      });
      await page.reload();
      await page.getByText('Article 5(1)(f)').waitFor();
      await page.getByRole('button', { name: /^A camera/ }).click();
      await agree(page);
      await page
        .getByRole('button', { name: /^Exclude Student/ })
        .first()
        .waitFor();
      expect(await page.getByText('Class mood now').count()).toBe(0);
      expect(browser.requestsOfPages.filter((address) => /fernet|iris/.test(address))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
