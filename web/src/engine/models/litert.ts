/** The networks in LiteRT.js, which runs the desktop's model files in the browser (docs/adr/0002 has the reasons). */
import { getWebGpuDevice, loadAndCompile, Tensor, type CompiledModel } from '@litertjs/core';
import type { Accelerator } from '../types';
import { fixBatch } from './batch';
import { loadOnGpu } from './gpu';
import type { Network, Networks } from './network';
import { startRuntime, type Runtime } from './runtime';

/** What the networks of a worker are loaded from. */
export interface ModelSource {
  readonly modelFolder: string;
  readonly runtimeFolder: string;
  readonly runtime: Runtime;
  readonly expressions: boolean;
  readonly accelerator: 'wasm' | 'webgpu';
}

/** Faces in one run of the expression network: on a GPU a run costs much the same whatever its size. */
const BATCHES = { wasm: [1], webgpu: [8, 1] } as const;

/** Thrown where a network cannot be loaded; its text says which and why. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** Where the networks are to run here. A software GPU is slower than the processor itself, so it does not count. */
export async function chooseAccelerator(wanted: Accelerator): Promise<'wasm' | 'webgpu'> {
  if (wanted !== 'auto') return wanted;
  const gpu = (globalThis as { navigator?: { gpu?: GpuLike } }).navigator?.gpu;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter && !adapter.isFallbackAdapter && !adapter.info?.isFallbackAdapter ? 'webgpu' : 'wasm';
}

/** What is read of `navigator.gpu`, whose types TypeScript 6 does not have. */
interface GpuLike {
  requestAdapter(): Promise<{ isFallbackAdapter?: boolean; info?: { isFallbackAdapter?: boolean } } | null>;
}

let started: Promise<void> | null = null;

/** Loads the networks into this worker. Throws `ModelError`. */
export async function loadNetworks(source: ModelSource): Promise<Networks> {
  started ??= startRuntime(source.runtimeFolder, source.runtime);
  const load = (name: string): Promise<Uint8Array> => fetchModel(`${source.modelFolder}${name}.tflite`);
  const files = await Promise.all([
    load('face_detection_short_range'),
    load('face_landmark'),
    load('selfie_segmentation_landscape'),
    source.expressions ? load('iris_landmark') : null,
    source.expressions ? load('fernet') : null,
  ]);
  const [detection, landmark, segmentation, iris, fernet] = files;
  await started.catch((error: unknown) => {
    throw new ModelError(`the runtime of the networks does not start: ${String(error)}`);
  });
  const batches = fernet ? BATCHES[source.accelerator].map((size) => fixBatch(fernet, size)) : [];
  return {
    faceDetection: await loadNetwork(detection, source.accelerator),
    faceLandmark: await loadNetwork(landmark, source.accelerator),
    personSegmentation: await loadNetwork(segmentation, source.accelerator),
    iris: iris && (await loadNetwork(iris, source.accelerator)),
    expressions: await Promise.all(batches.map((model) => loadNetwork(model, source.accelerator))),
  };
}

/** On the processor where the GPU is not wanted, or does not do. */
async function loadNetwork(file: Uint8Array, accelerator: 'wasm' | 'webgpu'): Promise<Network> {
  const processor = () => LiteRtNetwork.load(file, 'wasm');
  const device = accelerator === 'webgpu' ? getWebGpuDevice() : null;
  return device ? loadOnGpu({ gpu: () => LiteRtNetwork.load(file, 'webgpu'), processor }, device.lost) : processor();
}

async function fetchModel(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new ModelError(`${url} cannot be read: ${String(response.status)}`);
  return new Uint8Array(await response.arrayBuffer());
}

class LiteRtNetwork implements Network {
  readonly inputShape: readonly number[];
  readonly #model: CompiledModel;

  private constructor(model: CompiledModel) {
    this.#model = model;
    this.inputShape = [...(model.getInputDetails()[0]?.shape ?? [])];
  }

  static async load(file: Uint8Array, accelerator: 'wasm' | 'webgpu'): Promise<LiteRtNetwork> {
    try {
      return new LiteRtNetwork(await loadAndCompile(file, { accelerator }));
    } catch (error) {
      throw new ModelError(`a network does not load: ${String(error)}`);
    }
  }

  async run(input: Float32Array): Promise<readonly Float32Array[]> {
    const tensor = new Tensor(input, [...this.inputShape]);
    const outputs = await this.#model.run(tensor);
    tensor.delete();
    const values: Float32Array[] = [];
    for (const output of outputs) {
      // The memory belongs to the runtime, which hands it to the next run.
      values.push(Float32Array.from(await output.data()));
      output.delete();
    }
    return values.sort((one, other) => one.length - other.length); // they come in either order
  }

  close(): void {
    this.#model.delete();
  }
}
