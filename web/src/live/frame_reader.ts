/** The worker that reads frames: a classic one, as the runtime of the networks loads itself by importScripts. */
import { createEngine } from '../engine/engine';
import type { Box, Engine, Frame } from '../engine/types';
import { FrameCopier } from './frame_copier';
import { FrameTurns } from './frame_turns';
import type { FromReader, ToReader } from './protocol';

let engine: Engine | null = null;
let excluded: ReadonlySet<number> = new Set();
let isPaused = false;
let isFollowing = false;
let turn: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToReader>): void => {
  if (data.type === 'watch') void watch(data.frames, data.stepMs).catch(fail);
  else if (data.type === 'exclude') excluded = new Set(data.students);
  else if (data.type === 'pause') isPaused = data.paused;
  else if (data.type === 'following') isFollowing = data.on;
  else turn = turn.then(() => obey(data)).catch(fail); // one after the other: an engine reads one frame at a time
};

async function obey(message: Exclude<ToReader, { type: 'watch' | 'exclude' | 'pause' | 'following' }>): Promise<void> {
  if (message.type === 'load') {
    engine = await createEngine(message.options);
    send({ type: 'loaded', accelerator: engine.accelerator });
  } else if (message.type === 'read') await read(message.frame);
  else if (message.type === 'follow') await follow(message.part, message.region);
  else if (message.type === 'merge') engine?.merge(message.merge);
  else send({ type: 'settled', settlements: engine?.settle() ?? [] });
}

/** Reads the newest frame whenever the one before is done; the stream keeps one, and drops what comes in between. */
async function watch(frames: ReadableStream<VideoFrame>, stepMs: number): Promise<void> {
  const reader = frames.getReader();
  const turns = new FrameTurns(stepMs);
  const copier = new FrameCopier();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const nowMs = performance.now();
    const region = isFollowing ? (engine?.followRegion ?? null) : null;
    const use = isPaused || engine === null ? 'drop' : turns.next(nowMs, region !== null);
    const part = use === 'follow' ? region : null;
    const frame = use === 'drop' ? drop(value) : await copier.copy(value, nowMs / 1000, part);
    if (frame === null) continue;
    turn = turn.then(() => (part ? follow(frame, part) : read(frame))).catch(fail);
    await turn;
  }
}

function drop(value: VideoFrame): null {
  value.close();
  return null;
}

async function read(frame: Frame): Promise<void> {
  if (engine === null) return;
  const beganMs = performance.now();
  const result = await engine.analyze(frame, excluded);
  send({ type: 'result', result, tookMs: performance.now() - beganMs, region: engine.followRegion });
}

async function follow(part: Frame, region: Box): Promise<void> {
  if (engine === null) return;
  const boxes = await engine.follow(part, region);
  send({ type: 'followed', boxes, region: engine.followRegion });
}

function fail(error: unknown): void {
  send({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function send(message: FromReader): void {
  self.postMessage(message);
}
