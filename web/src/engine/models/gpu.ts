/**
 * Networks on the GPU for as long as it works and computes what the processor computes. A GPU is lost where its driver
 * restarts or the computer sleeps; nothing of a lesson may depend on it.
 */
import type { Network } from './network';

/** Loads the same network there or here. */
export interface Places {
  gpu(): Promise<Network>;
  processor(): Promise<Network>;
}

/** GPUs compute with 16-bit floats, and add in another order: differences of outputs, over their largest value. */
const MAX_DIFFERENCE = 0.02;

/** On the GPU, if the network loads there and gives the processor's results. `lost`: settled once the device is lost. */
export async function loadOnGpu(places: Places, lost: Promise<unknown>): Promise<Network> {
  const network = await places.gpu().catch(() => null);
  const processor = await places.processor();
  if (network && (await agree(network, processor).catch(() => false))) {
    processor.close();
    return new GuardedNetwork(network, lost, places);
  }
  network?.close();
  return processor;
}

/** Whether both give the same for a picture of noise. */
async function agree(one: Network, other: Network): Promise<boolean> {
  const size = one.inputShape.reduce((product, side) => product * side, 1);
  const noise = Float32Array.from({ length: size }, (_, index) => ((index * 7919 + (index >> 5) * 31) % 256) / 255);
  const [outputs, expected] = [await one.run(noise), await other.run(noise)];
  return expected.every((values, index) => isClose(outputs[index] ?? new Float32Array(0), values));
}

function isClose(values: Float32Array, expected: Float32Array): boolean {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isNear = (value: number, index: number): boolean =>
    Math.abs(value - (values[index] ?? NaN)) <= MAX_DIFFERENCE * largest;
  return values.length === expected.length && expected.every(isNear);
}

/** Runs on the processor from the first run on that the GPU does not finish. */
class GuardedNetwork implements Network {
  readonly inputShape: readonly number[];
  #isOnGpu = true;
  #fallback: Network | null = null;
  #giveUp: () => void = () => undefined;

  constructor(
    private readonly network: Network,
    lost: Promise<unknown>,
    private readonly places: Places,
  ) {
    this.inputShape = network.inputShape;
    // One listener for all runs: each of a lesson's would be kept until the device is lost.
    void lost.then(() => {
      this.#isOnGpu = false;
      this.#giveUp();
    });
  }

  async run(input: Float32Array): Promise<readonly Float32Array[]> {
    const outputs = this.#isOnGpu ? await this.#tryGpu(input) : null;
    if (outputs) return outputs;
    this.#isOnGpu = false;
    this.#fallback ??= await this.places.processor();
    return this.#fallback.run(input);
  }

  /** Null where the GPU fails. */
  #tryGpu(input: Float32Array): Promise<readonly Float32Array[] | null> {
    return new Promise((resolve) => {
      this.#giveUp = () => {
        resolve(null);
      };
      this.network.run(input).then(resolve, this.#giveUp);
    });
  }

  close(): void {
    (this.#fallback ?? this.network).close(); // of one that has failed nothing is left to be freed
  }
}
