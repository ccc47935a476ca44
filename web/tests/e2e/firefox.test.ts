/** The built app in Firefox, which has no frames as a stream, and reads a camera by way of a video element. */
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { importOnDesktop, outside, setStage } from './browser';
import { Firefox, MISSING } from './firefox';

const stage = setStage();

describe.skipIf(MISSING !== null)(`in Firefox${MISSING === null ? '' : ` (${MISSING})`}`, () => {
  let firefox: Firefox;

  beforeAll(async () => {
    firefox = await Firefox.start();
    await firefox.page.goto(stage.url);
    await firefox.page.evaluate(() => {
      localStorage.setItem('fer-desktop settings', JSON.stringify({ place: 'IN', language: 'en' }));
    });
    await firefox.page.reload();
  });

  afterAll(() => firefox.close());

  it('a picture is read, with expressions', async () => {
    await firefox.choose('image/*', join(stage.scene, 'class.png'));
    await firefox.waitFor(/9 faces/);
    await firefox.waitFor(/All faces together/);
    await firefox.press('Back');
  });

  it('a camera is watched once the class is informed, and its lesson is kept', async () => {
    await firefox.press('A camera');
    await firefox.waitFor(/Tell the class/);
    const isDisabled = await firefox.page.$$eval('main button', (buttons) =>
      buttons.filter((button) => button.textContent === 'Start').map((button) => button.disabled),
    );
    expect(isDisabled).toEqual([true]);
    await firefox.agree('I have told the class');
    await firefox.waitFor(/Watching · 0:0[2-9]/); // seconds pass, thus frames come
    await firefox.waitFor(/No students seen yet/);
    await firefox.press('Stop');
    await firefox.waitFor(/A camera/);
    await firefox.waitFor(/Over the lesson/);
    await firefox.press('Watch');
  });

  it('a recording is read to its end, reviewed and exported, and the desktop imports it', async () => {
    await firefox.choose('video/*', join(stage.scene, 'class.webm'));
    await firefox.agree('The people in this recording know this');
    await firefox.waitFor(/The recording was read to its end/);
    await firefox.waitFor(/of 9 visible/);
    await firefox.press('Stop');
    await firefox.waitFor(/Over the lesson/);
    await firefox.press('JSON');
    await expect.poll(() => firefox.findDownload('.json'), { timeout: 10_000 }).not.toBeNull();
    const imported = importOnDesktop(firefox.findDownload('.json') ?? '');
    expect(imported).toMatchObject({ place: 'IN', expressions_on: true, students: 9 });
  });

  it('it works without the server once it was there, and has asked nothing of anybody else', async () => {
    await firefox.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await stage.stopServer();
    await firefox.page.goto(stage.url);
    await firefox.choose('image/*', join(stage.scene, 'class.png'));
    await firefox.waitFor(/9 faces/);
    expect(outside(firefox.requests, stage.url)).toEqual([]);
    expect(firefox.errors).toEqual([]);
  });
});
