import { expect, test } from 'vitest';
import { makePicture } from '../image/picture';
import type { Answer, Ask, Kind } from './jobs';
import { WorkerPool, type HelpingPerformer } from './pool';

/** Answers `find` with a face whose score is the left side of the window, and remembers what it was asked. */
class RecordingPerformer implements HelpingPerformer {
  readonly asked: number[] = [];
  isClosed = false;

  perform<K extends Kind>(_kind: K, _image: unknown, asked: readonly Ask<K>[]): Promise<Answer<K>[]> {
    const lefts = (asked as readonly Ask<'find'>[]).map((window) => window.x);
    this.asked.push(...lefts);
    const answers: Answer<'find'>[] = lefts.map((score) => [
      { box: window(score), score, keypointsPx: new Float32Array(8) },
    ]);
    return Promise.resolve(answers as Answer<K>[]);
  }

  close(): void {
    this.isClosed = true;
  }
}

const window = (x: number) => ({ x, y: 0, width: 1, height: 1 });
const image = makePicture(1, 1);

test('leader and helpers share the jobs, and the answers come in the order in which they were asked', async () => {
  const workers = [new RecordingPerformer(), new RecordingPerformer(), new RecordingPerformer()] as const;
  const pool = new WorkerPool(workers[0], [workers[1], workers[2]]);
  const answers = await pool.map('find', image, [0, 1, 2, 3, 4, 5, 6].map(window));
  expect(answers.flat().map((face) => face.score)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(workers.map((worker) => worker.asked)).toEqual([
    [0, 3, 6],
    [1, 4],
    [2, 5],
  ]);
});

test('a single job is done by the leader, and no frame is sent for it', async () => {
  const [leader, helper] = [new RecordingPerformer(), new RecordingPerformer()];
  await new WorkerPool(leader, [helper]).map('find', image, [window(1)]);
  expect([leader.asked, helper.asked]).toEqual([[1], []]);
});

test('helpers end with the pool', () => {
  const helper = new RecordingPerformer();
  new WorkerPool(new RecordingPerformer(), [helper]).close();
  expect(helper.isClosed).toBe(true);
});
