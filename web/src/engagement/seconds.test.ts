import { expect, it } from 'vitest';

import type { FrameResult, UnreadableReason } from '../engine/types';
import { SecondGatherer } from './seconds';

function frameOf(reason: UnreadableReason | null): FrameResult {
  return {
    capturedAtS: 0,
    width: 1,
    height: 1,
    stages: { tilesMs: 0, facesMs: 0, identityMs: 0, expressionsMs: 0 },
    tiles: [
      {
        student: 1,
        tile: { box: { x: 0, y: 0, width: 1, height: 1 }, cameraOn: true, name: null },
        presence: { presence: 'unreadable', reason, evidence: { key: 'presence.person_seen', percent: 20 } },
      },
    ],
    faces: [],
    merges: [],
    outOfView: [],
  };
}

it('keeps the newest of two reasons why a face is not read', () => {
  const gatherer = new SecondGatherer();
  gatherer.add(frameOf('turned'));
  gatherer.add(frameOf('masked'));
  expect(gatherer.finish()[0]?.sample.unreadable).toBe('masked');
});
