/**
 * The networks by WebGPU, in the very helper that the app starts, on the software GPU of Chromium: as on the processor,
 * and also once the GPU process has crashed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { ModelSource } from '../../src/engine/models/litert';
import type { FromHelper, ToHelper } from '../../src/engine/workers/helper_client';
import { setStage, start, type Started } from './browser';

const stage = setStage();
let browser: Started;

beforeAll(async () => {
  browser = await start(['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']);
  await browser.page.goto(stage.url);
});

afterAll(() => browser.close());

type Accelerator = ModelSource['accelerator'];

/** In the page: starts a helper whose networks run there, and keeps it under that name. What it ran them on at first. */
async function load([script, accelerator]: [string, Accelerator]): Promise<void> {
  const url = (path: string): string => new URL(path, document.baseURI).href;
  const name = 'litert_wasm_internal';
  const packed = (await fetch(url(`litert/${name}.wasmz`))).body as ReadableStream<BufferSource>;
  const bytes = packed.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair<BufferSource, BufferSource>);
  const module = await WebAssembly.compile(
    await new Response(bytes as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
  );
  const source: ModelSource = {
    modelFolder: url('models/'),
    runtimeFolder: url('litert/'),
    runtime: { name, module },
    expressions: true,
    accelerator,
  };
  const worker = new Worker(url(script));
  Object.assign(globalThis, { [accelerator]: worker });
  const answer = await new Promise<FromHelper>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromHelper>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ type: 'load', source } satisfies ToHelper);
  });
  if (answer.type !== 'loaded') throw new Error(JSON.stringify(answer));
}

/** In the page: what that helper reads of the picture, by each of its networks; the numbers of all answers. */
async function readWith([accelerator, picture]: [Accelerator, string]): Promise<number[]> {
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const image = { data, width, height, offset: 0, rowStride: 4 * width, pixelStride: 4 };
  const worker = (globalThis as unknown as Record<Accelerator, Worker>)[accelerator];
  const ask = async (kind: 'find' | 'check' | 'read' | 'person', asked: readonly unknown[]): Promise<unknown> => {
    const message = { type: 'perform', id: 1, kind, asked, image } as ToHelper;
    const answer = await new Promise<FromHelper>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<FromHelper>) => resolve(data);
      worker.postMessage(message);
    });
    if (answer.type !== 'answers') throw new Error(JSON.stringify(answer));
    return answer.answers[0];
  };
  const whole = { x: 0, y: 0, width, height };
  const faces = (await ask('find', [whole])) as { keypointsPx: Float32Array }[];
  const face = faces[0];
  if (!face) throw new Error('no face was found');
  const answers = [
    faces,
    await ask('check', [face]),
    await ask('person', [whole]),
    await ask('read', [face.keypointsPx]),
  ];
  const numbers: number[] = [];
  JSON.stringify(answers, (_, value: unknown) => {
    if (typeof value === 'number') numbers.push(value);
    return value;
  });
  return numbers;
}

/** The first picture of a file of JPEGs, in base64. */
function firstPicture(file: string): string {
  const bytes = readFileSync(file);
  return bytes.subarray(0, bytes.indexOf(Buffer.from([0xff, 0xd9])) + 2).toString('base64');
}

function expectSame(numbers: readonly number[], expected: readonly number[]): void {
  expect(numbers).toHaveLength(expected.length);
  numbers.forEach((number, index) => {
    const value = expected[index] ?? NaN;
    expect(Math.abs(number - value)).toBeLessThanOrEqual(0.01 * Math.max(1, Math.abs(value)));
  });
}

it('a GPU gives the same as the processor, and the processor takes over where it is lost', async () => {
  const { page, context } = browser;
  const script = readdirSync(join(import.meta.dirname, '../../dist/assets')).find((name) => name.startsWith('helper'));
  const picture = firstPicture(join(stage.scene, 'alone.mjpeg'));
  const loaded: string[] = [];
  page.on('console', (message) => loaded.push(message.text()));
  await page.evaluate(load, [`assets/${script ?? ''}`, 'wasm'] as [string, Accelerator]);
  const expected = await page.evaluate(readWith, ['wasm', picture] as [Accelerator, string]);
  expect(loaded.join()).not.toContain('Created a WebGPU environment');
  await page.evaluate(load, [`assets/${script ?? ''}`, 'webgpu'] as [string, Accelerator]);
  expect(loaded.join()).toContain('Created a WebGPU environment');
  const onGpu = await page.evaluate(readWith, ['webgpu', picture] as [Accelerator, string]);
  expectSame(onGpu, expected);
  expect(onGpu).not.toEqual(expected); // a GPU rounds otherwise
  const devTools = await (context.browser() as NonNullable<ReturnType<typeof context.browser>>).newBrowserCDPSession();
  await devTools.send('Browser.crashGpuProcess').catch(() => undefined); // its answer is lost with the process
  const after = await page.evaluate(readWith, ['webgpu', picture] as [Accelerator, string]);
  expect(after).toEqual(expected); // to the last digit: by the processor
}, 400_000); // networks compiled for, and run by, software in place of a GPU take a while
