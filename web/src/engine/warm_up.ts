/**
 * Runs everything once before the first frame comes: a browser compiles code when it runs, which makes first frames some
 * ten times as slow as later ones.
 */
import type { Analyzer } from './analyzer';
import { makeBox } from './geometry';
import { viewFrame, type Picture } from './image/picture';
import type { Ask, Kind } from './workers/jobs';
import type { WorkerPool } from './workers/pool';

const [WIDTH, HEIGHT] = [640, 360];
/** Frames that are analysed, and jobs for each worker. */
const ROUNDS = 2;

/** `makeAnalyzer`: one around the pool, which is thrown away. `workers`: of the pool. */
export async function warmUp(
  pool: WorkerPool,
  makeAnalyzer: () => Analyzer,
  { workers, expressions }: { readonly workers: number; readonly expressions: boolean },
): Promise<void> {
  const picture = drawGallery();
  const times = ROUNDS * workers;
  const window = makeBox(40, 20, 200, 150);
  const keypointsPx = Float32Array.of(110, 80, 150, 80, 130, 100, 130, 120);
  const run = <K extends Kind>(kind: K, ask: Ask<K>): Promise<unknown> =>
    pool.map(kind, picture, new Array<Ask<K>>(times).fill(ask));
  await run('find', window);
  await run('pair', [window, window]);
  await run('check', { box: makeBox(90, 50, 80, 80), score: 0.9, keypointsPx });
  await run('person', window);
  if (expressions) await run('read', keypointsPx);
  const analyzer = makeAnalyzer();
  const data = picture.data;
  for (let round = 0; round < ROUNDS; round += 1) {
    await analyzer.process({ data, width: WIDTH, height: HEIGHT, capturedAtS: round }, new Set());
  }
}

/** Four tiles of coarse noise on grey: as much to look at as a call has, and nobody in it. */
function drawGallery(): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 4).fill(40);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const isTile = x % (WIDTH / 2) > 20 && y % (HEIGHT / 2) > 15;
      if (isTile) data.fill(80 + (((x >> 3) * 37 + (y >> 3) * 61) % 128), (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3);
    }
  }
  return viewFrame(data, WIDTH, HEIGHT);
}
