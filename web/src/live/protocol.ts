/** What the page and the worker that reads frames say to each other. */
import type { Box, EngineOptions, Frame, FrameResult, Merge, Settlement } from '../engine/types';

export type ToReader =
  | { readonly type: 'load'; readonly options: EngineOptions }
  /** `stepMs`: least time between two frames that are read. */
  | { readonly type: 'watch'; readonly frames: ReadableStream<VideoFrame>; readonly stepMs: number }
  | { readonly type: 'read'; readonly frame: Frame }
  /** Only the boxes of the faces that the newest result has. `part`: the pixels of the region that was asked for. */
  | { readonly type: 'follow'; readonly part: Frame; readonly region: Box }
  /** Whether frames between two that are read are followed. */
  | { readonly type: 'following'; readonly on: boolean }
  | { readonly type: 'exclude'; readonly students: readonly number[] }
  | { readonly type: 'pause'; readonly paused: boolean }
  | { readonly type: 'merge'; readonly merge: Merge }
  | { readonly type: 'settle' };

export type FromReader =
  | { readonly type: 'loaded'; readonly accelerator: 'wasm' | 'webgpu' }
  /** `region`: of the next frame, to be followed; null where there is nobody to follow, or too many. */
  | { readonly type: 'result'; readonly result: FrameResult; readonly tookMs: number; readonly region: Box | null }
  /** In the order of the newest result's faces. */
  | { readonly type: 'followed'; readonly boxes: readonly Box[]; readonly region: Box | null }
  | { readonly type: 'settled'; readonly settlements: readonly Settlement[] }
  | { readonly type: 'failed'; readonly reason: string };
