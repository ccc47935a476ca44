/** A student who needs attention, in a class whose list is in use. */
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { agree, choosePlace, setStage, start, type Started } from './browser';

const stage = setStage();
const FLAGGED = 5;

/** Of every frame that is read, three seconds pass. From `turnOff` on the student's camera is off. In the page. */
function playCamera(): void {
  interface Result {
    capturedAtS: number;
    tiles: { student: number | null; tile: { cameraOn: boolean }; presence: string }[];
    faces: { student: number | null }[];
  }
  let off: number | null = null;
  let nowS = 0;
  Object.assign(globalThis, { turnOff: (student: number) => (off = student) });
  globalThis.Worker = class extends Worker {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', ({ data }: MessageEvent<{ type: string; result?: Result }>) => {
        if (data.result === undefined) return;
        data.result.capturedAtS = nowS += 3;
        if (off === null) return;
        data.result.faces = data.result.faces.filter(({ student }) => student !== off);
        for (const each of data.result.tiles) {
          if (each.student !== off) continue;
          each.tile.cameraOn = false;
          each.presence = 'camera_off';
        }
      });
    }
  };
}

let browser: Started;

beforeAll(async () => {
  browser = await start([
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${join(stage.scene, 'camera.mjpeg')}`,
  ]);
  const { page } = browser;
  await page.addInitScript(playCamera);
  await page.goto(stage.url);
  await choosePlace(page, 'DE');
  await page.getByRole('button', { name: /^A camera/ }).click();
  await agree(page);
  await page.getByRole('button', { name: `Exclude Student ${FLAGGED}` }).waitFor({ timeout: 80_000 });
});

afterAll(() => browser.close());

it('comes first in the list once the pointer has rested, and the button says whose flag it dismisses', async () => {
  const { page } = browser;
  const exclude = page.getByRole('button', { name: `Exclude Student ${FLAGGED}` });
  const dismiss = page.getByRole('button', { name: `Dismiss Student ${FLAGGED}: Camera off` });
  const findFirst = () => page.locator('.students .name').first().innerText();
  const before = await findFirst();
  expect(before).not.toBe(`Student ${FLAGGED}`);
  await page.evaluate((student) => {
    (globalThis as unknown as { turnOff(student: number): void }).turnOff(student);
  }, FLAGGED);
  await expect
    .poll(
      async () => {
        await exclude.hover({ position: { x: 10 + Math.random() * 20, y: 10 } }); // the pointer moves
        return dismiss.count();
      },
      { timeout: 80_000 },
    )
    .toBe(1);
  expect(await findFirst()).toBe(before);
  await expect.poll(findFirst, { timeout: 20_000 }).toBe(`Student ${FLAGGED}`);
  await dismiss.click();
  await expect.poll(() => dismiss.count()).toBe(0);
  expect(browser.errors).toEqual([]);
});
