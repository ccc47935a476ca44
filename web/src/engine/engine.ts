/** Puts an engine together: networks, helpers, and the parts of the analysis. */
import { Analyzer } from './analyzer';
import { LiveBudget, lookEverywhere } from './budget/live_budget';
import { PaceKeeper } from './budget/pace';
import { FaceDetector } from './faces/detector';
import { FaceFollower } from './faces/following';
import { TileFinder } from './gallery/tile_finder';
import { StudentTracker } from './identity/tracker';
import { viewFrame } from './image/picture';
import { chooseAccelerator, loadNetworks, ModelError, type ModelSource } from './models/litert';
import { closeAll } from './models/network';
import { compileRuntime } from './models/runtime';
import { PeopleFinder } from './people/people_finder';
import type { Engine, EngineOptions } from './types';
import { FrameWorker } from './workers/frame_worker';
import { Helper } from './workers/helper_client';
import { WorkerPool } from './workers/pool';

const NOBODY: ReadonlySet<number> = new Set();

/** To be called inside a worker, which becomes the leader. Throws `ModelError` where a network cannot be loaded. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { modelFolder, runtimeFolder, expressions } = options;
  const [accelerator, runtime] = await Promise.all([
    chooseAccelerator(options.accelerator),
    compileRuntime(runtimeFolder).catch((error: unknown) => {
      throw new ModelError(`the runtime of the networks cannot be loaded: ${String(error)}`);
    }),
  ]);
  const source: ModelSource = { modelFolder, runtimeFolder, runtime, expressions, accelerator };
  const helpers = Promise.all(Array.from({ length: options.helpers }, () => startHelper(source)));
  const networks = await loadNetworks(source);
  const leader = new FrameWorker(networks);
  const pool = new WorkerPool(leader, await helpers);
  const analyzer = assemble(pool, options);
  const follower = new FaceFollower(leader);
  return {
    accelerator,
    analyze: async (frame, excluded = NOBODY) => {
      const result = await analyzer.process(frame, excluded);
      follower.start(
        result.faces.map(({ face }) => face.box),
        frame,
      );
      return result;
    },
    get followRegion() {
      return follower.region;
    },
    follow: ({ data, width, height }, region) => follower.follow(viewFrame(data, width, height), region),
    merge: (merge) => {
      analyzer.merge(merge);
    },
    settle: () => analyzer.settle(),
    close: () => {
      pool.close();
      closeAll(networks);
    },
  };
}

/** The parts of the analysis around the workers that do its jobs. */
export function assemble(
  pool: WorkerPool,
  { live, expressions }: Pick<EngineOptions, 'live' | 'expressions'>,
): Analyzer {
  return new Analyzer({
    tiles: new TileFinder((image, boxes) => pool.map('probe', image, boxes)),
    faces: new FaceDetector(pool, live),
    people: new PeopleFinder(pool, live),
    tracker: new StudentTracker(),
    pool,
    budget: live ? new LiveBudget(new PaceKeeper()) : lookEverywhere,
    expressions,
  });
}

function startHelper(source: ModelSource): Promise<Helper> {
  const worker = new Worker(new URL('./workers/helper.ts', import.meta.url));
  return Helper.load(worker, source);
}
