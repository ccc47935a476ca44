/** Reads the frames that `tools/web_parity.py` leaves in the folder `PARITY`, and leaves what was read in `web.json`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { assemble } from '../../src/engine/engine';
import { loadNetworks } from '../../src/engine/models/litert';
import type { Box, FrameResult } from '../../src/engine/types';
import { FrameWorker } from '../../src/engine/workers/frame_worker';
import { WorkerPool } from '../../src/engine/workers/pool';
import { installWorkerGlobals, SOURCE } from '../engine/node_runtime';

interface Frames {
  readonly width: number;
  readonly height: number;
  /** Of each frame, in seconds. */
  readonly times: readonly number[];
}

const row = ({ x, y, width, height }: Box, student: number | null) => [x, y, width, height, student];

function describe({ tiles, faces }: FrameResult): object {
  return {
    tiles: tiles.map(({ tile, student }) => row(tile.box, student)),
    faces: faces.map(({ face, student }) => row(face.box, student)),
  };
}

test('the frames are read as a recording', async () => {
  const folder = process.env['PARITY'] ?? '';
  const { width, height, times } = JSON.parse(readFileSync(join(folder, 'frames.json'), 'utf8')) as Frames;
  installWorkerGlobals();
  const options = { live: false, expressions: false };
  const networks = await loadNetworks({ ...SOURCE, expressions: false });
  const analyzer = assemble(new WorkerPool(new FrameWorker(networks)), options);
  const files = readdirSync(folder).filter((name) => name.endsWith('.rgba'));
  expect(files).toHaveLength(times.length);
  const frames: object[] = [];
  for (const [index, name] of files.sort().entries()) {
    const data = new Uint8Array(readFileSync(join(folder, name)));
    const frame = { data, width, height, capturedAtS: times[index] ?? NaN };
    frames.push(describe(await analyzer.process(frame, new Set())));
  }
  const settled = analyzer.settle().map(({ student, into }) => [student, into]);
  writeFileSync(join(folder, 'web.json'), JSON.stringify({ frames, settled }));
});
