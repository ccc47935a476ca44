/** The built app in Debian's Chromium, served by `fer-desktop web`; every request of it is noted. */
import { spawn, type ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');
const PYTHON = join(ROOT, '.venv', 'bin', 'python');
const ENVIRONMENT = { ...process.env, PYTHONPATH: ROOT };
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** A folder with `class.png`, `camera.mjpeg` and `class.webm` of the same nine students, and `alone.mjpeg` of one. */
function makeScene(): string {
  const folder = mkdtempSync(join(tmpdir(), 'web-e2e-'));
  execFileSync(PYTHON, [join(import.meta.dirname, 'make_scene.py'), folder], { env: ENVIRONMENT });
  return folder;
}

/** The session that the desktop makes of an exported lesson, in a database of its own; imported twice, it is one. */
export function importOnDesktop(file: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'web-import-'));
  const database = join(folder, 'lessons.sqlite');
  const run = (...words: string[]) =>
    execFileSync(PYTHON, [join(ROOT, 'main.py'), ...words, '--db', database], {
      env: { ...ENVIRONMENT, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
      encoding: 'utf8',
    });
  try {
    run('import', file, file);
    const sessions = JSON.parse(run('sessions', '--json')) as Record<string, unknown>[];
    if (sessions.length !== 1 || !sessions[0]) throw new Error(`one session was imported, not ${sessions.length}`);
    return sessions[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Served {
  readonly url: string;
  /** Once the server has ended. */
  stop(): Promise<void>;
}

/** The app at an address of this computer. */
async function serve(): Promise<Served> {
  const port = await findPort();
  const server = spawn(PYTHON, [join(ROOT, 'main.py'), 'web', '--port', String(port)], { env: ENVIRONMENT });
  await waitFor(server, 'The web app is at');
  return {
    url: `http://localhost:${port}/`,
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = new Promise((done) => server.once('exit', done));
      server.kill();
      await ended;
    },
  };
}

/** What the tests of a file share. `url`: of the app; `scene`: a folder as `makeScene` makes it. */
export interface Stage {
  readonly url: string;
  readonly scene: string;
  stopServer(): Promise<void>;
}

/** Serves the app while the tests of the file run that calls this. */
export function setStage(): Stage {
  let stage: (Served & { scene: string }) | null = null;
  const need = (): Served & { scene: string } => {
    if (stage === null) throw new Error('the app is served while tests run');
    return stage;
  };
  beforeAll(async () => {
    const scene = makeScene();
    stage = { ...(await serve()), scene };
  });
  afterAll(() => need().stop());
  return {
    get url() {
      return need().url;
    },
    get scene() {
      return need().scene;
    },
    stopServer: () => need().stop(),
  };
}

/** A browser with a profile of its own. `requests`: the addresses that it has asked for. */
export interface Started {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly requests: string[];
  /** Of these: those of pages and their workers, without what the service worker stores for later. */
  readonly requestsOfPages: string[];
  /** What pages have reported as errors: refused by the content policy, or thrown. */
  readonly errors: string[];
  close(): Promise<void>;
}

export async function start(more: readonly string[] = [], options: { locale?: string } = {}): Promise<Started> {
  if (CHROMIUM === undefined) throw new Error('Chromium is missing: apt-get install chromium');
  const profile = mkdtempSync(join(tmpdir(), 'web-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ['--no-sandbox', ...more],
    viewport: { width: 1280, height: 800 },
    locale: options.locale ?? 'en-GB',
    timezoneId: 'Asia/Kolkata',
    acceptDownloads: true,
  });
  const requests: string[] = [];
  const requestsOfPages: string[] = [];
  const errors: string[] = [];
  context.on('request', (request) => {
    requests.push(request.url());
    if (request.serviceWorker() === null) requestsOfPages.push(request.url());
  });
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    // The runtime of the networks reports through the same channel what it has loaded.
    const isOfRuntime = /^(INFO|WARNING): /.test(message.text());
    if (message.type() === 'error' && !isOfRuntime) errors.push(message.text());
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, page, requests, requestsOfPages, errors, close };
}

/** Sets the country of the class. */
export async function choosePlace(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Where is the class?').selectOption(code);
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
}

/** Confirms that the class is informed, and starts. */
export async function agree(page: Page): Promise<void> {
  await page.getByLabel('I have told the class').check();
  await page.getByRole('button', { name: 'Start' }).click();
}

/** The addresses that are not of the app's own server. */
export function outside(requests: readonly string[], url: string): string[] {
  return requests.filter((address) => !address.startsWith(url) && !/^(blob|data):/.test(address));
}

async function waitFor(server: ChildProcess, words: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.stdout?.on('data', (data: Buffer) => {
      if (data.toString().includes(words)) done();
    });
    server.on('exit', (code) => {
      fail(new Error(`the server ended with ${code}`));
    });
  });
}

async function findPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
