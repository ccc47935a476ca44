/** Debian's Firefox, driven by WebDriver BiDi. (Playwright drives only a Firefox that was changed for it.) */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find(existsSync);

/** Why nothing can be tested; null where Firefox is there, and in CI, where it may not be missing. */
export const MISSING =
  FIREFOX === undefined && !process.env['CI'] ? 'Firefox is missing: apt-get install firefox-esr' : null;

const PATIENCE_MS = 60_000;

/** A browser with a profile of its own, whose camera is Firefox's fake one. It shows nobody. */
export class Firefox {
  /** The addresses that pages have asked for. */
  readonly requests: string[] = [];
  /** What pages have reported as errors. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly downloads: string,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('request', (request) => this.requests.push(request.url()));
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      const isOfRuntime = /^(INFO|WARNING): /.test(message.text());
      if (message.type() === 'error' && !isOfRuntime) this.errors.push(message.text());
    });
  }

  static async start(): Promise<Firefox> {
    if (FIREFOX === undefined) throw new Error('Firefox is missing: apt-get install firefox-esr');
    const downloads = mkdtempSync(join(tmpdir(), 'web-downloads-'));
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      timeout: PATIENCE_MS,
      defaultViewport: { width: 1280, height: 800 },
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'browser.download.folderList': 2,
        'browser.download.dir': downloads,
      },
    });
    return new Firefox(await browser.newPage(), downloads);
  }

  async press(name: string): Promise<void> {
    await this.page.locator(`button ::-p-text(${name})`).click();
  }

  /** Confirms that people are informed, in these words, and starts. */
  async agree(words: string): Promise<void> {
    await this.page.locator(`label ::-p-text(${words})`).click();
    await this.press('Start');
  }

  /** Waits until the page shows these words. */
  async waitFor(words: RegExp): Promise<void> {
    await this.page.waitForFunction(
      (pattern: string) => new RegExp(pattern).test(document.body.innerText),
      {},
      words.source,
    );
  }

  async choose(accept: string, file: string): Promise<void> {
    const input = await this.page.waitForSelector(`input[accept="${accept}"]`);
    await (input as ElementHandle<HTMLInputElement>).uploadFile(file);
  }

  /** The file that was saved; null before it is there. */
  findDownload(ending: string): string | null {
    const name = readdirSync(this.downloads).find((file) => file.endsWith(ending));
    return name === undefined ? null : join(this.downloads, name);
  }

  async close(): Promise<void> {
    await this.page.browser().close();
    rmSync(this.downloads, { recursive: true, force: true });
  }
}
