/** When networks run on the GPU, and what becomes of a lesson whose GPU fails. */
import { afterEach, expect, test, vi } from 'vitest';
import { loadOnGpu, type Places } from './gpu';
import { chooseAccelerator } from './litert';
import type { Network } from './network';

/** A network that doubles its four inputs, and adds `error`. */
class PlayedNetwork implements Network {
  readonly inputShape = [1, 4];
  runs = 0;
  isClosed = false;
  fails = false;
  hangs = false;

  constructor(private readonly error = 0) {}

  run(input: Float32Array): Promise<readonly Float32Array[]> {
    this.runs += 1;
    if (this.hangs) return new Promise(() => undefined);
    if (this.fails) return Promise.reject(new Error('createBuffer failed'));
    return Promise.resolve([input.map((value) => 2 * value + this.error)]);
  }

  close(): void {
    this.isClosed = true;
  }
}

const INPUT = Float32Array.of(1, 2, 3, 4);
const DOUBLED = [Float32Array.of(2, 4, 6, 8)];
const NEVER = new Promise<void>(() => undefined);

/** `processors`: those that were loaded, in order. */
function places(gpu: PlayedNetwork | null): Places & { processors: PlayedNetwork[] } {
  const processors: PlayedNetwork[] = [];
  return {
    processors,
    gpu: () => (gpu ? Promise.resolve(gpu) : Promise.reject(new Error('not compiled'))),
    processor: () => {
      processors.push(new PlayedNetwork());
      return Promise.resolve(processors.at(-1) as PlayedNetwork);
    },
  };
}

test('a GPU that gives what the processor gives is used, and the processor is free', async () => {
  const [gpu, made] = [new PlayedNetwork(0.001), places(null)];
  const network = await loadOnGpu({ ...made, gpu: () => Promise.resolve(gpu) }, NEVER);
  gpu.runs = 0;
  await network.run(INPUT);
  expect(gpu.runs).toBe(1);
  expect(made.processors.map((each) => each.isClosed)).toEqual([true]);
});

test('a GPU that does not load the network, computes something else, or fails at once is not used', async () => {
  const failing = new PlayedNetwork();
  failing.fails = true;
  for (const gpu of [null, new PlayedNetwork(0.1), new PlayedNetwork(NaN), failing]) {
    const network = await loadOnGpu(places(gpu), NEVER);
    expect(await network.run(INPUT)).toEqual(DOUBLED);
    expect(gpu?.isClosed ?? true).toBe(true);
  }
});

test('a GPU that fails in mid-lesson is left for good, and no reading is lost', async () => {
  const gpu = new PlayedNetwork();
  const network = await loadOnGpu(places(gpu), NEVER);
  gpu.fails = true;
  expect(await network.run(INPUT)).toEqual(DOUBLED);
  [gpu.fails, gpu.runs] = [false, 0];
  expect(await network.run(INPUT)).toEqual(DOUBLED);
  expect(gpu.runs).toBe(0);
});

test('a run that never ends, as its device was lost, is done again on the processor', async () => {
  const gpu = new PlayedNetwork();
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => (lose = resolve));
  const network = await loadOnGpu(places(gpu), lost);
  gpu.hangs = true;
  const running = network.run(INPUT);
  lose();
  expect(await running).toEqual(DOUBLED);
});

test('a device that is lost between two runs is not asked again', async () => {
  const gpu = new PlayedNetwork();
  const lost = Promise.resolve();
  const network = await loadOnGpu(places(gpu), lost);
  await lost;
  gpu.hangs = true;
  expect(await network.run(INPUT)).toEqual(DOUBLED);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ['a GPU', () => Promise.resolve({ info: { isFallbackAdapter: false } }), 'webgpu'],
  ['software in place of a GPU', () => Promise.resolve({ info: { isFallbackAdapter: true } }), 'wasm'],
  ['no GPU', () => Promise.resolve(null), 'wasm'],
  ['a GPU that is refused', () => Promise.reject(new Error('refused')), 'wasm'],
] as const)('with %s the networks run where they are fastest', async (_, requestAdapter, place) => {
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
  expect(await chooseAccelerator('auto')).toBe(place);
});

test('without WebGPU the networks run on the processor', async () => {
  vi.stubGlobal('navigator', {});
  expect(await chooseAccelerator('auto')).toBe('wasm');
});
