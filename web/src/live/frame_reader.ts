/** The worker that reads frames: a classic one, as the runtime of the networks loads itself by importScripts. */
import { createEngine } from '../engine/engine';
import type { Engine, Frame } from '../engine/types';
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
  else if (message.type === 'follow') await follow(message.frame);
  else if (message.type === 'merge') engine?.merge(message.merge);
  else send({ type: 'settled', settlements: engine?.settle() ?? [] });
}

/** Reads the newest frame whenever the one before is done; the stream keeps one, and drops what comes in between. */
async function watch(frames: ReadableStream<VideoFrame>, stepMs: number): Promise<void> {
  const reader = frames.getReader();
  const turns = new FrameTurns(stepMs);
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const nowMs = performance.now();
    const use = isPaused || engine === null ? 'drop' : turns.next(nowMs, isFollowing && engine.canFollow);
    if (use === 'drop') {
      value.close();
      continue;
    }
    const frame = await copy(value, nowMs / 1000);
    turn = turn.then(() => (use === 'read' ? read(frame) : follow(frame))).catch(fail);
    await turn;
  }
}

/** The frame's pixels. The browser gets its own memory back at once: it has few frames to give. */
async function copy(value: VideoFrame, capturedAtS: number): Promise<Frame> {
  try {
    const { width, height } = value.visibleRect ?? { width: value.codedWidth, height: value.codedHeight };
    const data = new Uint8ClampedArray(value.allocationSize({ format: 'RGBA' }));
    await value.copyTo(data, { format: 'RGBA' });
    return { data, width, height, capturedAtS };
  } finally {
    value.close();
  }
}

async function read(frame: Frame): Promise<void> {
  if (engine === null) return;
  const beganMs = performance.now();
  const result = await engine.analyze(frame, excluded);
  send({ type: 'result', result, tookMs: performance.now() - beganMs });
}

async function follow(frame: Frame): Promise<void> {
  send({ type: 'followed', boxes: (await engine?.follow(frame)) ?? null });
}

function fail(error: unknown): void {
  send({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

function send(message: FromReader): void {
  self.postMessage(message);
}
