/** The frames of a track as a stream that a worker can read, where the browser has one (Chrome and Edge). */

/** What is used of `MediaStreamTrackProcessor`, which TypeScript's own library lacks. */
type TrackProcessor = new (init: { track: MediaStreamTrack; maxBufferSize: number }) => {
  readonly readable: ReadableStream<VideoFrame>;
};

/** The newest frame is kept, those that nobody has read in time are dropped; null where the browser has no such stream. */
export function openFrameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | null {
  const { MediaStreamTrackProcessor } = globalThis as { MediaStreamTrackProcessor?: TrackProcessor };
  return MediaStreamTrackProcessor ? new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable : null;
}
