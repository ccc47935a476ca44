/** What the page and the worker that reads frames say to each other. */
import type { EngineOptions, Frame, FrameResult, Merge, Settlement } from '../engine/types';

export type ToReader =
  | { readonly type: 'load'; readonly options: EngineOptions }
  /** `stepMs`: least time between two frames that are read. */
  | { readonly type: 'watch'; readonly frames: ReadableStream<VideoFrame>; readonly stepMs: number }
  | { readonly type: 'read'; readonly frame: Frame }
  | { readonly type: 'exclude'; readonly students: readonly number[] }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'merge'; readonly merge: Merge }
  | { readonly type: 'settle' };

export type FromReader =
  | { readonly type: 'loaded'; readonly accelerator: 'wasm' | 'webgpu' }
  | { readonly type: 'result'; readonly result: FrameResult; readonly tookMs: number }
  | { readonly type: 'settled'; readonly settlements: readonly Settlement[] }
  | { readonly type: 'failed'; readonly reason: string };
