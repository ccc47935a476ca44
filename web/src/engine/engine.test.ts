/** The engine reads drawn classes as the Python engine does, with the same networks. */
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFrame, readPicture, readScenes, type GoldenFace, type Scenes } from '../../tests/engine/golden';
import { installWorkerGlobals, SOURCE } from '../../tests/engine/node_runtime';
import { assemble } from './engine';
import type { Networks } from './models/network';
import type { FaceReading, FrameResult } from './types';
import { FrameWorker } from './workers/frame_worker';
import { WorkerPool, type Performer } from './workers/pool';

const MOST_PX_OFF = 0.05;
const MOST_PROBABILITY_OFF = 0.01;
const MOST_DEGREES_OFF = 0.1;
/** The eye's opening: a drawn one is .3 wide, and the least of the thresholds between open and closed .2 (`attention.ts`). */
const MOST_OPENING_OFF = 0.005;

const scenes = readScenes();
let networks: Networks;

beforeAll(async () => {
  installWorkerGlobals();
  const { loadNetworks } = await import('./models/litert');
  networks = await loadNetworks(SOURCE);
}, 60_000);

describe.each(Object.keys(scenes))('%s', (name) => {
  const scene = scenes[name] as Scenes[string];
  const results: FrameResult[] = [];

  beforeAll(async () => {
    const picture = readPicture(scene.picture);
    const analyzer = assemble(new WorkerPool(new FrameWorker(networks)), { live: false, expressions: true });
    for (const [index, { edits }] of scene.frames.entries()) {
      const data = makeFrame(picture, edits);
      const frame = { data, width: picture.width, height: picture.height, capturedAtS: index / 2 };
      results.push(await analyzer.process(frame, new Set()));
    }
  }, 300_000);

  test('tiles, cameras, students and presences are equal', () => {
    const read = results.map(({ tiles, outOfView }) => ({
      tiles: tiles.map(({ tile: { box, cameraOn }, student, presence }) => ({
        box: [box.x, box.y, box.width, box.height],
        cameraOn,
        student,
        presence: presence.presence,
        reason: presence.reason,
      })),
      outOfView: [...outOfView].sort((one, other) => one - other),
    }));
    expect(read).toEqual(scene.frames.map(({ tiles, outOfView }) => ({ tiles, outOfView })));
  });

  test('faces are in the same tiles, of the same students, and unreadable for the same reasons', () => {
    const read = results.map(({ faces }) =>
      faces.map(({ face, student }) => [face.tile, student, face.unreadable && (face.unreadable.reason ?? 'unsure')]),
    );
    const golden = scene.frames.map(({ faces }) => faces.map((face) => [face.tile, face.student, face.unreadable]));
    expect(read).toEqual(golden);
  });

  test('keypoints, turns of the head, openings of the eyes and probabilities are nearly equal', () => {
    for (const [reading, golden] of pairUp(results, scene.frames)) {
      expect(mostApart(reading.face.keypointsPx, golden.keypointsPx)).toBeLessThan(MOST_PX_OFF);
      expect(mostApart([reading.face.score, reading.face.presence], [golden.score, golden.presence])).toBeLessThan(
        0.01,
      );
      const { cues } = reading.face;
      expect(cues === null).toBe(golden.turnDeg === null);
      if (cues && golden.turnDeg) {
        expect(mostApart([cues.yawDeg, cues.pitchDeg], golden.turnDeg)).toBeLessThan(MOST_DEGREES_OFF);
        expect(Math.abs(cues.eyeOpening - (golden.eyeOpening ?? NaN))).toBeLessThan(MOST_OPENING_OFF);
      }
      expect(reading.probabilities === null).toBe(golden.probabilities === null);
      if (!reading.probabilities || !golden.probabilities) continue;
      expect(mostApart(reading.probabilities, golden.probabilities)).toBeLessThan(MOST_PROBABILITY_OFF);
    }
  });
});

test('where expressions are off neither expressions, eyes nor turns of the head are read, and everything else is', async () => {
  const scene = scenes['alone'] as Scenes[string];
  const picture = readPicture(scene.picture);
  const worker = new FrameWorker({ ...networks, iris: null, expressions: [] });
  const analyzer = assemble(new WorkerPool(worker), { live: false, expressions: false });
  const { faces, tiles } = await analyzer.process({ ...picture, capturedAtS: 0 }, new Set());
  expect(faces.map(({ face, probabilities }) => [face.cues, probabilities])).toEqual([[null, null]]);
  expect(tiles.map((reading) => reading.presence.presence)).toEqual(['face']);
});

test('nothing is read of an excluded student', async () => {
  const scene = scenes['changing'] as Scenes[string];
  const picture = readPicture(scene.picture);
  const analyzer = assemble(new WorkerPool(new FrameWorker(networks)), { live: false, expressions: true });
  await analyzer.process({ ...picture, capturedAtS: 0 }, new Set());
  const { faces, tiles } = await analyzer.process({ ...picture, capturedAtS: 0.5 }, new Set([2]));
  expect(faces.map((reading) => reading.student)).not.toContain(2);
  expect(tiles[1]?.presence.presence).toBe('not_shown');
}, 120_000);

test('in a live call that does not change no face is looked at again at once, and what was read holds', async () => {
  const scene = scenes['changing'] as Scenes[string];
  const picture = readPicture(scene.picture);
  const worker = new FrameWorker(networks);
  const looks: number[] = [];
  const perform: Performer['perform'] = (kind, image, asked) => {
    if (kind === 'pair' || kind === 'read') looks[looks.length - 1] = (looks.at(-1) ?? 0) + asked.length;
    return worker.perform(kind, image, asked);
  };
  const analyzer = assemble(new WorkerPool({ perform }), { live: true, expressions: true });
  const results: FrameResult[] = [];
  for (const capturedAtS of [0, 0.2, 0.4]) {
    looks.push(0);
    results.push(await analyzer.process({ ...picture, capturedAtS }, new Set()));
  }
  expect(looks[0]).toBeGreaterThan(0);
  expect(looks.slice(1)).toEqual([0, 0]);
  const describeFaces = ({ faces }: FrameResult): unknown[] =>
    faces.map(({ face, student, probabilities }) => [face.tile, student, probabilities]);
  expect(describeFaces(results[2] as FrameResult)).toEqual(describeFaces(results[1] as FrameResult));
  expect(results[2]?.faces.length).toBeGreaterThan(4);
}, 120_000);

function pairUp(results: readonly FrameResult[], frames: Scenes[string]['frames']): [FaceReading, GoldenFace][] {
  return results.flatMap(({ faces }, frame) =>
    faces.map((reading, index): [FaceReading, GoldenFace] => [reading, frames[frame]?.faces[index] as GoldenFace]),
  );
}

function mostApart(values: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs(value - (values[index] ?? NaN))));
}
