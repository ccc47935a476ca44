/** The shipped expression model reads one face or eight in a run, and gives the same either way. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { digest } from '../../../tests/engine/golden';
import { installWorkerGlobals, SOURCE } from '../../../tests/engine/node_runtime';
import { fixBatch } from './batch';
import { startRuntime } from './runtime';

const FACE = 48 * 48;
const model = new Uint8Array(readFileSync(new URL('fernet.tflite', SOURCE.modelFolder)));

beforeAll(() => {
  installWorkerGlobals();
});

test('only the sizes of batches are changed, in a copy', () => {
  const before = model.slice();
  const fixed = fixBatch(model, 8);
  expect(digest(model)).toBe(digest(before));
  const changed = [...fixed.keys()].filter((place) => fixed[place] !== model[place]);
  expect(changed.length).toBeGreaterThan(0);
  expect(new Set(changed.map((place) => fixed[place]))).toEqual(new Set([8, 0])); // 8 instead of 1 and of -1
});

test('faces read one by one and together have the same probabilities', async () => {
  const { loadAndCompile, Tensor } = await import('@litertjs/core');
  await startRuntime(SOURCE.runtimeFolder, SOURCE.runtime);
  const faces = Float32Array.from({ length: 8 * FACE }, (_, index) => (index * 7919 + (index >> 5) * 31) % 256);
  const read = async (batch: number, input: Float32Array): Promise<number[]> => {
    const network = await loadAndCompile(fixBatch(model, batch), { accelerator: 'wasm' });
    const [output] = await network.run(new Tensor(input, [batch, 48, 48, 1]));
    return [...((await output?.data()) ?? [])];
  };
  const together = await read(8, faces);
  expect(together).toHaveLength(8 * 7);
  for (const face of [0, 3, 7]) {
    const alone = await read(1, faces.slice(face * FACE, (face + 1) * FACE));
    alone.forEach((value, index) => {
      expect(value).toBeCloseTo(together[face * 7 + index] ?? NaN, 5);
    });
  }
});
